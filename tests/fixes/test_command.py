"""`lint-ssot fix`, as it is called."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lint_ssot.surfaces.cli import main
from tests.projects import write_project

DEAD = """import unittest


class TestMap(unittest.TestCase):
    def setUpClass(self):
        self.map = {}

    def test_it(self):
        self.assertEqual({}, self.map)


class TestBus(unittest.TestCase):
    async def setUp(self):
        self.bus = []

    def test_it(self):
        self.assertEqual([], self.bus)
"""
MENDED = DEAD.replace("async def", "def").replace(
    """    def setUpClass(self):
        self.map""",
    """    @classmethod
    def setUpClass(cls):
        cls.map""",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_project(tmp_path, {"test_it.py": DEAD})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text(project: Path) -> str:
    return (project / "test_it.py").read_text(encoding="utf-8")


def test_it_mends_and_says_what(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["fix"])
    said = capsys.readouterr()
    assert MENDED == text(project)
    assert [
        "test_it.py:5: LSS406 fixed: Make `setUpClass` a classmethod",
        "test_it.py:13: LSS401 fixed: Make `setUp` a plain `def`",
    ] == said.out.splitlines()
    assert "2 findings mended in 1 file\n" == said.err


def test_a_diff_changes_nothing_and_can_be_applied(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == main(["fix", "--diff"])
    assert DEAD == text(project)
    diff = capsys.readouterr().out
    subprocess.run(["git", "apply", "-"], cwd=project, input=diff, text=True, check=True)
    assert MENDED == text(project)


def test_a_diff_has_the_line_ends_of_the_file(project: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (project / "test_it.py").write_bytes(DEAD.replace("\n", "\r\n").encode())
    main(["fix", "--diff"])
    assert b"+    def setUp(self):\r\n" in capfdbinary.readouterr().out


def test_only_what_is_selected_is_mended(project: Path) -> None:
    assert 0 == main(["fix", "--select=LSS406"])
    assert DEAD.partition("class TestBus")[2] == text(project).partition("class TestBus")[2]
    assert DEAD != text(project)


def test_what_noqa_silences_is_left_alone(project: Path) -> None:
    silenced = DEAD.replace("async def setUp(self):", "async def setUp(self):  # noqa: LSS401")
    (project / "test_it.py").write_text(silenced, encoding="utf-8")
    main(["fix"])
    assert silenced.partition("class TestBus")[2] == text(project).partition("class TestBus")[2]


def test_what_is_left_makes_the_exit_status(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "test_it.py").write_text(DEAD + "        self.assertEqual([], self.net)\n", encoding="utf-8")
    assert 1 == main(["fix"])
    assert "2 findings mended in 1 file, 1 left\n" == capsys.readouterr().err


def test_a_clean_project_is_left_in_peace(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "test_it.py").write_text(MENDED, encoding="utf-8")
    assert 0 == main(["fix"])
    assert ("", "0 findings mended in 0 files\n") == capsys.readouterr()


def test_quiet_leaves_the_summary_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fix", "--quiet"])
    assert "" == capsys.readouterr().err
