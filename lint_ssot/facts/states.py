"""The states of files and folders that findings rest on, and whether they still are what they were."""

from __future__ import annotations

import enum
import os
import time
from hashlib import blake2b
from pathlib import Path

from lint_ssot.facts.values import dataclass

# A file may change again within the grain of its file system's clock, and keep its size: what is younger is hashed.
_YOUNG = 3_000_000_000
_PASSING = ("~", ".swp", ".tmp", ".pyc", ".orig", "-journal")
MARKS = frozenset(
    {"pyproject.toml", "setup.cfg", "setup.py", "tox.ini", ".flake8", ".git", "__init__.py"}
    | {"pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"}
)


class Kind(enum.IntEnum):
    """What was looked at: the content of a file, which names a folder has, or which that make it a root."""

    CONTENT = 0
    NAMES = 1
    MARKS = 2


@dataclass(frozen=True, slots=True)
class State:
    """A file or folder as it was looked at; a stamp of 0 says nothing."""

    kind: Kind
    path: str
    digest: bytes
    stamp: int = 0


class Disk:
    """Looks at each file and folder once, for as long as the disk is taken to stand still."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Kind, str], State] = {}
        self._names: dict[Path, tuple[str, ...]] = {}

    def state(self, kind: Kind, path: Path | str) -> State:
        """What is there now."""
        key = kind, str(path)
        if key not in self._seen:
            stamp = stamp_of(key[1])
            self._seen[key] = State(kind, key[1], _DIGESTS[kind](key[1]), stamp)
        return self._seen[key]

    def names(self, folder: Path) -> tuple[str, ...]:
        """The sorted names in a folder; none if it cannot be read."""
        if folder not in self._names:
            self._names[folder] = tuple(sorted(_listed(str(folder))))
        return self._names[folder]

    def still_has(self, state: State) -> bool:
        """Whether nothing has changed: by the time of the last change if that tells, else by what is there."""
        key = state.kind, state.path
        if key not in self._seen and state.stamp and state.stamp == stamp_of(state.path):
            self._seen[key] = state
        return self.state(*key).digest == state.digest


def content_digest(source: bytes) -> bytes:
    """The fingerprint of a file's content."""
    return blake2b(source, digest_size=16).digest()


def _content(path: str) -> bytes:
    if not os.path.isfile(path):  # noqa: PTH113  # thousands of them; reading a pipe or a device might never end
        return b""
    try:
        return content_digest(Path(path).read_bytes())
    except OSError:
        return b""


def _names(path: str) -> bytes:
    kept = [name for name in _listed(path) if _counts(name)]
    return _digest("\0".join(sorted(kept)))


def _counts(name: str) -> bool:
    """Whether a name may mean something: caches, and what runs and editors leave behind, do not."""
    return name == ".gitignore" or not (name.startswith(".") or name == "__pycache__" or name.endswith(_PASSING))


def _marks(path: str) -> bytes:
    return _digest("\0".join(sorted(MARKS.intersection(_listed(path)))))


def _listed(path: str) -> list[str]:
    try:
        return os.listdir(path)  # noqa: PTH208  # Path.iterdir makes a Path of every entry
    except OSError:
        return []


def _digest(text: str) -> bytes:
    return content_digest(text.encode("utf-8", "surrogatepass"))


_DIGESTS = {Kind.CONTENT: _content, Kind.NAMES: _names, Kind.MARKS: _marks}


def stamp_of(path: str) -> int:
    """A number for the last change, 0 if that is too recent to tell from the next one."""
    try:
        found = os.stat(path)  # noqa: PTH116  # thousands of them
    except OSError:
        return 0
    changed = max(found.st_mtime_ns, found.st_ctime_ns)
    if time.time_ns() - changed < _YOUNG:
        return 0
    told = f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"
    return int.from_bytes(_digest(told)[:7], "big")
