"""Fixes that meet, that do harm, or that are of another file."""

from __future__ import annotations

from pathlib import Path

from lint_ssot.config import Settings
from lint_ssot.fixes.derive import fixes_for
from lint_ssot.fixes.edits import Edit, applied, meets
from lint_ssot.surfaces.mending import Hindrance, Mended, Mending
from tests.fixes.mended import findings, mend, new_session
from tests.projects import write_project

UNITTEST = Settings(runner="unittest")


def test_cures_that_meet_come_one_after_the_other(tmp_path: Path) -> None:
    """The hook is renamed for one reason, and its parent awaited for another, which the first takes along."""
    write_project(
        tmp_path,
        {
            "test_it.py": """import contextlib
import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.bus = []


class TestBus(Base):
    def asyncSetUp(self):
        super().asyncSetUp()
        with contextlib.AsyncExitStack() as stack:
            self.stack = stack

    async def test_it(self):
        self.assertEqual([], self.bus)
"""
        },
    )
    mended = mend(tmp_path, UNITTEST)
    assert {"LSS303", "LSS406"} <= {planned.diagnostic.code for planned in mended.applied}
    assert [] == findings(tmp_path, UNITTEST)


def test_a_cure_that_does_harm_is_taken_back_and_the_others_stay(tmp_path: Path) -> None:
    """`asyncSetUp` runs after `setUp`, which reads what it assigns."""
    write_project(
        tmp_path,
        {
            "test_it.py": """import asyncio
import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    async def setUp(self):
        await asyncio.sleep(0)
        self.bus = []


class TestBus(Base):
    def setUp(self):
        self.size = len(self.bus)

    async def test_it(self):
        self.assertEqual(0, self.size)


class TestMap(unittest.TestCase):
    def setUpClass(self):
        self.map = {}

    def test_it(self):
        self.assertEqual({}, self.map)
"""
        },
    )
    before = (tmp_path / "test_it.py").read_text(encoding="utf-8")
    mended = mend(tmp_path, UNITTEST)
    assert ["LSS406"] == [planned.diagnostic.code for planned in mended.applied]
    assert (
        before.partition("class TestMap")[0]
        == (tmp_path / "test_it.py").read_text(encoding="utf-8").partition("class TestMap")[0]
    )


BESIDE = {
    "base.py": """import unittest


class Base(unittest.TestCase):
    def setUp(self):
        self.store = {}


class Middle(Base):
    def setUp(self):
        self.shelf = 1
""",
    "test_it.py": """from base import Middle


class TestStore(Middle):
    def test_it(self):
        self.assertEqual({}, self.store)
""",
}


def test_the_file_that_is_to_blame_is_mended(tmp_path: Path) -> None:
    write_project(tmp_path, BESIDE)
    mended = mend(tmp_path, UNITTEST)
    assert ["base.py"] == [file.path.name for file, _ in mended.files]
    assert [] == findings(tmp_path, UNITTEST)


def mended_alone(path: Path) -> Mended:
    return Mending((path,), new_session(UNITTEST), lambda _path, _source, found: found).mend()


def test_a_file_that_was_not_asked_for_is_left_alone(tmp_path: Path) -> None:
    write_project(tmp_path, BESIDE)
    mended = mended_alone(tmp_path / "test_it.py")
    assert [(Hindrance.ELSEWHERE, "base.py")] == [(left.hindrance, left.because) for left in mended.left]
    assert () == mended.files


def test_a_file_that_leads_out_of_the_project_is_left_alone(tmp_path: Path) -> None:
    write_project(tmp_path / "project", {"pytest.ini": ""})
    outside = tmp_path / "outside.py"
    outside.write_text(
        "import unittest\n\nclass TestA(unittest.TestCase):\n    def setUpClass(self): pass\n    def test(self): pass\n"
    )
    link = tmp_path / "project" / "test_it.py"
    link.symlink_to(outside)
    before = outside.read_bytes()
    mended = mended_alone(link)
    assert [Hindrance.UNFIXABLE] == [left.hindrance for left in mended.left]
    assert before == outside.read_bytes()


def test_a_generator_that_is_iterated_over_elsewhere_needs_a_look(tmp_path: Path) -> None:
    source = """import unittest


def numbers():
    yield 1


class TestNumbers(unittest.TestCase):
    def test_it(self):
        with numbers() as one:
            self.assertEqual(1, one)

    def test_all(self):
        self.assertEqual([1], list(numbers()))
"""
    write_project(tmp_path, {"test_it.py": source})
    assert [Hindrance.UNSAFE] == [left.hindrance for left in mend(tmp_path, UNITTEST).left]


def test_an_editor_is_offered_each_fix_of_each_diagnostic(tmp_path: Path) -> None:
    source = """import asyncio
import unittest


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def setUp(self):
        self.bus = []

    async def test_it(self):
        self.assertTrue(asyncio)
"""
    write_project(tmp_path, {"test_it.py": source})
    fixes = fixes_for(source, findings(tmp_path, UNITTEST))
    assert ["Rename `setUp` to `asyncSetUp`, which is awaited", "Make `setUp` a plain `def`"] == [
        fix.title for fix in fixes
    ]
    assert source.replace("setUp", "asyncSetUp") == applied(source, fixes[0].edits)
    assert source.replace("async def setUp", "def setUp") == applied(source, fixes[1].edits)


def test_edits_meet_where_they_overlap_or_have_no_order() -> None:
    assert meets([Edit(0, 4, "")], [Edit(3, 5, "")])
    assert meets([Edit(2, 2, "a")], [Edit(2, 2, "b")])
    assert meets([Edit(2, 2, "a")], [Edit(2, 4, "b")])


def test_edits_get_along_side_by_side_or_if_they_are_the_same() -> None:
    assert not meets([Edit(0, 3, "")], [Edit(3, 5, "")])
    assert not meets([Edit(2, 2, "a")], [Edit(2, 2, "a")])
