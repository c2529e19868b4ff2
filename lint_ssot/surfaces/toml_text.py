"""Options of `[tool.flake8]` set in the text of a TOML file, with every other byte of it left as it is."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

_TOML = "tomllib" if sys.version_info >= (3, 11) else "tomli"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADER = re.compile(r"[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*flake8[ \t]*\]")
_TABLE = re.compile(r"[ \t]*\[")
_NOTHING = re.compile(r"[ \t]*(#|\r?\n)")


def flake8_table(text: str) -> dict[str, Any] | None:
    """What the text says for flake8; None if it has no such table, or is no TOML."""
    said = _parsed(text) or {}
    tool = said.get("tool")
    table = tool.get("flake8") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def with_options(text: str, options: Mapping[str, tuple[str, ...]]) -> str | None:
    """The text with these options; None where its lines do not tell where they belong.

    An option that is there has its value replaced, a new one comes after the last of the table.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = _LINE.findall(text)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    for key, values in options.items():
        start, stop = _lines_of(lines, key)
        lines[start:stop] = [f"{line}{end}" for line in _entry(key, values)]
    changed = "".join(lines)
    return changed if _differ_only_in(options, text, changed) else None


def _entry(key: str, values: tuple[str, ...]) -> list[str]:
    if len(values) == 1:
        return [f"{key} = {json.dumps(values[0])}"]
    return [f"{key} = [", *(f"    {json.dumps(value)}," for value in values), "]"]


def _lines_of(lines: list[str], key: str) -> tuple[int, int]:
    """From where to where the option stands; an empty place behind the table's last option if it is not there."""
    last = 1 + next((number for number, line in enumerate(lines) if _HEADER.match(line)), len(lines) - 1)
    for name, start, stop in _entries(lines, last):
        if name.replace("_", "-") == key:
            return start, stop
        last = stop
    return last, last


def _entries(lines: list[str], start: int) -> Iterator[tuple[str, int, int]]:
    """The options from a line on, until the next table: their names, and the lines that they take."""
    while start < len(lines) and not _TABLE.match(lines[start]):
        stop = start + 1
        if not _NOTHING.match(lines[start]):
            while (said := _parsed("".join(lines[start:stop]))) is None and stop < len(lines):
                stop += 1
            yield from ((name, start, stop) for name in said or {})
        start = stop


def _differ_only_in(options: Mapping[str, tuple[str, ...]], before: str, after: str) -> bool:
    """Whether the change of the text did to the whole file what was meant, and nothing else."""
    old, new = _parsed(before), _parsed(after)
    if old is None or new is None or flake8_table(before) is None:
        return False
    wanted = {key: values[0] if len(values) == 1 else list(values) for key, values in options.items()}
    kept = {key: value for key, value in old["tool"]["flake8"].items() if key.replace("_", "-") not in wanted}
    old["tool"]["flake8"] = kept | wanted
    return old == new


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = importlib.import_module(_TOML).loads(text)
    except (ValueError, RecursionError):
        return None
    return found
