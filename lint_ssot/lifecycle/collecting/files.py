"""Which files are looked into for tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from lint_ssot.facts.statements import Block, If, Statement
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.names.conditions import OLDEST_PYTHON, truth
from lint_ssot.graph.projects.project import Project
from lint_ssot.lifecycle.strings import listed

# unittest's own pattern, and what Django applications name a single file
_UNITTEST_FILES = ("test*.py", "tests.py")


def is_test_file(path: Path, project: Project) -> bool:
    """Whether pytest or, unless the project is set up for pytest, unittest would look into the file."""
    if path.suffix != ".py" or path.name == "conftest.py":
        return False
    patterns = project.pytest.python_files
    if not project.pytest.is_configured:
        patterns += _UNITTEST_FILES
    return any(_matches(pattern, path) for pattern in patterns)


def is_ignored(path: Path, conftests: Iterable[Module]) -> bool:
    """Whether `collect_ignore` or `collect_ignore_glob` of a conftest may leave the file out."""
    return any(_ignores(conftest, path) for conftest in conftests)


def run_today(body: Block) -> Block:
    """The statements of a conftest without those that only a Python runs which pytest no longer knows."""
    return tuple(_run_today(body))


def _run_today(body: Block) -> Iterator[Statement]:
    for statement in body:
        match isinstance(statement, If) and truth(statement.test, OLDEST_PYTHON), statement:
            case True, If(body=inner):
                yield from _run_today(inner)
            case False, If(orelse=inner):
                yield from _run_today(inner)
            case _:
                yield statement


def _matches(pattern: str, path: Path) -> bool:
    """As `_pytest.pathlib.fnmatch_ex`: a pattern with a slash is for the end of the whole path."""
    if "/" not in pattern:
        return fnmatchcase(path.name, pattern)
    return fnmatchcase(path.as_posix(), pattern if pattern.startswith("/") else f"*/{pattern}")


def _ignores(conftest: Module, path: Path) -> bool:
    if conftest.path is None:
        return False
    folder, body = conftest.path.parent, run_today(conftest.facts.body)
    for name in listed(body, "collect_ignore"):
        ignored = folder if name is None else folder / name
        if path == ignored or ignored in path.parents:
            return True
    globs = listed(body, "collect_ignore_glob")
    return any(fnmatchcase(path.as_posix(), (folder / (glob or "*")).as_posix()) for glob in globs)
