"""What earlier runs found in a file, as long as nothing that it rests on has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from lint_ssot.facts.states import MARKS, Disk, State
from lint_ssot.facts.store import Store

if TYPE_CHECKING:
    from lint_ssot.facts.library import Library

Said: TypeAlias = tuple[int, int, str, str]
_PACKAGE = Path(__file__).parent


class Memory:
    """The findings of one way to run the linter: its version, its options, the Python and what is installed.

    What a file rests on is looked at once: a memory is for one run, or until its host says that files have changed.
    """

    def __init__(self, folder: str, run: str, about: Callable[[Path], str] = lambda path: "") -> None:
        """`run` tells what the findings in all files depend on, `about` what those in one file do besides."""
        self._folder = folder
        self._about = about
        version = f"{_version()}\n{sys.version}"
        self._version = version.encode()
        self._run = "\n".join((version, *sys.path, run)).encode("utf-8", "surrogatepass")
        self._disk = Disk()
        self._roots: dict[Path, Path | None] = {}
        self._stores: dict[Path, Store] = {}
        # the states that still are as they were, by their numbers in a store: what thousands of files rest on
        self._sound: dict[Store, dict[int, int]] = {}

    def __deepcopy__(self, memo: object) -> Memory:
        """Stay the same: flake8 copies the options, which memories hang on, for each entry of `per-file-ignores`."""
        return self

    def recall(self, path: Path, source: str) -> tuple[Said, ...] | None:
        """What was said of this text of the file: line, column, code and text of each finding; None if that is gone."""
        store = self._store(path.parent)
        kept = store.value(self._key(path, source)) if store is not None else None
        if store is None or not isinstance(kept, list) or len(kept) != 3:
            return None
        said, numbers, seal = kept
        if not isinstance(said, list) or not self._holds(store, numbers, seal):
            return None
        found = tuple(map(_said, said))
        return None if None in found else tuple(each for each in found if each is not None)

    def _holds(self, store: Store, numbers: object, seal: object) -> bool:
        """Whether all states with these numbers are those that were meant, and still are as they were."""
        if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
            return False
        sound = self._sound.setdefault(store, {})
        new = [number for number in numbers if number not in sound]
        states = store.states(new)
        if states is None or not all(map(self._disk.still_has, states)):
            return False
        sound.update(zip(new, map(_weight, states), strict=True))
        return sum(map(sound.__getitem__, numbers)) == seal

    def keep(self, path: Path, source: str, said: Iterable[Said], states: tuple[State, ...]) -> None:
        """Remember what was said, and what it rests on."""
        store = self._store(path.parent)
        numbers = store.numbers(states) if store is not None else None
        if store is not None and numbers is not None:
            store.keep(self._key(path, source), [list(map(list, said)), numbers, sum(map(_weight, states))])

    def library(self, folder: Path) -> Library:
        """What is known of sources, and kept where a file in this folder is remembered."""
        from lint_ssot.facts.library import Library

        return Library(self._store(folder), self._version)

    @property
    def disk(self) -> Disk:
        """The looks that were taken at files and folders."""
        return self._disk

    def _key(self, path: Path, source: str) -> bytes:
        told = blake2b(self._run, digest_size=16)
        told.update(f"\n{path}\n{self._about(path)}\n".encode("utf-8", "surrogatepass"))
        told.update(source.encode("utf-8", "surrogatepass"))
        return told.digest()

    def _store(self, folder: Path) -> Store | None:
        if folder not in self._roots:
            self._roots[folder] = _root(folder)
        root = self._roots[folder]
        return None if root is None else self._stores.setdefault(root, Store(root / self._folder))


def _root(folder: Path) -> Path | None:
    """The outermost folder upwards that is marked as a project's, but not beyond its repository."""
    marked: Path | None = None
    for each in (folder, *folder.parents):
        if (each / ".git").exists():
            return each
        if any((each / mark).exists() for mark in MARKS - {"__init__.py"}):
            marked = each
    return marked


def _version() -> str:
    """A fingerprint of the linter: of all files as installed, or of their last changes for those who work on it."""
    for record in _PACKAGE.parent.glob("lint_ssot-*.dist-info/RECORD"):
        return record.read_text(encoding="utf-8")
    return repr(sorted(_stamps(str(_PACKAGE))))


def _stamps(folder: str) -> Iterator[tuple[str, int]]:
    # Path.rglob would take three times as long, which an editor feels
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".pyi")):
                yield entry.path, entry.stat().st_mtime_ns
            elif "." not in entry.name and entry.name != "__pycache__":
                yield from _stamps(entry.path)


def _said(row: object) -> Said | None:
    match row:
        case [int(line), int(column), str(code), str(text)] if line > 0 and column >= 0:
            # whoever wrote into the folder must not write to the terminal
            return (line, column, code, text) if code.isalnum() and text.isprintable() else None
    return None


def _weight(state: State) -> int:
    """A number for a state: that of another one, or of none, would not add up to the sum that was kept."""
    told = blake2b(f"{state.kind:d} {state.path}\n".encode("utf-8", "surrogatepass"), digest_size=6)
    told.update(state.digest)
    return int.from_bytes(told.digest(), "big")
