"""A baseline leaves out what was known, wherever it moves to, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.surfaces.cli import main
from tests.projects import write_project

FILE = "lint-ssot-baseline.jsonl"
CONFIGURED = f"[flake8]\nssot-baseline = {FILE}\nselect = LSS\n"
DEAD = """\
class TestDead:
    async def setup_method(self):
        self.value = 1

    def test_value(self):
        assert self.value
"""
TWICE = """\
from contextlib import contextmanager


class TestTwice:
    def lines(self):
        yield 1

    def test_both(self):
        with self.lines():
            pass
        with self.lines():
            pass
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_project(tmp_path, {"setup.cfg": CONFIGURED, "tests/test_dead.py": DEAD})
    (tmp_path / FILE).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def flake8(folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "flake8", "-j1"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert "" == done.stderr
    return done.stdout.splitlines()


def codes(said: list[str]) -> list[str]:
    return [line.split()[1] for line in said]


def test_what_was_written_down_is_no_longer_said(project: Path) -> None:
    assert ["LSS401", "LSS202"] == codes(flake8(project))
    assert 0 == main(["baseline"])
    assert [] == flake8(project)
    assert [] == flake8(project / "tests")


def test_known_findings_may_move(project: Path) -> None:
    main(["baseline"])
    (project / "tests/test_dead.py").write_text(f"import os\n\n\n{DEAD}", encoding="utf-8")
    assert [] == flake8(project)


def test_the_count_of_stopped_tests_may_change(project: Path) -> None:
    main(["baseline"])
    more = f"{DEAD}\n    def test_value_again(self):\n        assert self.value\n"
    (project / "tests/test_dead.py").write_text(more, encoding="utf-8")
    assert [] == flake8(project)


def test_new_findings_are_said(project: Path) -> None:
    main(["baseline"])
    (project / "tests/test_new.py").write_text(DEAD, encoding="utf-8")
    assert ["LSS401", "LSS202"] == codes(flake8(project))


def test_of_equal_findings_one_more_is_new(project: Path) -> None:
    (project / "tests/test_dead.py").write_text(TWICE, encoding="utf-8")
    main(["baseline"])
    assert '"count": 2}\n' in (project / FILE).read_text(encoding="utf-8")
    assert [] == flake8(project)
    more = f"{TWICE}        with self.lines():\n            pass\n"
    (project / "tests/test_dead.py").write_text(more, encoding="utf-8")
    assert ["./tests/test_dead.py:13:14:"] == [line.split()[0] for line in flake8(project)]


def test_entries_are_sorted_and_written_the_same_again(project: Path) -> None:
    (project / "tests/test_a.py").write_text(DEAD, encoding="utf-8")
    main(["baseline"])
    first = (project / FILE).read_text(encoding="utf-8")
    assert sorted(first.splitlines()) == first.splitlines()
    main(["baseline"])
    assert first == (project / FILE).read_text(encoding="utf-8")


def test_what_a_comment_silences_is_not_written_down(project: Path) -> None:
    silenced = DEAD.replace("method(self):", "method(self):  # noqa: LSS401")
    (project / "tests/test_dead.py").write_text(silenced, encoding="utf-8")
    main(["baseline"])
    assert "LSS401" not in (project / FILE).read_text(encoding="utf-8")


def test_entries_that_are_gone_are_told_and_dropped(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["baseline"])
    assert 0 == main(["baseline", "--check"])
    (project / "tests/test_dead.py").write_text(DEAD.replace("async ", ""), encoding="utf-8")
    capsys.readouterr()
    assert 1 == main(["baseline", "--check"])
    assert ["LSS202", "LSS401"] == codes(capsys.readouterr().out.splitlines())
    assert 0 == main(["baseline", "--prune"])
    assert "" == (project / FILE).read_text(encoding="utf-8")
    assert 0 == main(["baseline", "--check"])


def test_pruning_adds_nothing(project: Path) -> None:
    assert 0 == main(["baseline", "--prune"])
    assert "" == (project / FILE).read_text(encoding="utf-8")


def test_entries_of_what_was_not_looked_at_stay(project: Path) -> None:
    (project / "tests/test_a.py").write_text(DEAD, encoding="utf-8")
    main(["baseline"])
    for name in ("test_a.py", "test_dead.py"):
        (project / "tests" / name).write_text("", encoding="utf-8")
    main(["baseline", "--prune", "tests/test_a.py"])
    left = (project / FILE).read_text(encoding="utf-8")
    assert ("tests/test_a.py" in left, "tests/test_dead.py" in left) == (False, True)
    main(["baseline", "--prune", "--select=LSS4"])
    assert ["LSS202"] == [line.split('"')[7] for line in (project / FILE).read_text(encoding="utf-8").splitlines()]


def test_entries_of_files_that_are_gone_are_gone(project: Path) -> None:
    main(["baseline"])
    (project / "tests/test_dead.py").unlink()
    assert 1 == main(["baseline", "--check"])


def test_without_configuration_the_line_to_add_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "setup.cfg").unlink()
    assert 0 == main(["baseline"])
    assert f"`ssot-baseline = {FILE}` below [flake8]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    ["<<<<<<< HEAD", "[]", '{"path": "x"}', '{"path": 1, "code": "", "in": "", "message": ""}', "{", "[" * 100_000],
    ids=range(6),
)
def test_a_broken_file_is_one_clear_line(project: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    (project / FILE).write_text(f"\n{line}\n", encoding="utf-8")
    told = f"ssot-baseline: line 2 of `{FILE}` is no entry; `lint-ssot baseline` writes them"
    assert [told] == flake8(project)[1:]
    assert 2 == main(["baseline", "--check"])
    assert f"lint-ssot: {told}\n" == capsys.readouterr().err


def test_a_file_that_is_not_there_is_one_clear_line(project: Path) -> None:
    (project / FILE).unlink()
    assert [f"ssot-baseline: there is no file `{FILE}`; `lint-ssot baseline` writes it"] == flake8(project)[1:]
    assert 0 == main(["baseline"])
    assert [] == flake8(project)


READERS = """\
class TestIt:
    def test_first(self):
        assert self.value

    def test_second(self):
        assert self.value
"""


def test_the_first_reader_may_get_another_name_or_go(project: Path) -> None:
    path = project / "tests/test_dead.py"
    path.write_text(READERS, encoding="utf-8")
    main(["baseline"])
    assert 'in": "TestIt", "message": "`self.value` is read in `…`' in (project / FILE).read_text(encoding="utf-8")
    for text in (READERS.replace("first", "other"), READERS.replace("test_first", "helper")):
        path.write_text(text, encoding="utf-8")
        assert [] == flake8(project)


def test_a_message_that_is_cut_elsewhere_is_known_all_the_same(project: Path) -> None:
    """A place of two digits leaves a name one letter less than one of one digit."""
    name = "a_value_with_a_name_that_leaves_no_room_for_the_rest_of_the_message"
    base = f"class Base:\n    def setup_method(self):\n        self.{name} = 1\n"
    test = f"""\
from base import Base


class TestIt(Base):
    def setup_method(self): ...

    def test_it(self):
        assert self.{name}
"""
    write_project(project, {"base.py": base, "tests/test_dead.py": test})
    main(["baseline"])
    assert "…" not in (project / FILE).read_text(encoding="utf-8")
    (project / "base.py").write_text("\n" * 1000 + base, encoding="utf-8")
    assert [] == flake8(project)


def test_a_baseline_that_is_linked_stays_a_link(project: Path) -> None:
    (project / "shared").write_text("", encoding="utf-8")
    (project / FILE).unlink()
    (project / FILE).symlink_to(project / "shared")
    main(["baseline"])
    assert (True, 2) == (
        (project / FILE).is_symlink(),
        len((project / "shared").read_text(encoding="utf-8").splitlines()),
    )


@pytest.mark.parametrize("is_link", [True, False], ids=["by a link", "by its path"])
def test_what_is_out_of_the_project_and_no_baseline_is_left_as_it_is(
    project: Path, is_link: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "diary"
    outside.write_text("precious", encoding="utf-8")
    (project / FILE).unlink()
    if is_link:
        (project / FILE).symlink_to(outside)
    else:
        way = os.path.relpath(outside, project)
        (project / "setup.cfg").write_text(f"[flake8]\nssot-baseline = {way}\n", encoding="utf-8")
    assert [2, 2] == [main(["baseline", *more]) for more in ([], ["--prune"])]
    assert "precious" == outside.read_text(encoding="utf-8")
