"""What is in a folder and what Python would import from it, each folder listed once."""

from __future__ import annotations

import enum
import os
from collections.abc import Mapping
from pathlib import Path

from lint_ssot.facts.values import dataclass

# what can be imported and yet says nothing in Python: compiled modules, stubs of such, sources of such
_OTHER_SUFFIXES = (".so", ".pyd", ".pyi", ".pyc", ".pyx")
# namespace packages nest; a link that leads back up would nest for ever
_DEEPEST = 4


class Kind(enum.Enum):
    """What a name is in a folder."""

    MODULE = enum.auto()
    PACKAGE = enum.auto()
    NAMESPACE = enum.auto()  # a folder without __init__.py, but with Python files somewhere in it
    OPAQUE = enum.auto()  # importable, but compiled
    NOTHING = enum.auto()


@dataclass(frozen=True, slots=True)
class Found:
    """A module or package: its kind, and its file (a namespace package has only a folder)."""

    kind: Kind
    path: Path


class Folders:
    """Listings of folders; a folder that cannot be read is empty."""

    def __init__(self) -> None:
        self._names: dict[Path, frozenset[str]] = {}
        self._holds_python: dict[Path, bool] = {}

    @property
    def listed(self) -> Mapping[Path, frozenset[str]]:
        """The folders that were asked for, and what they had."""
        return self._names

    def names(self, folder: Path) -> frozenset[str]:
        """The names in a folder, in the case in which they are written on disk."""
        if folder not in self._names:
            try:
                listed = os.listdir(folder)  # noqa: PTH208  # Path.iterdir makes a Path of every entry
            except OSError:
                listed = []
            self._names[folder] = frozenset(listed)
        return self._names[folder]

    def find(self, folder: Path, name: str) -> Found:
        """What `import name` finds in one folder of the path (`importlib.machinery.FileFinder`)."""
        names = self.names(folder)
        inner = folder / name
        if name in names and "__init__.py" in self.names(inner):
            return Found(Kind.PACKAGE, inner / "__init__.py")
        if self._is_compiled(folder, name):
            return Found(Kind.OPAQUE, inner)
        if name + ".py" in names:
            return Found(Kind.MODULE, folder / (name + ".py"))
        if name in names and self.holds_python(inner):
            return Found(Kind.NAMESPACE, inner)
        return Found(Kind.NOTHING, inner)

    def holds_python(self, folder: Path, depth: int = 0) -> bool:
        """Whether there is a Python file in the folder or, a few levels deep, in one of its folders."""
        if folder not in self._holds_python:
            names = self.names(folder)
            self._holds_python[folder] = any(name.endswith((".py", *_OTHER_SUFFIXES)) for name in names) or (
                depth < _DEEPEST
                and any(name.isidentifier() and self.holds_python(folder / name, depth + 1) for name in names)
            )
        return self._holds_python[folder]

    def top(self, folder: Path) -> Path:
        """The first folder upwards without `__init__.py`: what pytest's `prepend` puts on `sys.path`."""
        for each in (folder, *folder.parents):
            if "__init__.py" not in self.names(each):
                return each
        return folder

    def _is_compiled(self, folder: Path, name: str) -> bool:
        names = self.names(folder)
        if name + ".py" not in names and any(name + suffix in names for suffix in _OTHER_SUFFIXES):
            return True
        stem = name + "."
        return any(each.startswith(stem) and each.endswith((".so", ".pyd")) for each in names)
