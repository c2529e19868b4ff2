"""`lint-ssot report`: how far tests come, and what a change did to them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from lint_ssot.config import Settings
from lint_ssot.surfaces.cli import main
from lint_ssot.surfaces.report.causes import ranked_causes
from lint_ssot.surfaces.report.model import Cause, Fate, FileReport, Passage, Stage, Stop, tally
from lint_ssot.surfaces.report.survey import Surveyor
from tests.demo import DEMO
from tests.projects import write_files, write_project

BASE = """
class OrderTestCase:
    def setup_method(self, method):
        self.metrics = []
"""
TESTS = """
import pytest
from base import OrderTestCase

class TestOrders(OrderTestCase):
    async def HOOK(self, method=None):
        self.orders = [1]

    @pytest.mark.asyncio
    async def test_there_is_an_order(self):
        assert self.orders

    @pytest.mark.asyncio
    async def test_the_order_is_counted(self):
        assert 1 == len(self.orders)
"""
DEAD = {"tests/base.py": BASE, "tests/test_orders.py": TESTS.replace("HOOK", "async_setup_method")}
# what looks like a repair: pytest calls the hook and drops the coroutine
STILL_DEAD = {"tests/test_orders.py": TESTS.replace("HOOK", "setup_method")}
ALIVE = {"tests/test_orders.py": TESTS.replace("async def HOOK", "def setup_method")}


def git(folder: Path, *words: str) -> str:
    who = {f"GIT_{role}_{what}": "somebody" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", str(folder), *words],
        env={**os.environ, **who, **quiet},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def commit(folder: Path, files: Mapping[str, str], tag: str) -> None:
    write_files(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", tag)
    git(folder, "tag", tag)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, {"pytest.ini": "[pytest]\nasyncio_mode = strict\n", **DEAD}, "broken")
    commit(tmp_path, STILL_DEAD, "repair")
    commit(tmp_path, ALIVE, "mended")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    main(["report", *words])
    return capsys.readouterr().out


def test_a_repair_that_changes_nothing_frees_none(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "checkout", "--quiet", "repair")
    text = said(capsys, "--against", "broken")
    assert "**None of the 2 tests reaches its business.**" in text
    assert "**The change since broken frees none of the 2 tests that were stopped.**" in text


def test_a_repair_that_works_is_told_by_the_tests_that_came_free(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, "--against", "repair")
    assert "**All 2 tests reach their business.**" in text
    assert "**The change since repair frees 2 of the 2 tests that were stopped.**" in text
    assert "- `tests/test_orders.py::TestOrders::test_there_is_an_order`" in text


def test_a_revision_made_of_what_is_checked_out_is_what_comes_after(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "checkout", "--quiet", "broken")
    text = said(capsys, "--against", "mended")
    assert "**The change up to mended frees 2 of the 2 tests that were stopped.**" in text
    assert "| stage | Now | At mended | |" in text


def test_a_change_that_stops_tests_says_so(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(repository, STILL_DEAD)
    text = said(capsys, "--against", "mended")
    assert "no test was stopped. It stops 2 that reached their business." in text
    assert "2 no longer reach their business:" in text


def test_neither_the_work_tree_nor_the_index_is_touched(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(repository, {"tests/test_new.py": "def test_new():\n    pass\n", **STILL_DEAD})
    index = (repository / ".git" / "index").read_bytes()
    before = sorted((path, path.stat().st_mtime_ns) for path in repository.rglob("*") if ".git" not in path.parts)
    said(capsys, "--against", "broken")
    assert before == sorted(
        (path, path.stat().st_mtime_ns) for path in repository.rglob("*") if ".git" not in path.parts
    )
    assert index == (repository / ".git" / "index").read_bytes()


def test_a_revision_is_reported_for_the_same_paths(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repository, {"other/test_other.py": "def test_other():\n    pass\n"}, "more")
    told = json.loads(said(capsys, "--against", "more", "--format", "json", "tests"))
    assert ["tests/test_orders.py"] == [file["path"] for file in told["against"]["files"]]


def test_from_a_folder_inside_the_repository_paths_are_those_of_the_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository / "tests")
    told = json.loads(said(capsys, "--against", "broken", "--format", "json"))
    assert 2 == len(told["change"]["freed"])
    assert "test_orders.py::TestOrders::test_there_is_an_order" == told["change"]["freed"][0]


@pytest.mark.parametrize(
    "words",
    [
        ["--against", "nowhere"],
        ["--against", "broken", "--format", "sarif"],
        ["--against=--all"],
        ["-o", "no/such/folder/report.md"],
        ["-o", "report.pdf"],
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    repository: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == main(["report", *words])
    assert 1 == len(capsys.readouterr().err.splitlines())


def test_the_status_tells_whether_a_test_is_stopped(repository: Path) -> None:
    assert 0 == main(["report", "-o", "report.md"])
    git(repository, "checkout", "--quiet", "repair")
    assert 1 == main(["report", "-o", "report.md"])


def test_the_name_of_the_file_chooses_the_format(repository: Path) -> None:
    for name in ("report.html", "report.json", "report.md"):
        main(["report", "-o", name])
    assert (repository / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert 2 == json.loads((repository / "report.json").read_text(encoding="utf-8"))["total"]["reaching"]
    assert (repository / "report.md").read_text(encoding="utf-8").startswith("# How far")


def test_as_sarif_it_tells_the_findings(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(repository, STILL_DEAD)
    log = json.loads(said(capsys, "--format", "sarif"))
    assert "2.1.0" == log["version"]
    assert "LSS401" in [result["ruleId"] for result in log["runs"][0]["results"]]
    assert "lint-ssot" == log["runs"][0]["tool"]["driver"]["name"]


def test_a_suite_without_tests_says_only_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["report", "-o", "report.md"])
    assert 4 == len((tmp_path / "report.md").read_text(encoding="utf-8").splitlines())


def fates(folder: Path, files: Mapping[str, str], settings: Settings | None = None) -> dict[str, Fate]:
    write_project(folder, files)
    surveyor = Surveyor(settings or Settings(runner="pytest", asyncio_mode="strict"), folder)
    reports = [surveyor.survey(path) for path in sorted(folder.rglob("*.py"))]
    return {test.name: test for report in reports if report is not None for test in report.tests}


def first_stop(fate: Fate) -> tuple[str, str]:
    return fate.stops[0].stage.name, fate.stops[0].code


STOPPED = {
    "an import that fails": ("import nowhere_at_all.x\ndef test_a(): pass\n", None),
    "a missing name of the project": ("from product import gone\ndef test_a(): pass\n", ("COLLECTED", "LSS502")),
    "a class that is not collected": (
        "class TestA:\n    def __init__(self): self.x = 1\n    def test_a(self): pass\n",
        ("COLLECTED", "LSS407"),
    ),
    "a syntax error": ("def test_a(:\n    pass\n", ("COLLECTED", "E999")),
    "a hook that nobody calls": (
        "class TestA:\n    def setUp(self): self.x = 1\n    def test_a(self): assert self.x\n",
        ("SETUP", "LSS202"),
    ),
    "an attribute that a hook misses": (
        "class TestA:\n    def setup_method(self): self.x = self.y\n    def test_a(self): assert self.x\n",
        ("SETUP", "LSS201"),
    ),
    "an attribute that the test misses": (
        "class TestA:\n    def test_a(self): assert self.x\n",
        ("BUSINESS", "LSS201"),
    ),
    "a test that never runs": (
        "import unittest\nclass TestA(unittest.TestCase):\n    async def test_a(self): pass\n",
        ("BUSINESS", "LSS405"),
    ),
    "a skip that always holds": (
        "import pytest\ntry:\n    from product import gone\nexcept ImportError:\n    gone = None\n"
        "@pytest.mark.skipif(gone is None, reason='')\ndef test_a(): pass\n",
        ("SETUP", "LSS503"),
    ),
    "a skip in the test that always holds": (
        "import pytest\ntry:\n    from product import gone\n    THERE = True\nexcept ImportError:\n    THERE = False\n"
        "def test_a():\n    if not THERE:\n        pytest.skip('')\n",
        ("BUSINESS", "LSS503"),
    ),
    "nothing": ("class TestA:\n    def setup_method(self): self.x = 1\n    def test_a(self): assert self.x\n", None),
}


@pytest.mark.parametrize("what", STOPPED)
def test_a_test_is_stopped_at_the_stage_that_it_does_not_attain(tmp_path: Path, what: str) -> None:
    source, expected = STOPPED[what]
    found = fates(tmp_path, {"product.py": "there = 1\n", "test_it.py": source})
    (fate,) = found.values()
    assert expected == (first_stop(fate) if fate.stops else None)


def test_a_class_beside_the_declared_base_is_stopped_there(tmp_path: Path) -> None:
    files = {
        "base.py": "class Base: pass\n",
        "test_it.py": "from base import Base\nclass TestA(Base):\n    def test_a(self): pass\n"
        "class TestB:\n    def test_b(self): pass\ndef test_c(): pass\n",
    }
    found = fates(tmp_path, files, Settings(runner="pytest", base_classes=("base.Base",)))
    assert {"TestB::test_b": ("BASE", "LSS101")} == {
        name: first_stop(fate) for name, fate in found.items() if fate.stops
    }


def test_a_conftest_that_cannot_be_imported_stops_all_below_it(tmp_path: Path) -> None:
    files = {
        "product.py": "",
        "tests/deep/conftest.py": "from product import gone\n",
        "tests/deep/test_a.py": "def test_a(): pass\n",
        "tests/test_b.py": "def test_b(): pass\n",
    }
    found = fates(tmp_path, files)
    assert ("COLLECTED", "LSS502") == first_stop(found["test_a"])
    assert () == found["test_b"].stops


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("import pytest\n@pytest.mark.skip\ndef test_a(): pass\n", Passage.SKIPPED),
        ("import pytest\nclass TestA:\n    @pytest.mark.skip\n    def test_a(self): pass\n", Passage.SKIPPED),
        ("import pytest\npytest.skip('later', allow_module_level=True)\ndef test_a(): pass\n", Passage.SKIPPED),
        ("from elsewhere import Base\nclass TestA(Base):\n    def test_a(self): self.x\n", Passage.UNKNOWN),
        (
            "from unittest.mock import Mock\n"
            "try:\n    from product import gone\nexcept ImportError:\n    gone = Mock()\n"
            "def test_a(): assert gone()\n",
            Passage.UNKNOWN,
        ),
        ("def test_a(): pass\n", Passage.PASSES),
    ],
)
def test_what_is_skipped_or_unknown_is_neither_reached_nor_stopped(
    tmp_path: Path, source: str, outcome: Passage
) -> None:
    found = fates(tmp_path, {"product.py": "", "test_it.py": source})
    assert [outcome] == [fate.outcome for fate in found.values()]


def test_every_test_is_counted_once_at_every_stage(tmp_path: Path) -> None:
    sources = {f"test_{number}.py": source for number, (source, _) in enumerate(STOPPED.values())}
    counted = tally(fates(tmp_path, {"product.py": "", **sources}).values())
    for stage in Stage:
        lost = sum(counted.at(each).stopped for each in Stage if each <= stage)
        here = counted.at(stage)
        assert counted.found == here.passing + here.unknown + here.skipped + lost


def fate(*causes: str) -> Fate:
    stops = (Stop(Stage.SETUP, "LSS201", "", "a.py", 1, Cause(key, "LSS201", key, "a.py", 1)) for key in causes)
    return Fate("test", 1, tuple(stops))


def test_causes_are_in_the_order_that_frees_most_at_each_step() -> None:
    tests = [fate("a", "b"), fate("a", "b"), fate("b"), fate("c"), fate("c"), fate()]
    ranked = [(each.cause.key, each.frees, each.stops) for each in ranked_causes(tests)]
    assert [("c", 2, 2), ("b", 1, 3), ("a", 2, 2)] == ranked


def test_many_classes_astray_are_one_cause(tmp_path: Path) -> None:
    sources = {f"test_{letter}.py": f"class Test{letter}:\n    def test_{letter}(self): pass\n" for letter in "abc"}
    settings = Settings(runner="pytest", base_classes=("base.Base",))
    found = fates(tmp_path, {"base.py": "class Base: pass\n", **sources}, settings)
    assert [(3, "LSS101")] == [(each.frees, each.cause.code) for each in ranked_causes(found.values())]


def test_none_of_the_demos_tests_reaches_its_business_as_running_them_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(DEMO)
    assert "**None of the 18 tests reaches its business.**" in said(capsys)


def test_a_file_knows_its_folder() -> None:
    assert ["tests/unit", "."] == [FileReport(path, ()).folder for path in ("tests/unit/test_a.py", "test_a.py")]
