"""Options that nobody would set in good faith end in one clear line, or change nothing; nothing is run or lost."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from lint_ssot.surfaces.cli import main
from tests.projects import write_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are those of POSIX")

LONG = "a" * 5_000
FILES = {
    "base.py": "import unittest\n\n\nclass Base(unittest.TestCase): ...\n",
    "tests/test_it.py": "from base import Base\nclass TestIt(Base):\n    def test_it(self):\n        self.nothing\n",
    "interpreter": "#!/bin/sh\ntouch SPRUNG\n",
    "deep.json": "[" * 100_000,
    "kept": "precious",
    "folder/__init__.py": "",
}
# what is no place of the project's, or no place at all
PLACES = ("..", "../../../../..", "/", "/dev/zero", "/proc/self/fd", "out", "loop", "pipe", "kept", "~nobody-here/x")
WORDS = ("a\0b", "$(touch SPRUNG)", LONG, "a/" * 3_000, "\x1b[31m")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "in" / "project"
    write_project(folder, FILES)
    (folder / "interpreter").chmod(0o755)
    (folder / "out").symlink_to("..", target_is_directory=True)
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")
    monkeypatch.chdir(folder)
    return folder


def said(folder: Path, option: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit status, what of the findings is told, and what of troubles, with such a line in the configuration."""
    (folder / "setup.cfg").write_text(f"[flake8]\n{option}\n", encoding="utf-8")
    status = main(["check", "-j1", "tests"])
    output, error = capsys.readouterr()
    assert [] == [*folder.parent.parent.rglob("SPRUNG")]
    assert "precious" == (folder / "kept").read_text(encoding="utf-8")
    return status, " ".join(word for word in output.split() if word.startswith("LSS")), error


FOUND = (1, "LSS201", "")


@pytest.mark.parametrize(
    "value", [*PLACES, *WORDS, ",".join(f"d{n}" for n in range(10_000)), ",".join(["."] * 10_000)], ids=range(17)
)
def test_source_roots_lead_nowhere(value: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert FOUND == said(project, f"ssot-source-roots = {value}", capsys)


@pytest.mark.parametrize("value", ["interpreter", "folder", "out", "pipe", "/", "kept", "deep.json"])
def test_what_is_named_as_an_interpreter_is_never_started(
    value: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert FOUND == said(project, f"ssot-python = {value}", capsys)


@pytest.mark.parametrize("value", ["loop", "gone", "~nobody-here/x", *WORDS], ids=range(8))
def test_an_interpreter_that_is_not_there_is_told(
    value: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found, error = said(project, f"ssot-python = {value}", capsys)
    assert (2, "", [f"lint-ssot: ssot-python: there is no `{value}`"]) == (status, found, error.splitlines())


@pytest.mark.parametrize("value", [*PLACES, *WORDS, "folder", "deep.json", "base.py", "/etc/hostname"], ids=range(19))
def test_a_baseline_that_is_none_is_told(value: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found, error = said(project, f"ssot-baseline = {value}", capsys)
    assert (2, "", 1) == (status, found, error.count("\n"))
    assert error.startswith("lint-ssot: ssot-baseline: ")


@pytest.mark.parametrize("value", ["/dev/null", "/proc", "out", "loop", "pipe", "kept", *WORDS], ids=range(11))
def test_a_cache_that_cannot_be_there_is_done_without(
    value: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert FOUND == said(project, f"ssot-cache-dir = {value}", capsys)


@pytest.mark.parametrize(("value", "is_hidden"), [(".", False), ("tests", False), ("..", False), ("../beside", True)])
def test_a_cache_among_other_things_hides_none_of_them(
    value: str, is_hidden: bool, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert FOUND == said(project, f"ssot-cache-dir = {value}", capsys)
    assert [*(project / value).glob("store-*")]
    assert is_hidden == (project / value / ".gitignore").exists()


def test_a_cache_in_the_home_folder_is_there(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(project.parent / "home"))
    assert FOUND == said(project, "ssot-cache-dir = ~/cache", capsys)
    assert (project.parent / "home" / "cache" / ".gitignore").is_file()
