"""What of a project's files can change an answer, and whether it has changed."""

from __future__ import annotations

import configparser
import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

# when each file was last written, in nanoseconds, and its size
Snapshot: TypeAlias = Mapping[str, tuple[int, int]]

_CONFIGURATION = frozenset({"setup.cfg", "tox.ini", ".flake8", "pytest.ini", ".pytest.ini", "pyproject.toml"})
# a baseline may have any name; this is what the command proposes
_ENDINGS = (".py", ".pyi", "baseline.jsonl")
_REQUIREMENTS = ("requirements", "dev-requirements", "test-requirements")
# folders that hold no modules of the project, or far too many files
_ELSEWHERE = frozenset({"__pycache__", "node_modules", "site-packages", "build", "dist"})


def snapshot(root: Path) -> Snapshot:
    """Every file below the root that can change an answer; hidden folders and environments hold none."""
    return {entry.path: _state(entry) for entry in _files(str(root))}


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError:
        return
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        name = entry.name
        if name.endswith(_ENDINGS) or name in _CONFIGURATION or name.startswith(_REQUIREMENTS):
            yield entry
        elif not name.startswith(".") and name not in _ELSEWHERE and entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)


def _state(entry: os.DirEntry[str]) -> tuple[int, int]:
    try:
        state = entry.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


def changes(before: Snapshot, after: Snapshot) -> frozenset[Path]:
    """The files that were written, made or removed in between."""
    return frozenset(Path(path) for path, _ in before.items() ^ after.items())


def configuration_file(folder: Path) -> Path | None:
    """The file that flake8 would take its options from, run in this folder.

    As `flake8.options.config._find_config_file`, which asks the folder of the process.
    """
    home = Path.home()
    for each in (folder, *folder.parents):
        if each == home and each != folder:
            break
        for name in ("setup.cfg", "tox.ini", ".flake8"):
            parser = _parsed(each / name)
            if parser.has_section("flake8") or parser.has_section("flake8:local-plugins"):
                return each / name
    return None


def configured_baseline(path: Path) -> str | None:
    """The value of `ssot-baseline` in a configuration file of flake8."""
    parser = _parsed(path)
    names = ("ssot-baseline", "ssot_baseline")
    return next((value for name in names if (value := parser.get("flake8", name, fallback=""))), None)


def _parsed(path: Path) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser()
    with contextlib.suppress(UnicodeDecodeError, configparser.Error):
        parser.read(path, encoding="UTF-8")
    return parser
