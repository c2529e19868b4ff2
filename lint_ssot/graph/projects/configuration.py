"""Configuration files as plain tables; a broken one is empty and tells its trouble."""

from __future__ import annotations

import configparser
import importlib
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

Table: TypeAlias = Mapping[str, object]

# the same module by two names; imported so that type checkers need not have both
_TOML = "tomllib" if sys.version_info >= (3, 11) else "tomli"


class Configuration:
    """Reads each configuration file once; `troubles` tells which could not be read, and why."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self._files: dict[Path, Table] = {}

    def toml(self, path: Path) -> Table:
        """The content of a TOML file, empty if there is none or it is broken."""
        if path not in self._files:
            self._files[path] = self._read_toml(path)
        return self._files[path]

    def ini(self, path: Path) -> Table:
        """The sections of an INI file, their options as text; empty if there is none or it is broken."""
        if path not in self._files:
            self._files[path] = self._read_ini(path)
        return self._files[path]

    def text(self, path: Path) -> str:
        """The text of a file, empty if there is none or it cannot be decoded."""
        try:
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeError) as error:
            self._tell(path, error)
            return ""

    def _read_toml(self, path: Path) -> Table:
        try:
            content: Table = importlib.import_module(_TOML).loads(self.text(path))
        except (ValueError, RecursionError) as error:
            self._tell(path, error)
            return {}
        return content

    def _read_ini(self, path: Path) -> Table:
        parser = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True)
        # pytest and flake8 keep the case of option names
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        try:
            parser.read_string(self.text(path))
        except configparser.Error as error:
            self._tell(path, error)
            return {}
        return {name: dict(parser.items(name)) for name in parser.sections()}

    def _tell(self, path: Path, error: Exception) -> None:
        self.troubles.append(f"{path.name}: {error}".replace("\n", " "))


def table(content: object, *keys: str) -> Table:
    """The table found by following `keys`, empty if there is none."""
    for key in keys:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content if isinstance(content, Mapping) else {}


def words(value: object) -> tuple[str, ...]:
    """The words of an option, be it text (split as a shell would) or a list of text."""
    if isinstance(value, str):
        try:
            return tuple(shlex.split(value))
        except ValueError:
            return tuple(value.split())
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def lines(value: object) -> tuple[str, ...]:
    """The non-empty lines of an option, or the text in a list."""
    if isinstance(value, str):
        return tuple(line.strip() for line in value.splitlines() if line.strip())
    return words(value)
