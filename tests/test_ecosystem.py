"""The linter is held against verdicts on real suites: a change of any finding is told."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from benchmarks.ecosystem.__main__ import main

SILENT = "import unittest\n\n\nclass TestCart(unittest.TestCase):\n    def test_empty(self):\n        self.fail()\n"
SPEAKING = SILENT.replace("self.fail()", "self.basket")
FOUND = "shop: tests/test_cart.py: LSS201 `self.basket` is read in `…`, and nothing assigns it"
WHERE = " in TestCart"


def ecosystem(folder: Path, source: str, *arguments: str) -> int:
    """The exit status of the command on one suite with one test file, made anew."""
    archive = folder / "shop-1.0.tar.gz"
    sources = folder / "made"
    (sources / "tests").mkdir(parents=True, exist_ok=True)
    (sources / "tests" / "test_cart.py").write_text(source, encoding="utf-8")
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(sources, "shop-1.0")
    (folder / "suites.toml").write_text('[suites]\nunittest = ["./shop-1.0.tar.gz"]\n', encoding="utf-8")
    cache = folder / f"cache-{len(list(folder.glob('cache-*')))}"
    places = (f"--list={folder / 'suites.toml'}", f"--verdicts={folder / 'verdicts.jsonl'}", f"--cache={cache}")
    return main((*places, *arguments))


def verdicts(folder: Path) -> list[tuple[str, str]]:
    entries = map(json.loads, (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines())
    return [(each["code"], each["verdict"]) for each in entries]


def test_what_is_said_without_a_verdict_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == ecosystem(tmp_path, SPEAKING)
    told = capsys.readouterr().out.splitlines()
    assert ["findings: 1 new", f"+ {FOUND}{WHERE}"] == told[-2:]


def test_the_figures_of_each_suite_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == ecosystem(tmp_path, SILENT)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in capsys.readouterr().out.splitlines()[2:4]]
    assert [["shop-1.0.tar.gz", "1", "6", "1", "0%", "0"], ["1 suites", "1", "6", "1", "0%", "0"]] == rows


def test_an_update_takes_over_what_is_new_as_unread(tmp_path: Path) -> None:
    assert 0 == ecosystem(tmp_path, SPEAKING, "--update")
    assert [("LSS201", "unread")] == verdicts(tmp_path)


def test_a_verdict_holds_wherever_the_line_moves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ecosystem(tmp_path, SPEAKING, "--update")
    path = tmp_path / "verdicts.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("unread", "true"), encoding="utf-8")
    capsys.readouterr()
    assert 0 == ecosystem(tmp_path, f"# moved\n\n{SPEAKING}")
    assert "findings: 1 true" == capsys.readouterr().out.splitlines()[-1]


def test_what_is_not_said_any_more_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ecosystem(tmp_path, SPEAKING, "--update")
    assert 1 == ecosystem(tmp_path, SILENT)
    assert f"- {FOUND}{WHERE}" == capsys.readouterr().out.splitlines()[-1]
    ecosystem(tmp_path, SILENT, "--update")
    assert [] == verdicts(tmp_path)


def test_a_second_finding_of_the_same_words_is_not_covered_by_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once = "def test_home():\n    with 1:\n        pass\n"
    ecosystem(tmp_path, once, "--update")
    capsys.readouterr()
    assert 1 == ecosystem(tmp_path, f"{once}    with 1:\n        pass\n")
    assert "findings: 2 unread" == capsys.readouterr().out.splitlines()[-2]


def test_suites_that_were_not_asked_for_keep_their_verdicts(tmp_path: Path) -> None:
    ecosystem(tmp_path, SPEAKING, "--update")
    assert 0 == ecosystem(tmp_path, SILENT, "another", "--update")
    assert [("LSS201", "unread")] == verdicts(tmp_path)


def test_a_suite_that_is_not_to_be_had_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "suites.toml").write_text('[suites]\npython = ["python==2.7"]\n', encoding="utf-8")
    assert 2 == main((f"--list={tmp_path / 'suites.toml'}", f"--verdicts={tmp_path / 'v'}", f"--cache={tmp_path}"))
    assert "the list has python==2.7" in capsys.readouterr().err
