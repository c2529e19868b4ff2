"""`lint-ssot init`: what it proposes is what the classes stand on, and what it writes is all that it changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.surfaces import toml_text
from lint_ssot.surfaces.cli import main
from lint_ssot.surfaces.ini_text import with_options
from tests.projects import write_project
from tests.terminals import open_terminal

BASE = """\
class SuiteTestCase:
    def setup_method(self): ...


class AsyncSuiteTestCase(SuiteTestCase): ...


class QuietMixin:
    def hush(self): ...
"""
TEST = "from suite import {base}, QuietMixin\n\n\nclass Test{name}({base}, QuietMixin):\n    def test_it(self): ...\n"
FILES = {
    "suite.py": BASE,
    "test_a.py": TEST.format(base="SuiteTestCase", name="A"),
    "test_b.py": TEST.format(base="AsyncSuiteTestCase", name="B"),
    "test_c.py": TEST.format(base="AsyncSuiteTestCase", name="C"),
    "test_d.py": "class TestD:\n    def test_it(self): ...\n",
}
SECTION = "[flake8]\nssot-base-classes =\n    suite.SuiteTestCase\n    suite.AsyncSuiteTestCase\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_project(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("project")
def test_what_most_classes_stand_on_is_proposed(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["init", "--print"])
    said = capsys.readouterr()
    assert SECTION == said.out
    assert "proposed: suite.SuiteTestCase, suite.AsyncSuiteTestCase; 3 of 4 stand on them" in said.err
    assert "QuietMixin" not in said.err


@pytest.mark.usefixtures("project")
def test_the_evidence_counts_classes_and_files(capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--print"])
    rows = [line.split() for line in capsys.readouterr().err.splitlines()]
    assert ["1", "suite.SuiteTestCase", "3", "1", "3"] in rows
    assert ["2", "suite.AsyncSuiteTestCase", "2", "2", "2"] in rows


@pytest.mark.parametrize("words", [[], ["--print"]])
def test_nothing_is_written_unless_somebody_says_so(words: list[str], project: Path) -> None:
    before = sorted(path.name for path in project.iterdir())
    assert 0 == main(["init", *words])
    assert before == sorted(path.name for path in project.iterdir())


def test_what_is_written_is_read_by_flake8_and_proposed_no_more(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == main(["init", "--yes"])
    assert SECTION == (project / ".flake8").read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "flake8", "--select=LSS101"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.startswith("./test_d.py:1:1: LSS101 `TestD` is no `SuiteTestCase`")
    capsys.readouterr()
    assert 0 == main(["init", "--yes"])
    assert "declared already" in capsys.readouterr().err
    assert SECTION == (project / ".flake8").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
def test_the_file_that_has_the_section_gets_it(name: str, project: Path) -> None:
    (project / name).write_text("[flake8]\nmax-line-length = 100\n", encoding="utf-8")
    main(["init", "--yes"])
    expected = SECTION.replace("[flake8]\n", "[flake8]\nmax-line-length = 100\n")
    assert expected == (project / name).read_text(encoding="utf-8")


def test_a_choice_of_codes_without_ours_is_extended(project: Path) -> None:
    (project / "tox.ini").write_text("[flake8]\nselect = E,F\n", encoding="utf-8")
    main(["init", "--yes"])
    assert (project / "tox.ini").read_text(encoding="utf-8").endswith("extend-select = LSS\n")


def test_bases_can_be_named(project: Path) -> None:
    main(["init", "--yes", "--base", "suite.AsyncSuiteTestCase", "--ssot-runner", "pytest"])
    expected = "[flake8]\nssot-base-classes = suite.AsyncSuiteTestCase\nssot-runner = pytest\n"
    assert expected == (project / ".flake8").read_text(encoding="utf-8")


@pytest.mark.usefixtures("project")
def test_a_wrong_base_is_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(["init", "--yes", "--base", "Suite"])
    assert "`Suite` is no dotted name" in capsys.readouterr().err


def test_a_project_without_bases_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path, {"test_d.py": FILES["test_d.py"]})
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["init", "--yes"])
    assert not (tmp_path / ".flake8").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="it has no pseudo-terminals")
@pytest.mark.parametrize(
    ("answers", "written"),
    [
        ("\n\n", SECTION),
        ("2\ny\n", "[flake8]\nssot-base-classes = suite.AsyncSuiteTestCase\n"),
        ("9\nsuite.SuiteTestCase\ny\n", "[flake8]\nssot-base-classes = suite.SuiteTestCase\n"),
        ("\nn\n", None),
        ("-\n", None),
    ],
)
def test_a_person_is_asked(answers: str, written: str | None, project: Path) -> None:
    ours, theirs = open_terminal()
    os.write(ours, answers.encode())
    done = subprocess.run(
        [sys.executable, "-m", "lint_ssot", "init"],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert 0 == done.returncode
    assert written == ((project / ".flake8").read_text(encoding="utf-8") if (project / ".flake8").exists() else None)


KEPT = """\
# about the project
[metadata]
name = x ; y

