"""`lint-ssot why`: what it tells of a test is what the runner does with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lint_ssot.surfaces.cli import main
from tests.demo import DEMO
from tests.projects import write_project

BASE = """\
import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.early = 1

    async def asyncSetUp(self):
        self.late = self.early
"""
CHILD = """\
import unittest
from base import Base


class TestGood(Base):
    async def test_all_is_there(self):
        assert self.late


class TestDead(Base):
    async def asyncSetUp(self):
        self.other = self.nowhere

    async def test_nothing_is_there(self):
        assert self.late


class TestDeaf(unittest.TestCase):
    async def test_nobody_listens(self): ...

    def helper(self): ...


class TestOff:
    __test__ = False

    def test_off(self): ...


class Unnamed:
    def test_unnamed(self): ...
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_project(tmp_path, {"base.py": BASE, "test_child.py": CHILD, "tool.py": CHILD})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(DEMO)
    monkeypatch.setenv("COLUMNS", "100")
    return DEMO


def why(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["why", *words])
    return status, capsys.readouterr().out


def story(capsys: pytest.CaptureFixture[str], node_id: str) -> dict[str, Any]:
    _, said = why(capsys, node_id, "--json")
    found: dict[str, Any] = json.loads(said)
    return found


def steps(told: dict[str, Any]) -> list[str]:
    return [step["name"] for step in told["steps"] if step["path"] is not None]


@pytest.mark.usefixtures("project")
def test_the_calls_are_those_of_the_runner_in_its_order(capsys: pytest.CaptureFixture[str]) -> None:
    told = story(capsys, "test_child.py::TestGood::test_all_is_there")
    assert ["Base.setUp", "Base.asyncSetUp", "TestGood.test_all_is_there"] == steps(told)
    assert [["early"], ["late"], []] == [
        [each["attribute"] for each in step["assigns"]] for step in told["steps"] if step["path"] is not None
    ]
    assert ("reaches", None) == (told["verdict"], told["death"])


@pytest.mark.usefixtures("project")
def test_a_test_dies_where_the_first_attribute_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    told = story(capsys, "test_child.py::TestDead::test_nothing_is_there")
    death = told["death"]
    assert ("dies", "LSS201", "test_child.py", 12) == (told["verdict"], death["code"], death["path"], death["line"])
    assert [("Base.asyncSetUp", ["late"])] == [(each["name"], each["would_assign"]) for each in told["skipped"]]


