"""What cannot be done is said in one line, with exit status 2, whatever the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.surfaces.cli import main
from tests.projects import write_project

TEST = """import unittest


class TestStore(unittest.TestCase):
    def setUpClass(self):
        self.store = {}

    def test_it(self):
        self.assertEqual({}, self.store)
"""
WRONG = (
    ("check -j -3", "argument -j/--jobs: `-3` is no number of processes; `lint-ssot check --help` says more"),
    ("check -j x", "argument -j/--jobs: `x` is no number of processes; `lint-ssot check --help` says more"),
    ("check --ssot-python=nowhere", "ssot-python: there is no `nowhere`"),
    ("fix --ssot-python=/nowhere/bin/python", "ssot-python: there is no `/nowhere/bin/python`"),
    ("check --ssot-enable=LSS999", "ssot-enable: there is no rule `LSS999`"),
    ("check --ssot-runner=nose", "ssot-runner: `nose` is none of auto, pytest, unittest"),
    ("check --config=nowhere.cfg", "The specified config file does not exist: nowhere.cfg"),
    ("init --base=Base", "ssot-base-classes: `Base` is no dotted name such as `package.module.Class`"),
    ("report --against=HEAD", "not a git repository (or any of the parent directories): .git"),
    ("report -o report.pdf", "`report.pdf`: no format is known by `.pdf`; --format says which it is to be"),
    ("report -o nowhere/report.md", "`nowhere/report.md` cannot be written (No such file or directory)"),
    ("report --format=sarif --against=HEAD", "SARIF tells the findings of today; --against is for the other formats"),
    ("baseline -o nowhere/known", "`nowhere/known` cannot be written: No such file or directory"),
    ("why test_it.py:99", "`test_it.py` has no line 99, only 9"),
    ("explain LSS999", "there is no rule `LSS999`; nearest: "),
    *((f"{command} nowhere", "there is no `nowhere`") for command in ("check", "fix", "init", "baseline", "report")),
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_project(tmp_path, {"test_it.py": TEST})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("words", "line"), WRONG, ids=[words for words, _ in WRONG])
def test_what_is_wrong_is_said_in_one_line(words: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(words.split())
    said = capsys.readouterr()
    assert ("", f"lint-ssot: {line}", 1) == (said.out, said.err[: len(f"lint-ssot: {line}")], said.err.count("\n"))


@pytest.mark.usefixtures("project")
def test_an_environment_that_is_not_there_may_be_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    Path("setup.cfg").write_text("[flake8]\nssot-python = nowhere\n", encoding="utf-8")
    assert [2, 1] == [main(["check"]), main(["check", "--ssot-python="])]
    assert "lint-ssot: ssot-python: there is no `nowhere`\n" == capsys.readouterr().err


COMMANDS = ("check", "why test_it.py", "fix --diff", "init --print", "report", "explain LSS203", "check --help")


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"COLUMNS": "20", "TERM": "dumb", "NO_COLOR": "1"},
    ],
    ids=["ascii", "C", "narrow"],
)
def test_poor_terminals_are_written_to(
    words: str, surroundings: dict[str, str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-m", "lint_ssot", *words.split()]
    done = subprocess.run(command, cwd=project, capture_output=True, timeout=120, check=False)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    assert done.stdout + done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", ["report --format json", "explain", "check"])
def test_a_full_disk_is_told_in_one_line(words: str, project: Path) -> None:
    command = [sys.executable, "-m", "lint_ssot", *words.split()]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, cwd=project, stdout=full, stderr=subprocess.PIPE, timeout=120, check=False)
    assert (2, b"lint-ssot: what is said cannot be written (No space left on device)\n") == (
        done.returncode,
        done.stderr,
    )


@pytest.mark.skipif(os.name == "nt", reason="closes a stream as a shell does")
def test_a_closed_output_is_no_trouble(project: Path) -> None:
    command = f'"{sys.executable}" -m lint_ssot check >&-'
    done = subprocess.run(command, shell=True, cwd=project, stderr=subprocess.PIPE, timeout=120, check=False)
    assert (1, b"") == (done.returncode, done.stderr)
