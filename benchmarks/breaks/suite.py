"""A copy of a suite that may be broken, and which of its files a break can matter to."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.breaks.accident import Break
from benchmarks.breaks.making import breaks
from lint_ssot.session import read_source

_LEFT_OUT = shutil.ignore_patterns(".git", ".tox", ".venv", "__pycache__", "node_modules", ".lint_ssot_cache")
_MOST_OF_A_FILE = 2
_MOST_AFFECTED = 3


@dataclass(frozen=True)
class Accident:
    """A break and the file that it happens to."""

    path: Path
    cause: Break


@dataclass(frozen=True)
class Suite:
    """A suite: the folder of the project, and the one of its folders whose files are broken."""

    root: Path
    tests: Path

    @classmethod
    def copied(cls, source: Path, tests: str, folder: Path) -> Suite:
        """The suite, copied into a folder that is nobody else's."""
        root = folder.resolve() / source.name
        shutil.copytree(source, root, symlinks=True, ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
        return cls(root, root / tests)

    def accidents(self, kinds: tuple[str, ...], per_kind: int, seed: int) -> Iterator[Accident]:
        """So many breaks of each kind, two of a file at most; the same ones for the same seed."""
        dice = random.Random(seed)
        files = self._files()
        dice.shuffle(files)
        counts: Counter[str] = Counter()
        for path in files:
            wanted = tuple(kind for kind in kinds if counts[kind] < per_kind)
            for accident in self._of_a_file(path, wanted, dice):
                if counts[accident.cause.kind] < per_kind:
                    counts[accident.cause.kind] += 1
                    yield accident

    def affected(self, path: Path) -> tuple[Path, ...]:
        """The test files in which a break of a file can be seen: itself, or the first ones that lead to it."""
        if _is_test(path):
            return (path,)
        if path.name == "conftest.py":
            near = [each for each in sorted(path.parent.rglob("*.py")) if _is_test(each)]
            return tuple(near[:_MOST_AFFECTED])
        name = path.parent.name if path.name == "__init__.py" else path.stem
        mentions = re.compile(rf"import.*\b{re.escape(name)}\b|\b{re.escape(name)} import", re.MULTILINE)
        users = (each for each in self._files() if _is_test(each) and mentions.search(read_source(each)))
        return tuple(each for each, _ in zip(users, range(_MOST_AFFECTED), strict=False))

    def name(self, path: Path) -> str:
        """A file as a person calls it."""
        return path.relative_to(self.root).as_posix()

    def _files(self) -> list[Path]:
        return [
            path
            for path in sorted(self.tests.rglob("*.py"))
            if path.is_file() and ("test" in self.name(path) or self.tests != self.root)
        ]

    def _of_a_file(self, path: Path, kinds: tuple[str, ...], dice: random.Random) -> Iterator[Accident]:
        try:
            made = list(breaks(read_source(path), self._first_party()))
        except (SyntaxError, ValueError, RecursionError):
            return
        dice.shuffle(made)
        counts: Counter[str] = Counter()
        for each in made:
            if each.kind in kinds and counts[each.kind] < _MOST_OF_A_FILE and each.is_python:
                counts[each.kind] += 1
                yield Accident(path, each)

    def _first_party(self) -> frozenset[str]:
        roots = (self.root, self.root / "src", self.tests)
        return frozenset(path.stem for root in roots if root.is_dir() for path in root.iterdir() if _is_module(path))


def _is_test(path: Path) -> bool:
    return path.stem.startswith("test") or path.stem.endswith(("_test", "_tests"))


def _is_module(path: Path) -> bool:
    return path.suffix == ".py" if path.is_file() else (path / "__init__.py").exists()
