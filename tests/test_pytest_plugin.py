"""`pytest --ssot` in the real pytest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import write_files, write_project

DEAD = """\
class TestDead:
    async def setup_method(self): ...

    def test_runs(self):
        open("ran", "w").close()
"""
ALIVE = "def test_runs():\n    open('ran', 'w').close()\n"
QUIET = ("-p", "no:asyncio", "-p", "no:anyio", "-p", "no:cacheprovider")
SAID = "test_dead.py:2:5: LSS401 `setup_method` is async: pytest calls it and drops the coroutine"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_project(tmp_path, {"tests/test_alive.py": ALIVE, "tests/test_dead.py": DEAD})
    return tmp_path


def run(folder: Path, *arguments: str) -> tuple[int, str, bool]:
    """The exit status, what pytest says, and whether a test has run."""
    (folder / "ran").unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", *QUIET, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout, (folder / "ran").exists()


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_no_test_runs_if_one_would_die(folder: Path, workers: tuple[str, ...]) -> None:
    status, said, has_run = run(folder, "--ssot", *workers)
    assert (2, False) == (status, has_run), said
    assert ["tests/test_dead.py"] == [line.split()[3] for line in said.splitlines() if "ERROR collecting" in line]
    assert 1 == said.splitlines().count(SAID)


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_what_was_not_asked_for_stops_nothing(folder: Path, workers: tuple[str, ...]) -> None:
    status, said, has_run = run(folder, "--ssot", *workers, "tests/test_alive.py::test_runs")
    assert (0, True) == (status, has_run), said


def test_it_is_off_by_default(folder: Path) -> None:
    _, said, has_run = run(folder)
    assert has_run
    assert "LSS" not in said


def test_flake8_decides_what_counts(folder: Path) -> None:
    write_files(folder, {"setup.cfg": "[flake8]\nper-file-ignores = tests/*: LSS401\n"})
    _, said, has_run = run(folder, "--ssot")
    assert has_run
    assert "LSS" not in said


def test_a_wrong_option_is_one_line(folder: Path) -> None:
    write_files(folder, {"setup.cfg": "[flake8]\nssot-runner = nose\n"})
    assert (4, False) == run(folder, "--ssot")[::2]


def test_pytest_without_it_imports_nothing_of_ours(tmp_path: Path) -> None:
    program = (
        "import sys, pytest; pytest.main(['--collect-only']);"
        " print(sorted(name for name in sys.modules if name.startswith(('lint_ssot', 'flake8', 'libcst'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    ours = ["lint_ssot", "lint_ssot.surfaces", "lint_ssot.surfaces.pytest_plugin"]
    assert str(ours) == done.stdout.splitlines()[-1]
