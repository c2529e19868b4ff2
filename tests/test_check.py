"""`lint-ssot check` says what flake8 says of the same files, and ends as a command should."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import write_project
from tests.terminals import ctrl_c_is_heard

TEST = "class TestA:\n    def test_a(self):\n        self.client\n        self.db  # noqa: LSS201\n"
SUITE = {
    "setup.cfg": "[flake8]\nper-file-ignores =\n    tests/test_ignored.py: LSS201\nexclude = tests/left_out\n",
    "tests/test_a.py": TEST,
    "tests/test_b.py": TEST + "\n\nimport tests.gone\n",
    "tests/test_ignored.py": TEST,
    "tests/test_broken.py": "def (\n",
    "tests/test_empty.py": "\n",
    "tests/test_silent.py": "# flake8: noqa\n" + TEST,
    "tests/left_out/test_c.py": TEST,
}
SLOW = """\
from shop import nothing


class TestShop:
    async def setup_method(self):
        self.shop = 1

""" + "".join(f"    def test_{number}(self):\n        assert self.shop\n\n" for number in range(40))
MANY = {f"tests/test_{number}.py": TEST for number in range(45)}


def said_by(folder: Path, *command: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, [line for line in done.stdout.splitlines() if " LSS" in line]


def checked(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    return said_by(folder, "lint_ssot", "check", *arguments)


ARGUMENTS = {
    "a folder": ("tests",),
    "a file": ("tests/test_a.py",),
    "the folder it is started in": (".",),
    "codes": ("--select=LSS501", "tests"),
    "no configuration": ("--isolated", "tests"),
    "no cache": ("--ssot-cache-dir=none", "tests"),
}


@pytest.mark.parametrize("arguments", ARGUMENTS.values(), ids=ARGUMENTS)
def test_it_says_what_flake8_says(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write_project(tmp_path, SUITE)
    _, expected = said_by(tmp_path, "flake8", "-j1", *arguments)
    assert [sorted(expected)] * 2 == [sorted(checked(tmp_path, *arguments)[1]) for _ in range(2)]


def test_many_files_are_judged_by_many_processes_with_the_same_result(tmp_path: Path) -> None:
    write_project(tmp_path, {**SUITE, **MANY})
    assert checked(tmp_path, "-j1", "--ssot-cache-dir=none", "tests") == checked(tmp_path, "-j3", "tests")


def test_what_the_command_remembers_flake8_recalls(tmp_path: Path) -> None:
    write_project(tmp_path, SUITE)
    _, expected = checked(tmp_path, "tests")
    assert sorted(expected) == sorted(said_by(tmp_path, "flake8", "-j2", "tests")[1])


STATUS = {
    "findings": (("tests/test_a.py",), 1),
    "none": (("tests/test_ignored.py",), 0),
    "a file that is not there": (("gone.py",), 2),
    "a wrong option": (("--ssot-runner=nose", "tests"), 2),
}


@pytest.mark.parametrize(("arguments", "expected"), STATUS.values(), ids=STATUS)
def test_the_exit_status_tells(tmp_path: Path, arguments: tuple[str, ...], expected: int) -> None:
    write_project(tmp_path, SUITE)
    assert expected == checked(tmp_path, *arguments)[0]


@pytest.mark.skipif(sys.platform == "win32", reason="it knows no process groups")
def test_ctrl_c_ends_all_processes_with_one_word(tmp_path: Path) -> None:
    write_project(tmp_path, {f"tests/test_{number}.py": SLOW for number in range(400)})
    command = [sys.executable, "-m", "lint_ssot", "check", "-j2", "--ssot-cache-dir=none", "tests"]
    with ctrl_c_is_heard():
        process = subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
    assert process.stdout is not None
    # the first finding is told while the others are still looked for
    assert "LSS401" in process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (130, "interrupted\n") == (process.returncode, said)
