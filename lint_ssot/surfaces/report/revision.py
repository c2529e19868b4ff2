"""The Python files of a git revision, laid out in a folder of their own; the work tree is not touched."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from lint_ssot.facts.values import dataclass
from lint_ssot.surfaces.outcome import CommandError

# what tells how the tests are run, and which modules are not kept in git
_CONFIGURATION = frozenset(
    {
        ".flake8",
        ".gitignore",
        ".pytest.ini",
        ".pytest.toml",
        "Pipfile",
        "pyproject.toml",
        "pytest.ini",
        "pytest.toml",
        "setup.cfg",
        "tox.ini",
    }
)
_SUFFIXES = (".py", ".pyi")
_REQUIREMENTS = (".txt", ".in")
_FILE_MODES = (b"100644", b"100755")


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision laid out below `folder`, which stands for `top`, the root of the work tree.

    `is_later` tells that it was made of what is checked out, so that the work tree is what was before.
    """

    name: str
    folder: Path
    top: Path
    files: tuple[PurePosixPath, ...]
    is_later: bool


@contextlib.contextmanager
def checked_out(revision: str, around: Path) -> Iterator[Revision]:
    """Lay out a revision of the repository around a folder, for as long as the block lasts.

    Raises CommandError if there is no such repository or revision.
    """
    top = Path(os.fsdecode(_git(around, "rev-parse", "--show-toplevel")).rstrip("\n"))
    wanted = f"{revision}^{{commit}}"
    commit = os.fsdecode(_git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)).strip()
    with tempfile.TemporaryDirectory(prefix="lint-ssot-") as name:
        folder = Path(name).resolve()
        # the end of the way up, as in a repository
        (folder / ".git").touch()
        yield Revision(revision, folder, top, tuple(_lay_out(top, commit, folder)), _is_later(top, commit))


def _is_later(top: Path, commit: str) -> bool:
    head = os.fsdecode(_git(top, "rev-parse", "--verify", "HEAD")).strip()
    between = _git(top, "rev-list", "--max-count=1", f"{commit}..{head}", "--")
    return commit != head and not between


def _lay_out(top: Path, commit: str, folder: Path) -> Iterator[PurePosixPath]:
    entries = tuple(_entries(_git(top, "ls-tree", "-r", "-z", "--full-tree", commit)))
    asked = b"".join(blob + b"\n" for blob, _ in entries)
    answer = memoryview(_git(top, "cat-file", "--batch", given=asked))
    for _, path in entries:
        end = bytes(answer[:200]).index(b"\n")
        size = int(bytes(answer[:end]).split()[2])
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(answer[end + 1 : end + 1 + size])
        answer = answer[end + 1 + size + 1 :]
        yield path


def _entries(listing: bytes) -> Iterator[tuple[bytes, PurePosixPath]]:
    """The blobs to lay out, with their paths; links and submodules are left out."""
    for line in listing.split(b"\0"):
        head, _, name = line.partition(b"\t")
        path = PurePosixPath(os.fsdecode(name))
        is_file = head.split(b" ")[0] in _FILE_MODES
        # a tree may be made by hand
        if is_file and _is_wanted(path) and not path.is_absolute() and ".." not in path.parts:
            yield head.split(b" ")[2], path


def _is_wanted(path: PurePosixPath) -> bool:
    is_requirements = path.suffix in _REQUIREMENTS and ("require" in path.name or "require" in path.parent.name)
    return path.name in _CONFIGURATION or path.suffix in _SUFFIXES or is_requirements


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], input=given, capture_output=True, env=environment, check=False
        )
    except OSError as error:
        raise CommandError(f"git cannot be run ({error.strerror})") from error
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise CommandError(
            told[-1].removeprefix("fatal: ") if told else f"git knows no `{arguments[-1].removesuffix('^{commit}')}`"
        )
    return done.stdout
