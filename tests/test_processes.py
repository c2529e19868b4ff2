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


def test_a_large_suite_is_mended_as_a_small_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Base and heirs are mended by one run, the base first of all: other processes judge texts that no disk has."""
    base = BASE.replace("def setUp", "async def asyncSetUp").replace("TestCase):", "IsolatedAsyncioTestCase):")
    test = TEST.replace("def setUp(self):", "def asyncSetUp(self):\n        super().asyncSetUp()")
    names = [f"test_{number:02}.py" for number in range(70)]
    said = {}
    for folder, processors in (("alone", 1), ("shared", 4)):
        write_project(tmp_path / folder, {"base.py": base, **dict.fromkeys(names, test)})
        monkeypatch.chdir(tmp_path / folder)
        monkeypatch.setattr("os.cpu_count", lambda count=processors: count)
        assert 0 == main(["fix", "--isolated"])
        said[folder] = capsys.readouterr(), [Path(name).read_text(encoding="utf-8") for name in names]
    assert said["alone"] == said["shared"]
    (out, err), texts = said["shared"]
    assert names == [line.partition(":")[0] for line in out.splitlines()]
    assert "70 findings mended in 70 files\n" == err
    mended = test.replace("def async", "async def async").replace("super().async", "await super().async")
    assert {mended} == set(texts)
