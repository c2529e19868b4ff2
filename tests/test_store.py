"""What is remembered is what would be found, whatever happens to the files or to the cache."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.config import Settings
from lint_ssot.engine import lint
from lint_ssot.recall import Memory, Said
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from tests.projects import write_project

BASE = "import unittest\nclass Base(unittest.TestCase):\n    def setUp(self):\n        self.client = 1\n"
BARE = "import unittest\nclass Base(unittest.TestCase):\n    def prepare(self):\n        self.client = 1\n"
TEST = "from base import Base\nclass TestA(Base):\n    def test_a(self):\n        self.client\n"
PLAIN = "class TestB:\n    def test_b(self):\n        self.db\n"
FIXTURE = "import pytest\n@pytest.fixture(autouse=True)\ndef db(request):\n    request.instance.db = 1\n"
IMPORTING = "from app.tools import tool\nfrom app import other\ndef test_c():\n    with tool():\n        pass\n"
TOOL = "def tool():\n    yield 1\n"
GOOD_TOOL = "import contextlib\n@contextlib.contextmanager\ndef tool():\n    yield 1\n"
CONFIGURED = "[tool.pytest.ini_options]\ntestpaths = ['tests']\n"

VERSIONS: dict[str, tuple[str | None, ...]] = {
    "pyproject.toml": ("", CONFIGURED, "[tool.pytest.ini_options]\npython_classes = ['Check']\n"),
    "tests/base.py": (BASE, BARE, "", None, "from elsewhere import Base\n", "class Base: pass\n"),
    "tests/elsewhere.py": (None, BASE, BARE),
    "tests/test_a.py": (TEST, TEST + "    def test_b(self): self.db\n", PLAIN),
    "tests/test_b.py": (PLAIN, TEST),
    "tests/conftest.py": (None, FIXTURE, "collect_ignore = ['test_b.py']\n"),
    "tests/test_c.py": (IMPORTING, "import app.tools\nwith app.tools.tool(): pass\n"),
    "app/__init__.py": ("", None, "other = 1\n"),
    "app/tools.py": (TOOL, GOOD_TOOL, None),
    "app/other.py": (None, "x = 1\n"),
    "tests/__init__.py": (None, ""),
    ".gitignore": (None, "other.py\n"),
}


def said_in(root: Path, *, cached: bool) -> dict[str, tuple[Said, ...]]:
    """What a run says of every test file."""
    memory = Memory(".cache", "") if cached else None
    session = Session(Settings(), RULES)
    said: dict[str, tuple[Said, ...]] = {}
    for path in sorted(root.rglob("test_*.py")):
        source = read_source(path)
        recalled = None if memory is None else memory.recall(path, source)
        known = None if recalled is None else recalled.said
        if known is None:
            known = tuple((each.line, each.column, each.code, each.text) for each in lint(path, source, session))
            if memory is not None:
                memory.keep(path, source, known, session.grounds(path, memory.disk))
        said[path.name] = known
    return said


def recalled(root: Path) -> list[str]:
    """The test files of which something is remembered that still holds."""
    memory = Memory(".cache", "")
    paths = sorted(root.rglob("test_*.py"))
    return [path.name for path in paths if memory.recall(path, read_source(path)) is not None]


def change(root: Path, name: str, text: str | None) -> None:
    path = root / name
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_what_is_remembered_is_what_a_fresh_run_finds_after_each_of_fifty_edits(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for name, texts in VERSIONS.items():
        change(tmp_path, name, texts[0])
    for _ in range(50):
        assert said_in(tmp_path, cached=False) == said_in(tmp_path, cached=True)
        assert said_in(tmp_path, cached=False) == said_in(tmp_path, cached=True)
        name = chance.choice(list(VERSIONS))
        change(tmp_path, name, chance.choice(VERSIONS[name]))


SUITE = {"pyproject.toml": CONFIGURED, "tests/base.py": BASE, "tests/test_a.py": TEST, "tests/test_b.py": PLAIN}


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    write_project(tmp_path, SUITE)
    said_in(tmp_path, cached=True)
    return tmp_path


DEPENDENCIES = {
    "nothing": ("docs.txt", "x", ["test_a.py", "test_b.py"]),
    "a base class": ("tests/base.py", BARE, ["test_b.py"]),
    "a linted file": ("tests/test_b.py", PLAIN + "\n", ["test_a.py"]),
    "the configuration": ("pyproject.toml", CONFIGURED + "python_files = ['x.py']\n", []),
    "a conftest that appears": ("tests/conftest.py", FIXTURE, []),
    "a package that appears": ("tests/__init__.py", "", []),
}


@pytest.mark.parametrize(("name", "text", "expected"), DEPENDENCIES.values(), ids=DEPENDENCIES)
def test_a_change_makes_forgotten_what_rests_on_it(suite: Path, name: str, text: str, expected: list[str]) -> None:
    if name == "docs.txt":
        (suite.parent / name).write_text(text, encoding="utf-8")
    else:
        change(suite, name, text)
    assert expected == recalled(suite)


def test_other_options_have_other_memories(suite: Path) -> None:
    path = suite / "tests/test_a.py"
    assert Memory(".cache", "other").recall(path, read_source(path)) is None


def test_a_touched_file_is_the_same_file(suite: Path) -> None:
    os.utime(suite / "tests/base.py", (1, 1))
    assert ["test_a.py", "test_b.py"] == recalled(suite)


def test_the_cache_is_not_for_version_control(suite: Path) -> None:
    assert "*" in (suite / ".cache/.gitignore").read_text(encoding="utf-8").splitlines()


def damaged(store: Path, how: str) -> None:
    if how == "garbage":
        store.write_bytes(b"no database at all" * 500)
    elif how == "truncated":
        store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])
    elif how == "a folder":
        store.unlink()
        store.mkdir()
    else:
        with contextlib.closing(sqlite3.connect(store)) as connection, connection:
            connection.execute(how)


FAULTS = {
    "garbage": "garbage",
    "truncated": "truncated",
    "a folder": "a folder",
    "rows of nonsense": "UPDATE rows SET value = x'5b5d'",
    "rows with changed findings": "UPDATE rows SET value = replace(value, 'LSS', 'XXX')",
    "rows without proof": "UPDATE rows SET proof = NULL",
    "rows of text": "UPDATE rows SET value = 'text'",
    "states of other files": "UPDATE states SET path = path || 'x'",
    "states without a digest": "UPDATE states SET digest = NULL",
    "states of an unknown kind": "UPDATE states SET kind = 99",
    "states in disorder": "UPDATE states SET id = -id",
    "no rows": "DROP TABLE rows",
    "other columns": "ALTER TABLE states RENAME COLUMN stamp TO time",
}


@pytest.mark.parametrize("how", FAULTS.values(), ids=FAULTS)
def test_a_damaged_cache_changes_nothing_that_is_said(suite: Path, how: str) -> None:
    change(suite, "tests/base.py", BARE)
    expected = said_in(suite, cached=True)
    (store,) = (suite / ".cache").glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damaged(store, how)
    assert expected == said_in(suite, cached=True)
    assert expected == said_in(suite, cached=True)


def test_a_cache_that_is_locked_changes_nothing_that_is_said(suite: Path) -> None:
    expected = said_in(suite, cached=False)
    (store,) = (suite / ".cache").glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(store, isolation_level=None)) as connection, connection:
        connection.execute("BEGIN EXCLUSIVE")
        change(suite, "tests/test_c.py", "x = 1\n")
        assert {**expected, "test_c.py": ()} == said_in(suite, cached=True)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_says_the_same_with_and_without_its_cache(tmp_path: Path, jobs: str) -> None:
    write_project(tmp_path, {**SUITE, "tests/base.py": BARE})
    command = [sys.executable, "-m", "flake8", "--select=LSS", f"-j{jobs}", "tests"]
    off, *others = (
        subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        for more in (["--ssot-cache-dir=none"], [], [])
    )
    assert off.stdout
    assert [off.stdout] * 2 == [other.stdout for other in others]


def test_an_unchanged_file_costs_neither_libcst_nor_astroid_nor_the_rules(tmp_path: Path) -> None:
    write_project(tmp_path, SUITE)
    told = "import sys; from flake8.main.cli import main; main(['-j1', 'tests']);"
    told += (
        "print([name for name in ('libcst', 'astroid', 'lint_ssot.rules', 'lint_ssot.graph') if name in sys.modules])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", told], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
        )
        for _ in range(2)
    ]
    assert "[]" == runs[1].stdout.splitlines()[-1]
