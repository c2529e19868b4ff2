"""Options set in the text of an ini file, with every other byte of it left as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

# no other character ends a line for configparser
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SECTION = re.compile(r"\[(?P<name>[^]]+)\]")
_KEY = re.compile(r"(?P<key>[^\s:=#;][^:=]*?)\s*[:=]")


def has_section(text: str, section: str) -> bool:
    """Whether the text has a section of this name."""
    return any(_section(line) == section for line in _LINE.findall(text))


def with_options(text: str, section: str, options: Mapping[str, tuple[str, ...]]) -> str:
    """The text with these options in the section, which is added if it is not there.

    An option that is there has its value replaced, a new one comes after the last of the section.
    A value of several lines stands below its name; comments at the margin stay behind what they follow.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = _LINE.findall(text)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    if not has_section(text, section):
        lines += [*([end] if lines and lines[-1].strip() else []), f"[{section}]{end}"]
    for key, values in options.items():
        start, stop = _lines_of(lines, section, key)
        lines[start:stop] = [f"{line}{end}" for line in _entry(key, values)]
    return "".join(lines)


def _entry(key: str, values: tuple[str, ...]) -> list[str]:
    if len(values) == 1:
        return [f"{key} = {values[0]}"]
    return [f"{key} =", *(f"    {value}" for value in values)]


def _lines_of(lines: list[str], section: str, key: str) -> tuple[int, int]:
    """From where to where the option stands; an empty place behind the section's last option if it is not there."""
    current: str | None = None
    last = start = -1
    for number, line in enumerate(lines):
        if (name := _section(line)) is not None:
            current = name
        if current != section or not line.strip():
            continue
        if start >= 0 and (name is not None or not line[0].isspace()):
            return start, last + 1
        if line[0] in "#;":
            continue
        last = number
        if (found := _KEY.match(line)) is not None and found["key"].strip().replace("_", "-") == key:
            start = number
    return (start if start >= 0 else last + 1), last + 1


def _section(line: str) -> str | None:
    found = _SECTION.match(line)
    return found["name"] if found else None
