"""The report as SARIF, written by the real flake8."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.projects import write_project

BASE = """\
class Base:
    def setup_method(self):
        self.value = 1
"""
CHILD = """\
import os
from base import Base


class TestChild(Base):
    def setup_method(self):
        pass

    def test_value(self):
        assert self.value
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_project(tmp_path, {"base.py": BASE, "my tests/test_a.py": CHILD, "pytest.ini": "[pytest]\npythonpath = .\n"})
    return tmp_path


def flake8(folder: Path, *arguments: str, text: str | None = None) -> str:
    command = [sys.executable, "-m", "flake8", "--format=lss-sarif", *arguments]
    return subprocess.run(command, cwd=folder, input=text, capture_output=True, text=True, check=False).stdout


def run_of(log: str) -> dict[str, Any]:
    (run,) = json.loads(log)["runs"]
    assert isinstance(run, dict)
    return run


def related(result: dict[str, Any]) -> set[str]:
    places = (each["physicalLocation"] for each in result["relatedLocations"])
    return {place["artifactLocation"]["uri"] for place in places}


def test_a_finding_has_its_place_its_page_and_the_places_it_is_also_about(folder: Path) -> None:
    run = run_of(flake8(folder, "--select=LSS203"))
    (result,) = run["results"]
    at = {"artifactLocation": {"uri": "my%20tests/test_a.py", "uriBaseId": "%SRCROOT%"}}
    assert {**at, "region": {"startLine": 6, "startColumn": 5}} == result["locations"][0]["physicalLocation"]
    assert "base.py" in related(result)
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert ("LSS203", "skipped-base-hook") == (rule["id"], rule["name"])
    assert "## What it does" in rule["help"]["markdown"]


def test_what_others_found_is_in_it_too(folder: Path) -> None:
    run = run_of(flake8(folder, "--select=F,LSS203"))
    assert [("F401", {"id": "F401"}), ("LSS203", True)] == [
        (
            each["ruleId"],
            rule if (rule := run["tool"]["driver"]["rules"][each["ruleIndex"]]) == {"id": "F401"} else True,
        )
        for each in run["results"]
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_places_survive_the_workers_of_flake8(folder: Path, jobs: str) -> None:
    write_project(folder, {f"my tests/test_{name}.py": CHILD for name in "bcd"})
    run = run_of(flake8(folder, "--select=LSS203", f"--jobs={jobs}"))
    assert 4 * [True] == ["base.py" in related(each) for each in run["results"]]


def test_nothing_found_is_a_log_as_well(folder: Path) -> None:
    assert [] == run_of(flake8(folder, "base.py"))["results"]


def test_standard_input_is_reported(folder: Path) -> None:
    assert ["F401"] == [each["ruleId"] for each in run_of(flake8(folder, "-", text="import os\n"))["results"]]


def test_a_file_holds_one_log_however_often_it_is_written(folder: Path) -> None:
    for _ in range(2):
        flake8(folder, "--select=LSS203", "--output-file=out/report.sarif", "--statistics")
    assert 1 == len(run_of((folder / "out" / "report.sarif").read_text(encoding="utf-8"))["results"])


def test_the_formatter_costs_nothing_until_it_speaks() -> None:
    program = (
        "import sys, flake8.main.application as flake8; before = set(sys.modules);"
        " import lint_ssot.surfaces.formats;"
        " print(sorted({name.partition('.')[0] for name in set(sys.modules) - before} - {'json'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "['lint_ssot']\n" == done.stdout


# the properties of SARIF 2.1.0 (OASIS, section 3) that each kind of object may have, as far as ours need them;
# the standard allows no others, and code scanning refuses a log that has them
PROPERTIES = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "results", "columnKind", "originalUriBaseIds"},
    "component": {"name", "version", "rules"},
    "rule": {"id", "name", "shortDescription", "help"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations"},
    "location": {"id", "physicalLocation", "message"},
    "region": {"startLine", "startColumn"},
}


def test_the_log_has_the_form_of_the_standard(folder: Path) -> None:
    log = json.loads(flake8(folder))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert ("2.1.0", "unicodeCodePoints") == (log["version"], run["columnKind"])
    assert_is("log", log)
    assert_is("run", run)
    for component in (run["tool"]["driver"], *run["tool"]["extensions"]):
        assert_is("component", component)
    for rule in rules:
        assert_is("rule", rule)
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert_is("result", result)
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            assert_is("location", place)
            assert_is("region", place["physicalLocation"]["region"])
            assert min(place["physicalLocation"]["region"].values()) >= 1
            artifact = place["physicalLocation"]["artifactLocation"]
            assert not artifact["uri"].startswith("/")
            assert artifact["uriBaseId"] in run["originalUriBaseIds"]


def assert_is(kind: str, value: dict[str, Any]) -> None:
    assert set() == set(value) - PROPERTIES[kind]
