"""A change makes forgotten what rests on it, and nothing else."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from lint_ssot.baseline import Baseline, Known
from lint_ssot.config import Settings
from lint_ssot.engine import lint
from lint_ssot.recall import Memory, Said
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from tests.projects import lint_project, write_files, write_project

CONFIGURED = "[tool.pytest.ini_options]\ntestpaths = ['tests']\n"
BASE = "import unittest\nclass Base(unittest.TestCase):\n    def setUp(self):\n        self.client = 1\n"
BARE = "import unittest\nclass Base(unittest.TestCase):\n    pass\n"
CHILD = "from tests.{name}.base import Base\nclass Test{name}(Base):\n    def test_it(self):\n        self.client\n"
FIXTURE = "import pytest\n@pytest.fixture(autouse=True)\ndef client(request):\n    request.instance.client = 1\n"
PLAIN = "class TestPlain:\n    def test_it(self):\n        self.client\n"

SUITE = {
    "pyproject.toml": CONFIGURED,
    "tests/__init__.py": "",
    "tests/a/__init__.py": "",
    "tests/a/base.py": BASE,
    "tests/a/test_a.py": CHILD.format(name="a"),
    "tests/b/__init__.py": "",
    "tests/b/base.py": "from tests.c.base import Base\n",
    "tests/b/test_b.py": CHILD.format(name="b"),
    "tests/c/__init__.py": "",
    "tests/c/base.py": BASE,
    "tests/plain/test_plain.py": PLAIN,
}
ALL = frozenset({"test_a.py", "test_b.py", "test_plain.py"})


def suite_tests(root: Path) -> list[Path]:
    return sorted((root / "tests").rglob("test_*.py"))


def found_fresh(root: Path, settings: Settings) -> dict[str, tuple[Said, ...]]:
    session = Session(settings, RULES)
    return {
        str(path.relative_to(root)): tuple(
            (each.line, each.column, each.code, each.text) for each in lint(path, read_source(path), session)
        )
        for path in suite_tests(root)
    }


def found(root: Path, settings: Settings) -> dict[str, tuple[Said, ...]]:
    """What a run says that remembers, and what it keeps."""
    memory = Memory(".cache", repr(settings))
    session = Session(settings, RULES, memory=memory)
    said: dict[str, tuple[Said, ...]] = {}
    for path in suite_tests(root):
        source = read_source(path)
        recalled = memory.recall(path, source)
        known = None if recalled is None else recalled.said
        if known is None:
            known = tuple((each.line, each.column, each.code, each.text) for each in lint(path, source, session))
            memory.keep(path, source, known, session.grounds(path, memory.disk))
        said[str(path.relative_to(root))] = known
    return said


def forgotten(root: Path, settings: Settings) -> frozenset[str]:
    """The tests of which nothing is remembered that still holds."""
    memory = Memory(".cache", repr(settings))
    return frozenset(path.name for path in suite_tests(root) if memory.recall(path, read_source(path)) is None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a project with a small environment of its own."""
    packages = tmp_path / "env" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (packages.parents[2] / "pyvenv.cfg").write_text("home = /nowhere\n", encoding="utf-8")
    return Settings(python=str(tmp_path / "env"))


@pytest.fixture
def suite(tmp_path: Path, settings: Settings) -> Path:
    root = tmp_path / "project"
    write_files(root, SUITE)
    (root / ".git").mkdir()
    found(root, settings)
    return root


def written(name: str, text: str) -> Callable[[Path], None]:
    return lambda root: write_files(root, {name: text})