@pytest.mark.usefixtures("project")
def test_what_the_dead_step_would_lead_to_is_no_longer_reached(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = why(capsys, "test_child.py::TestDead::test_nothing_is_there")
    assert 1 == status
    assert "dies before its business, in TestDead.asyncSetUp" in said
    assert "12 │ self.other = self.nowhere" in said
    assert "the test, awaited; no longer reached" in said


@pytest.mark.usefixtures("project")
def test_a_body_that_nobody_awaits_never_runs(capsys: pytest.CaptureFixture[str]) -> None:
    told = story(capsys, "test_child.py::TestDeaf::test_nobody_listens")
    assert "never_runs" == told["verdict"]


@pytest.mark.usefixtures("project")
def test_a_test_that_reaches_its_business_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == why(capsys, "test_child.py::TestGood")[0]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("node_id", "reason"),
    [
        ("test_child.py::TestDeaf::helper", "its name does not begin with `test`"),
        ("test_child.py::TestOff", "`TestOff` says `__test__ = False`"),
        ("test_child.py::Unnamed::test_unnamed", "pytest collects classes named `Test`…, and `TestCase`s"),
        ("tool.py::TestGood", "`tool.py` is no test file"),
        ("tool.py", "`tool.py` is no test file"),
    ],
)
def test_what_is_not_collected_is_told_why(node_id: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = why(capsys, node_id)
    assert 1 == status
    assert reason in said


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("node_id", "line"),
    [
        ("test_child.py::TestGod", "lint-ssot: there is no `TestGod` in it; did you mean `TestGood`"),
        ("test_child.py::TestDead::test_nothing", "did you mean `test_nothing_is_there`?"),
        ("test_child.py::TestDead::test_nothing_is_there::x", "`test_nothing_is_there` is no class of `TestDead`"),
        ("test_child.py:999", "`test_child.py` has no line 999"),
        ("test_child.py:0", "`test_child.py` has no line 0"),
        ("", "name a test: tests/test_x.py::TestA::test_b"),
        ("test_chid.py", "lint-ssot: there is no file `test_chid.py`; did you mean `test_child.py`?"),
        (".", "lint-ssot: `.` is a folder: name a file of tests in it"),
    ],
)
def test_what_is_not_there_is_trouble(node_id: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(["why", node_id])
    assert line in capsys.readouterr().err


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "node_id", ["test_child.py:7", "test_child.py:7:9", "test_child.py::TestGood::test_all_is_there[x-y]"]
)
def test_a_line_or_a_parameter_finds_the_test(node_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "test_child.py::TestGood::test_all_is_there" == story(capsys, node_id)["test"]


@pytest.mark.usefixtures("project")
def test_what_cannot_be_known_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = "from elsewhere import Base\n\n\nclass TestFar(Base):\n    def test_far(self):\n        self.x\n"
    (tmp_path / "test_far.py").write_text(source, encoding="utf-8")
    told = story(capsys, "test_far.py::TestFar::test_far")
    assert "unknown" == told["verdict"]
    assert [] != told["unknown"]
    _, said = why(capsys, "test_far.py::TestFar::test_far")
    assert "What nobody can know" in said


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", ["test_loans.py", "test_reservations.py", "test_notices.py"])
def test_the_verdicts_on_the_demo_are_those_of_pytest(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = why(capsys, f"tests/{name}", "--json")
    # pytest skips the two that reach their business, under a condition
    skipped = {"test_the_post_office_stamps_letters", "test_the_post_office_keeps_a_list"}
    told = {each["test"].rpartition("::")[2]: each["verdict"] for each in json.loads(said)}
    assert {test: "reaches" if test in skipped else "dies" for test in told} == told


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("width", ["40", "60", "200"])
def test_a_page_is_never_wider_than_the_terminal(
    width: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    _, said = why(capsys, "tests/test_loans.py::TestLoans")
    prose = [line for line in said.splitlines() if ".py" not in line]
    assert [] == [line for line in prose if len(line) > int(width)]


@pytest.mark.usefixtures("demo")
def test_color_is_there_when_it_is_wanted_and_only_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    test = "tests/test_loans.py::TestLoans"
    assert "\x1b[" not in why(capsys, test)[1]
    assert "\x1b[" not in why(capsys, test, "--no-color")[1]
    assert "\x1b[1;31m" in why(capsys, test, "--color")[1]


CONDITIONS = """\
import sys
import unittest

import pytest


class TestIt:
    @pytest.mark.skipif(sys.platform == "win32", reason="no")
    def test_perhaps(self):
        self.nowhere

    @pytest.mark.xfail
    def test_expected(self):
        self.nowhere

    @unittest.skipUnless(False, "never")
    def test_never(self):
        self.nowhere

    def test_leaves(self):
        pytest.skip("now")


class TestLeaves(unittest.TestCase):
    def setUp(self):
        self.skipTest("now")

    def test_it(self):
        self.nowhere
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("TestIt::test_perhaps", "dies before its business, in TestIt.test_perhaps, if @pytest.mark.skipif lets it"),
        ("TestIt::test_expected", "dies before its business, in TestIt.test_expected, as @pytest.mark.xfail expects"),
        ("TestIt::test_never", "is skipped, whatever happens"),
        ("TestIt::test_leaves", "leaves on its own account: TestIt.test_leaves always raises or skips"),
        ("TestLeaves::test_it", "leaves on its own account: TestLeaves.setUp always raises or skips"),
    ],
)
def test_what_keeps_a_test_from_running_is_said_with_the_verdict(
    name: str, said: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(project, {"test_conditions.py": CONDITIONS})
    assert said in why(capsys, f"test_conditions.py::{name}")[1]


def test_a_call_that_fails_by_itself_is_the_death(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hooks = "    def setUpClass(cls): ...\n\n    def test_it(self): ...\n"
    text = f"import unittest\n\n\nclass TestIt(unittest.TestCase):\n{hooks}"
    write_project(project, {"test_it.py": text})
    told = story(capsys, "test_it.py::TestIt::test_it")
    assert ("dies", "LSS406") == (told["verdict"], told["death"]["code"])


def test_what_stands_in_a_hook_that_never_runs_is_no_death(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """\
class TestIt:
    async def setup_method(self):
        with self.lines():
            pass

    async def lines(self): ...

    def test_it(self): ...
"""
    write_project(project, {"test_it.py": text})
    told = story(capsys, "test_it.py::TestIt::test_it")
    assert ("reaches", ["LSS301", "LSS401"]) == (
        told["verdict"],
        sorted(each["code"] for each in told["steps"][0]["findings"]),
    )


UNCALLABLE = {
    "checks.py": "class Checks:\n    def test_path(self, tmp_path):\n        assert tmp_path\n",
    "test_it.py": """\
import unittest

import pytest

from checks import Checks


def catalog():
    return {"Emma": 2}


class TestAsking:
    def setup_method(self):
        self.shelf = []

    def test_asks(self, catalog):
        assert catalog


class TestTaking(Checks, unittest.TestCase):
    def test_takes_nothing(self):
        pass


def test_asks(catalog):
    assert catalog


def test_asks_for_nothing():
    assert pytest
""",
}


@pytest.mark.parametrize(
    ("test", "code"),
    [
        ("TestAsking::test_asks", "LSS411"),
        ("test_asks", "LSS411"),
        ("TestTaking::test_path", "LSS412"),
        ("TestTaking::test_takes_nothing", None),
        ("test_asks_for_nothing", None),
    ],
)
def test_a_test_dies_that_cannot_be_called(
    test: str, code: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(tmp_path, UNCALLABLE)
    main(["why", "--isolated", "--json", f"{tmp_path}/test_it.py::{test}"])
    told = json.loads(capsys.readouterr().out)
    assert code == (told["death"]["code"] if told["death"] else None)


GOING_ON = """\
import pytest


class TestIt:
    @pytest.fixture
    def late(self):
        yield
        assert self.nothing

    @pytest.fixture(scope="class")
    def kept(self):
        try:
            yield
        finally:
            assert self.nowhere

    @pytest.fixture
    def early(self):
        yield self.never

    def test_late(self, late): ...

    def test_kept(self, kept): ...

    def test_early(self, early): ...

    def test_of_itself(self, late):
        assert self.absent
"""


@pytest.mark.parametrize(
    ("test", "verdict", "last"),
    [
        ("test_late", "dies_after", "test_late"),
        ("test_kept", "dies_after", "test_kept"),
        ("test_early", "dies", "early"),
        ("test_of_itself", "dies", "test_of_itself"),
    ],
)
def test_what_a_fixture_misses_behind_its_yield_is_missed_after_the_test(
    test: str, verdict: str, last: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(tmp_path, {"test_it.py": GOING_ON})
    main(["why", "--isolated", "--json", f"{tmp_path}/test_it.py::TestIt::{test}"])
    told = json.loads(capsys.readouterr().out)
    reached = [step["name"] for step in told["steps"] if step["is_reached"]]
    assert (verdict, last) == (told["verdict"], reached[-1].rpartition(".")[2])
