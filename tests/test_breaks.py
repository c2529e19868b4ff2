"""The benchmark of breaks, on a suite of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("benchmarks.breaks.making", reason="benchmarks are not shipped")

from benchmarks.breaks.__main__ import main
from benchmarks.breaks.making import breaks

SUITE = """\
import unittest
from shop import price


class TestShop(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.shop = price

    def test_price(self):
        self.assertEqual(1, self.shop())
"""


def test_each_break_leaves_a_file_that_lacks_one_thing() -> None:
    made = [(each.kind, each.line, each.what) for each in breaks(SUITE, frozenset({"shop"}))]

    assert made == [
        ("name misspelt", 2, "price"),
        ("assignment moved", 8, "setUp: shop"),
        ("assignment removed", 8, "setUp: shop"),
        ("super dropped", 7, "setUp"),
        ("async hook", 6, "setUp"),
    ]


def test_breaks_of_every_other_kind_are_made() -> None:
    source = """\
import contextlib, pytest, unittest
import shop.till


class TestTill(unittest.IsolatedAsyncioTestCase):
    currency = "€"

    @classmethod
    def setUpClass(cls):
        cls.till = 1
        cls.name = cls.till

    async def asyncSetUp(self):
        self.shop = 1

    @property
    def price(self):
        return 1

    @contextlib.contextmanager
    def opened(self):
        yield self.currency

    async def test_price(self):
        with self.opened():
            pass


@pytest.fixture
def till():
    return 1
"""
    kinds = {each.kind for each in breaks(source, frozenset({"shop"})) if each.is_python}

    assert kinds == {
        "assignment late",
        "assignment moved",
        "assignment removed",
        "async hook",
        "classmethod gone",
        "decorator gone",
        "fixture gone",
        "module misspelt",
        "plain TestCase",
        "property gone",
        "sync hook",
        "with mixed up",
    }


def test_a_break_that_python_does_not_compile_is_none() -> None:
    source = "def test_price(shop):\n    with shop.opened():\n        pass\n"

    assert [False] == [each.is_python for each in breaks(source, frozenset()) if each.kind == "with mixed up"]


def test_what_is_told_is_counted_and_what_changes_nothing_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop.py").write_text("def price():\n    return 1\n")
    (tmp_path / "test_shop.py").write_text(SUITE)

    run = "{python} -m unittest {module}"
    main([str(tmp_path), "--python", sys.executable, "--run", run, "--kinds", "assignment removed,super dropped"])

    assert capsys.readouterr().out.splitlines() == [
        "| kind | made | real | told | share | told and run | die | harmless |",
        "|---|---|---|---|---|---|---|---|",
        "| assignment removed | 1 | 1 | 1 | 100% | 0 | 0 | 0 |",
        "| super dropped | 1 | 0 | 0 |  | 0 | 0 | 0 |",
    ]


def test_told_breaks_are_run_on_demand_and_count_only_if_they_kill(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop.py").write_text("def price():\n    return 1\n")
    (tmp_path / "test_shop.py").write_text(SUITE)
    (tmp_path / "test_till.py").write_text(
        "import sys, unittest\n\n\n"
        "class TestTill(unittest.TestCase):\n"
        "    def setUp(self):\n"
        "        self.till = 1\n\n"
        "    @unittest.skipIf(sys.argv, 'closed')\n"
        "    def test_till(self):\n"
        "        self.assertEqual(1, self.till)\n"
    )
    run = "{python} -m unittest {module}"
    main([str(tmp_path), "--python", sys.executable, "--run", run, "--told", "2", "--kinds", "assignment removed"])

    harmless, *rows = capsys.readouterr().out.splitlines()
    assert harmless.startswith("test_till.py:6 assignment removed: setUp: till: told, harmless: LSS201")
    assert rows[2:] == ["| assignment removed | 2 | 1 | 1 | 100% | 2 | 1 | 1 |"]


def test_what_kills_a_test_and_is_not_told_is_a_miss(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "test_till.py").write_text(
        "class TestTill:\n"
        "    def setup_method(self):\n"
        "        globals()['TestTill'].__getattr__ = lambda self, name: open(name)\n"
        "        self.till = 1\n\n"
        "    def test_till(self):\n"
        "        del type(self).__getattr__\n"
        "        assert 1 == self.till\n"
    )
    main([str(tmp_path), "--python", sys.executable, "--kinds", "assignment removed"])

    miss, *rows = capsys.readouterr().out.splitlines()
    assert miss == (
        "test_till.py:4 assignment removed: setup_method: till: miss: "
        "AttributeError: 'TestTill' object has no attribute 'till'"
    )
    assert rows[2:] == ["| assignment removed | 1 | 1 | 0 | 0% | 0 | 0 | 0 |"]
