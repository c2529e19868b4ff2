"""What earlier runs found in a file, as long as nothing that it rests on has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from lint_ssot.facts.states import MARKS, Disk, State
from lint_ssot.facts.store import Store
from lint_ssot.facts.values import dataclass

if TYPE_CHECKING:
    from lint_ssot.facts.library import Library

Said: TypeAlias = tuple[int, int, str, str]
_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was said of a file: line, column, code and text of each finding; and the numbers of what that rests on."""

    said: tuple[Said, ...]
    grounds: tuple[int, ...]


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
        self._roots: dict[str, str | None] = {}
        self._stores: dict[str, Store] = {}
        # the states that still are as they were, by their numbers in a store: what thousands of files rest on
        self._sound: dict[Store, dict[int, int]] = {}
        self._empty: dict[Store, bool] = {}
        self._last_kept: tuple[Path, tuple[int, ...]] | None = None

    def __deepcopy__(self, memo: object) -> Memory:
        """Stay the same: flake8 copies the options, which memories hang on, for each entry of `per-file-ignores`."""
        return self

    def recall(self, path: Path, source: str) -> Recalled | None:
        """What was said of this text of the file; None if that is gone."""
        store = self._store(path.parent)
        kept = None if store is None else self._kept(store, self._key(path, source))
        if kept is None or not isinstance(kept[0], list):
            return None
        found = tuple(map(_said, kept[0]))
        return None if None in found else Recalled(tuple(each for each in found if each is not None), kept[1])

    def is_empty(self, folder: Path) -> bool:
        """Whether there was nothing to recall of files in a folder when that was first asked."""
        store = self._store(folder)
        if store is None:
            return True
        if store not in self._empty:
            self._empty[store] = store.is_empty()
        return self._empty[store]

    def recall_run(self, about: str) -> tuple[Any, tuple[int, ...]] | None:
        """What was kept of a run in this folder, and what it rests on; None if that has changed."""
        store = self._store(Path.cwd())
        return None if store is None else self._kept(store, self._key_of_run(about))

    def keep_run(self, about: str, told: object, grounds: Iterable[int]) -> None:
        """Remember what was told in a run in this folder; all it rests on was recalled or kept before."""
        store = self._store(Path.cwd())
        numbers = sorted(set(grounds))
        sound = None if store is None else self._weighed(store, numbers)
        if store is not None and sound is not None:
            store.keep(self._key_of_run(about), [told, numbers, sum(map(sound.__getitem__, numbers))])

    def shares_store(self, folder: str) -> bool:
        """Whether what is said of files in a folder is kept where runs in this folder are."""
        return self._root(folder) == self._root(os.getcwd())  # noqa: PTH109  # thousands of files

    def _kept(self, store: Store, key: bytes) -> tuple[Any, tuple[int, ...]] | None:
        """What was kept under a key, if all that it rests on is as it was."""
        kept = store.value(key)
        if not isinstance(kept, list) or len(kept) != 3 or not self._holds(store, kept[1], kept[2]):
            return None
        return kept[0], tuple(kept[1])

    def _holds(self, store: Store, numbers: object, seal: object) -> bool:
        """Whether all states with these numbers are those that were meant, and still are as they were."""
        if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
            return False
        sound = self._weighed(store, numbers, self._disk.still_has)
        return sound is not None and sum(map(sound.__getitem__, numbers)) == seal

    def _weighed(
        self, store: Store, numbers: list[int], holds: Callable[[State], bool] = lambda state: True
    ) -> dict[int, int] | None:
        """The weights of sound states by their numbers; None if one of these is not kept, or does not hold."""
        sound = self._sound.setdefault(store, {})
        new = [number for number in numbers if number not in sound]
        states = store.states(new)
        if states is None or not all(map(holds, states)):
            return None
        sound.update(zip(new, map(_weight, states), strict=True))
        return sound

    def keep(self, path: Path, source: str, said: Iterable[Said], states: tuple[State, ...]) -> None:
        """Remember what was said, and what it rests on."""
        store = self._store(path.parent)
        numbers = store.numbers(states) if store is not None else None
        if store is not None and numbers is not None:
            store.keep(self._key(path, source), [list(map(list, said)), numbers, sum(map(_weight, states))])
            self._last_kept = path, tuple(numbers)

    def kept_for(self, path: Path) -> tuple[int, ...] | None:
        """The numbers of what a file rests on, if it was the last of which something was kept."""
        return self._last_kept[1] if self._last_kept is not None and self._last_kept[0] == path else None

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

    def _key_of_run(self, about: str) -> bytes:
        told = blake2b(self._run, digest_size=16)
        told.update(f"\na run in {Path.cwd()}\n{about}".encode("utf-8", "surrogatepass"))
        return told.digest()

    def _store(self, folder: Path) -> Store | None:
        root = self._root(str(folder))
        if root is None:
            return None
        if root not in self._stores:
            self._stores[root] = Store(Path(root, os.path.expanduser(self._folder)))  # noqa: PTH111
        return self._stores[root]

    def _root(self, folder: str) -> str | None:
        """The outermost folder upwards that is marked as a project's, but not beyond its repository."""
        if folder not in self._roots:
            above = os.path.dirname(folder)  # noqa: PTH120  # hundreds of folders, before anything is known of a file
            if _has(folder, ".git") or above == folder:
                self._roots[folder] = folder if _is_marked(folder) else None
            else:
                self._roots[folder] = self._root(above) or (folder if _is_marked(folder) else None)
        return self._roots[folder]


def _is_marked(folder: str) -> bool:
    return any(_has(folder, mark) for mark in MARKS - {"__init__.py"})


def _has(folder: str, name: str) -> bool:
    return os.path.exists(f"{folder}{os.sep}{name}")  # noqa: PTH110  # as above


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
