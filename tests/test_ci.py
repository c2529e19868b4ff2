"""The examples of the page about CI can be copied as they are, and do what the page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.demo import DEMO
from tests.pages import ROOT

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
FINDING = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>\w+) (?P<text>.+)")
SELECTED = "flake8 --select=LSS tests"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


YAML = blocks("yaml")


def line_with(option: str) -> str:
    """The one flake8 command line of the page's jobs that has the option."""
    (line,) = re.findall(rf"- (?:run: )?(flake8 .*{option}.*)", "\n".join(YAML))
    return str(line)


def checkout(folder: Path) -> Path:
    """The demo as a repository of its own, every file as new as if it was just checked out."""
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"), copy_function=shutil.copyfile)
    (folder / ".git").mkdir()
    return folder


def said(folder: Path, line: str) -> str:
    """What a command line prints that finds something."""
    tools = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(line)],
        cwd=folder,
        env={**os.environ, "PATH": tools},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert 1 == done.returncode, done.stderr
    return done.stdout


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return checkout(tmp_path / "demo")


@pytest.fixture
def findings(demo: Path) -> list[re.Match[str]]:
    return [found for found in map(FINDING.fullmatch, said(demo, SELECTED).splitlines()) if found]


@pytest.mark.parametrize("block", YAML)
def test_an_example_is_yaml(block: str) -> None:
    assert isinstance(import_module("yaml").safe_load(block), dict)


def test_github_is_told_every_finding_as_an_annotation(demo: Path, findings: list[re.Match[str]]) -> None:
    expected = [
        f"::error file={each['path']},line={each['line']},col={each['column']},title={each['code']}::{each['text']}"
        for each in findings
    ]
    assert expected
    assert expected == said(demo, line_with("--format=github")).splitlines()


def test_gitlab_is_told_every_finding_as_code_quality(demo: Path, findings: list[re.Match[str]]) -> None:
    line = line_with("--format=gl-codeclimate")
    said(demo, line)
    report = demo / "lint-ssot.json"
    issues = json.loads(report.read_text(encoding="utf-8"))
    told = [(each["location"]["path"], each["location"]["lines"]["begin"], each["description"]) for each in issues]
    assert told
    assert told == [(each["path"], int(each["line"]), f"{each['text']} [{each['code']}]") for each in findings]
    assert len(issues) == len({each["fingerprint"] for each in issues})
    # flake8 appends to a file that is there, as the page warns
    said(demo, line)
    with pytest.raises(json.JSONDecodeError, match="Extra data"):
        json.loads(report.read_text(encoding="utf-8"))


def test_code_scanning_is_told_every_finding(demo: Path, findings: list[re.Match[str]]) -> None:
    line = line_with("--format=lss-sarif")
    assert "" == said(demo, line.replace("--exit-zero ", ""))
    log = json.loads((demo / "lint-ssot.sarif").read_text(encoding="utf-8"))
    assert sorted(each["code"] for each in findings) == sorted(each["ruleId"] for each in log["runs"][0]["results"])


@pytest.mark.hosts
def test_tox_runs_the_linter(demo: Path) -> None:
    pytest.importorskip("tox", reason="the extra `test` is not installed")
    (block,) = (each for each in blocks("ini") if "[testenv" in each)
    (demo / "tox.ini").write_text(block, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "tox", "config", "-e", "lint", "-k", "deps", "commands"],
        cwd=demo,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert ["[testenv:lint]", "deps = lint-ssot", f"commands = {SELECTED}"] == told.stdout.splitlines()


@pytest.mark.hosts
def test_nox_runs_the_linter(demo: Path) -> None:
    pytest.importorskip("nox", reason="the extra `test` is not installed")
    (block,) = blocks("python")
    (demo / "noxfile.py").write_text(block, encoding="utf-8")
    assert said(demo, SELECTED) == said(demo, "nox --no-venv --no-install --session lint")


# what a job imports that does not find everything in the store
JUDGING = "lint_ssot.rules"
JOB = f"import sys; from flake8.main.cli import main; main(['-j1', 'tests']); print('{JUDGING}' in sys.modules)"


def job(folder: Path) -> tuple[str, bool]:
    """What a job says, and whether it had to judge."""
    done = subprocess.run(
        [sys.executable, "-c", JOB], cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    findings, _, judged = done.stdout.strip().rpartition("\n")
    return findings, judged == "True"


def stores() -> set[str]:
    """The folders that the page's examples share between jobs."""
    return set(re.findall(r"(\.lint_\w+)", "\n".join(YAML)))


def test_a_job_recalls_what_the_one_before_it_found_in_another_checkout(tmp_path: Path) -> None:
    (store,) = stores()
    workspace = tmp_path / "workspace"
    findings, judged = job(checkout(workspace))
    assert findings
    assert judged
    shutil.move(workspace, tmp_path / "before")
    shutil.copytree(tmp_path / "before" / store, checkout(workspace) / store)
    assert (findings, False) == job(workspace)


def test_a_store_from_another_folder_changes_nothing_that_is_said(tmp_path: Path) -> None:
    (store,) = stores()
    findings, _ = job(checkout(tmp_path / "here"))
    shutil.copytree(tmp_path / "here" / store, checkout(tmp_path / "there") / store)
    assert (findings, True) == job(tmp_path / "there")
