"""What is in a folder and what Python would import from it, each folder listed once."""

from __future__ import annotations

import enum
import os
from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Generic, TypeVar

from lint_ssot.facts.values import dataclass

# what can be imported and yet says nothing in Python: compiled modules, stubs of such, sources of such
_OTHER_SUFFIXES = (".so", ".pyd", ".pyi", ".pyc", ".pyx")
# namespace packages nest; a link that leads back up would nest for ever
_DEEPEST = 4


Answer = TypeVar("Answer")
Key = TypeVar("Key", bound=Hashable)


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
        self._finds = Remembered[tuple[Path, str], Found](self)
        self._holds_python = Remembered[Path, bool](self)
        self._trails = Remembered[tuple[Path, str], tuple[Found, ...]](self)
        # most questions take the same few folders
        self._sets: dict[frozenset[Path], frozenset[Path]] = {}
        # for whom folders are looked at: the innermost question last, nobody in particular first
        self._looks: list[set[Path]] = [set()]

    @property
    def listed(self) -> Mapping[Path, frozenset[str]]:
        """The folders that were asked for, and what they had."""
        return self._names

    @property
    def looked_at_for_nobody(self) -> frozenset[Path]:
        """The folders that were looked at outside any question."""
        return frozenset(self._looks[0])

    def asked(self, question: Callable[[], Answer]) -> tuple[Answer, frozenset[Path]]:
        """The answer to a question, and the folders that it took."""
        self._looks.append(set())
        try:
            answer = question()
        finally:
            seen = frozenset(self._looks.pop())
        return answer, self._sets.setdefault(seen, seen)

    def saw(self, folders: frozenset[Path]) -> None:
        """The present question takes these folders, too: they were looked at before."""
        self._looks[-1] |= folders

    def names(self, folder: Path) -> frozenset[str]:
        """The names in a folder, in the case in which they are written on disk."""
        self._looks[-1].add(folder)
        if folder not in self._names:
            try:
                listed = os.listdir(folder)  # noqa: PTH208  # Path.iterdir makes a Path of every entry
            except OSError:
                listed = []
            self._names[folder] = frozenset(listed)
        return self._names[folder]

    def find(self, folder: Path, name: str) -> Found:
        """What `import name` finds in one folder of the path (`importlib.machinery.FileFinder`)."""
        return self._finds.get((folder, name), lambda: self._look(folder, name))

    def _look(self, folder: Path, name: str) -> Found:
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
        return self._holds_python.get(folder, lambda: self._has_python(folder, depth))

    def _has_python(self, folder: Path, depth: int) -> bool:
        names = self.names(folder)
        return any(name.endswith((".py", *_OTHER_SUFFIXES)) for name in names) or (
            depth < _DEEPEST
            and any(name.isidentifier() and self.holds_python(folder / name, depth + 1) for name in names)
        )

    def trail(self, root: Path, name: str) -> tuple[Found, ...]:
        """What is found of `a`, `a.b`, `a.b.c` below a root, up to the first that is not there."""
        return self._trails.get((root, name), lambda: tuple(self._found(root, name.split("."))))

    def _found(self, folder: Path, parts: list[str]) -> Iterator[Found]:
        for number, part in enumerate(parts):
            found = self.find(folder, part)
            if found.kind is not Kind.NOTHING:
                yield found
            elif number > 0 and part in self.names(folder):
                # any folder inside a package can be imported, also one without Python in it
                yield Found(Kind.OPAQUE, folder / part)
            if found.kind in (Kind.MODULE, Kind.OPAQUE, Kind.NOTHING):
                return
            folder = found.path if found.kind is Kind.NAMESPACE else found.path.parent

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


class Remembered(Generic[Key, Answer]):
    """Answers that whoever asks again gets with the folders they took."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._answers: dict[Key, tuple[Answer, frozenset[Path]]] = {}

    def get(self, key: Key, question: Callable[[], Answer]) -> Answer:
        """The answer of before, or that of now."""
        known = self._answers.get(key)
        if known is None:
            known = self._answers[key] = self._folders.asked(question)
        self._folders.saw(known[1])
        return known[0]
