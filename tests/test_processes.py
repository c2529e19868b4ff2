"""What many processes tell of files is what one would tell, in the same order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lint_ssot.surfaces.cli import main
from lint_ssot.surfaces.processes import of_each
from tests.projects import write_project

BASE = """import unittest


class StoreTestCase(unittest.TestCase):
    def setUp(self):
        self.store = {}
"""
TEST = """from base import StoreTestCase


class TestStore(StoreTestCase):
    def setUp(self):
        self.size = 0

    def test_it(self):
        self.assertEqual({}, self.store)
"""


def lengths(unit: int) -> Callable[[Path], tuple[int, str]]:
    return lambda path: (unit * len(path.name), path.name)


@pytest.mark.parametrize("count", [0, 1, 200])
def test_files_are_told_of_in_order(count: int) -> None:
    files = [Path(f"{number}.py") for number in range(count)]
    assert list(map(lengths(2), files)) == list(of_each(files, lengths, 2))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("baseline", "70 known findings written to lint-ssot-baseline.jsonl"),
        ("init --print", "70 test classes, 70 of them TestCases"),
    ],
)
def test_a_large_suite_is_told_whole(
    words: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(tmp_path, {"base.py": BASE, **{f"test_{number}.py": TEST for number in range(70)}})
    monkeypatch.chdir(tmp_path)
    assert 0 == main([*words.split(), "--isolated"])
    assert said == capsys.readouterr().err.partition("\n")[0]