def removed(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def renamed(name: str, other: str) -> Callable[[Path], object]:
    return lambda root: (root / name).rename(root / other)


DIST = "../env/lib/python3.11/site-packages/other-1.0.dist-info/METADATA"
CHANGES: dict[str, tuple[Callable[[Path], object], frozenset[str]]] = {
    "a base class": (written("tests/a/base.py", BARE), frozenset({"test_a.py"})),
    "the base of a base class": (written("tests/c/base.py", BARE), frozenset({"test_b.py"})),
    "a base class that goes": (removed("tests/a/base.py"), frozenset({"test_a.py"})),
    "a base class of another name": (renamed("tests/a/base.py", "tests/a/basis.py"), frozenset({"test_a.py"})),
    "a package's own file": (written("tests/b/__init__.py", "x = 1\n"), frozenset({"test_b.py"})),
    "a conftest beside": (written("tests/plain/conftest.py", FIXTURE), frozenset({"test_plain.py"})),
    "a conftest of all": (written("tests/conftest.py", FIXTURE), ALL),
    "a folder that becomes a package": (written("tests/plain/__init__.py", ""), frozenset({"test_plain.py"})),
    "another file in a folder": (written("tests/plain/other.py", ""), frozenset({"test_plain.py"})),
    "a file in a folder of no test": (written("tools/other.py", ""), ALL),
    "what is no source of the project": (written("tests/plain/notes~", ""), frozenset()),
    "pyproject.toml": (written("pyproject.toml", CONFIGURED + "python_classes = ['Check']\n"), ALL),
    "pytest.ini": (written("pytest.ini", "[pytest]\n"), ALL),
    "setup.cfg": (written("setup.cfg", "[tool:pytest]\n"), ALL),
    "tox.ini": (written("tox.ini", "[pytest]\n"), ALL),
    "requirements": (written("requirements.txt", "pytest-asyncio\n"), ALL),
    "an installed distribution": (written(DIST, "Name: other\n"), ALL),
    "nothing": (lambda root: None, frozenset()),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_makes_forgotten_what_rests_on_it_and_nothing_else(
    suite: Path, settings: Settings, change: Callable[[Path], object], expected: frozenset[str]
) -> None:
    change(suite)
    assert expected == forgotten(suite, settings)
    assert found_fresh(suite, settings) == found(suite, settings)


@pytest.mark.parametrize(
    "other", [Settings(runner="unittest"), Settings(extra_hooks=("prepare",)), Settings(asyncio_mode="auto")]
)
def test_another_option_makes_all_forgotten(suite: Path, other: Settings) -> None:
    assert ALL == forgotten(suite, other)


def test_only_what_changed_is_written_anew(suite: Path, settings: Settings) -> None:
    (path,) = (suite / ".cache").glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE rows SET day = day - 1")
    write_files(suite, {"tests/a/test_a.py": SUITE["tests/a/test_a.py"] + "\n\n\nclass TestMore(Base): pass\n"})
    found(suite, settings)
    with contextlib.closing(sqlite3.connect(path)) as store:
        assert [(1,)] == store.execute("SELECT count(*) FROM rows GROUP BY day ORDER BY day DESC LIMIT 1").fetchall()


def test_a_month_later_all_is_forgotten(suite: Path, settings: Settings) -> None:
    (path,) = (suite / ".cache").glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE rows SET day = day - 31")
        store.execute("PRAGMA user_version = 0")
    assert ALL == forgotten(suite, settings)


TEXTS = ("", BASE, BARE, FIXTURE, PLAIN, "from tests.a.base import Base\n", "class Base: pass\n", "def (:\n")


def edited(root: Path, chance: random.Random) -> None:
    """Change, add, remove or rename a file or a folder."""
    paths = [path for path in sorted((root / "tests").rglob("*.py")) if ".cache" not in path.parts]
    path, folder = chance.choice(paths), chance.choice(paths).parent
    match chance.randrange(7):
        case 0 | 1:
            path.write_text(chance.choice(TEXTS), encoding="utf-8")
        case 2:
            name = chance.choice(["conftest.py", "base.py", "__init__.py", "test_new.py", "extra.py"])
            (folder / name).write_text(chance.choice(TEXTS), encoding="utf-8")
        case 3 if len(paths) > 4:
            path.unlink()
        case 4:
            path.rename(path.with_name(chance.choice(["conftest.py", "base.py", "test_old.py", "__init__.py"])))
        case 5 if folder != root / "tests":
            shutil.move(folder, folder.with_name(chance.choice("abcde") + "x"))
        case _:
            (root / "pyproject.toml").write_text(chance.choice(["", CONFIGURED]), encoding="utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_what_is_remembered_is_what_is_found_after_each_of_fifty_edits(
    suite: Path, settings: Settings, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(50):
        edited(suite, chance)
        fresh = found_fresh(suite, settings)
        assert [fresh, fresh] == [found(suite, settings), found(suite, settings)]


def test_a_baseline_makes_forgotten_only_the_files_that_it_speaks_of(suite: Path, settings: Settings) -> None:
    def remembered(*paths: str) -> frozenset[str]:
        counts = {Known(path, "LSS201", "TestPlain", "x"): 1 for path in paths}
        memory = Memory(".cache", repr(settings), Baseline(suite, counts).about)
        kept = frozenset(path.name for path in suite_tests(suite) if memory.recall(path, read_source(path)) is not None)
        for path in suite_tests(suite):
            memory.keep(path, read_source(path), (), ())
        return kept

    remembered("tests/a/test_a.py")
    assert ALL == remembered("tests/a/test_a.py", "tests/none.py")
    assert ALL - {"test_plain.py"} == remembered("tests/a/test_a.py", "tests/plain/test_plain.py")


def test_a_process_that_lives_on_sees_what_changed_between_two_runs(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"base.py": BASE, "test_a.py": "from base import Base\n" + CHILD.format(name="a").split("\n", 1)[1]}
    )
    assert [] == lint_project(tmp_path)
    write_files(tmp_path, {"base.py": BARE})
    assert ["LSS201"] == [each.code for each in lint_project(tmp_path)]
    write_files(tmp_path, {"base.py": BASE})
    assert [] == lint_project(tmp_path)