[flake8]  # ours
max-line-length = 100
# codes that we do without
ignore =
    E203
    # black
    W503


# about the tests
[tool:pytest]
addopts = -q
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_other_line_stays_as_it_is(end: str) -> None:
    text = KEPT.replace("\n", end)
    changed = with_options(text, "flake8", {"ssot-runner": ("pytest",), "ssot-base-classes": ("a.B", "a.C")})
    added = [f"ssot-runner = pytest{end}", f"ssot-base-classes ={end}", f"    a.B{end}", f"    a.C{end}"]
    before, after = text.splitlines(keepends=True), changed.splitlines(keepends=True)
    at = before.index(f"    W503{end}") + 1
    assert [*before[:at], *added, *before[at:]] == after


def test_a_value_that_is_there_is_replaced() -> None:
    text = "[flake8]\nssot_base_classes =\n    a.B\n\n    a.C\nselect = E\n"
    expected = "[flake8]\nssot-base-classes = a.D\nselect = E\n"
    assert expected == with_options(text, "flake8", {"ssot-base-classes": ("a.D",)})


def test_a_text_without_the_section_gets_one() -> None:
    assert "[a]\nb = 1\n\n[flake8]\nc = 2\n" == with_options("[a]\nb = 1", "flake8", {"c": ("2",)})


def test_whatever_else_a_line_holds_stays() -> None:
    text = "[a]\r\nb = 1\x0c\n\u2028\n[flake8]\n# \x1c\nselect = E"
    assert f"{text}\r\nc = 2\r\n" == with_options(text, "flake8", {"c": ("2",)})


TOML = """\
[project]  # ours
name = "x"
about = '''
[tool.flake8]
'''

[ tool . flake8 ]
select = [
    # the usual ones
    "E", "F",
]  # no more
# about the tests

[tool.pytest.ini_options]
addopts = "-q"
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_of_pyproject_gets_options_and_keeps_every_other_byte(end: str) -> None:
    text = TOML.replace("about = '''\n[tool.flake8]\n'''\n", "").replace("\n", end)
    added = 'ssot-runner = "pytest"\nssot-base-classes = [\n    "a.B",\n    "a.C",\n]\n'.replace("\n", end)
    before, after = text.split("# about the tests")
    changed = toml_text.with_options(text, {"ssot-runner": ("pytest",), "ssot-base-classes": ("a.B", "a.C")})
    assert f"{before}{added}# about the tests{after}" == changed


def test_an_option_of_pyproject_is_replaced() -> None:
    text = '[tool.flake8]\nssot_base_classes = [\n    "a.B",  # old\n]\nselect = "E"'
    expected = '[tool.flake8]\nssot-base-classes = "a.C"\nselect = "E"\n'
    assert expected == toml_text.with_options(text, {"ssot-base-classes": ("a.C",)})


@pytest.mark.parametrize(
    "text",
    [TOML, "[tool]\nflake8 = {}\n", "tool.flake8.select = 1\n", "[tool.flake8\n", "", "[project]\nname = 1\n"],
    ids=["in a string", "inline", "dotted", "broken", "empty", "without"],
)
def test_what_lines_do_not_tell_is_not_changed(text: str) -> None:
    assert None is toml_text.with_options(text, {"ssot-runner": ("pytest",)})


def test_a_project_that_configures_flake8_in_pyproject_gets_it_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text("[tool.flake8]\nmax-line-length = 100\n", encoding="utf-8")
    assert 0 == main(["init", "--yes"])
    expected = (
        "[tool.flake8]\nmax-line-length = 100\nssot-base-classes = [\n"
        '    "suite.SuiteTestCase",\n    "suite.AsyncSuiteTestCase",\n]\n'
    )
    assert expected == (project / "pyproject.toml").read_text(encoding="utf-8")
    assert "pip install flake8-pyproject" in capsys.readouterr().err
    assert not (project / ".flake8").exists()


def test_an_ini_file_wins_where_nothing_reads_pyproject(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.flake8]\n", encoding="utf-8")
    (project / "tox.ini").write_text("[flake8]\n", encoding="utf-8")
    assert 0 == main(["init", "--yes"])
    assert ("[tool.flake8]\n", SECTION) == tuple(
        (project / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "tox.ini")
    )


def test_long_names_are_shown_whole(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "Suite" * 20 + "TestCase"
    for path in project.glob("*.py"):
        path.write_text(path.read_text(encoding="utf-8").replace("SuiteTestCase", name), encoding="utf-8")
    main(["init", "--print"])
    assert f"suite.Async{name}" in capsys.readouterr().err
