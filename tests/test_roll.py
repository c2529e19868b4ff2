"""What `lint-ssot check` told of many files is found again without reading them, as long as it holds."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lint_ssot.surfaces.cli import build_parser, main
from lint_ssot.surfaces.configured import configured
from lint_ssot.surfaces.roll import Roll
from tests.projects import write_project

BASE = "import unittest\nclass Base(unittest.TestCase):\n    def setUp(self):\n        self.client = 1\n"
TEST = "from tests.base import Base\nclass TestA(Base):\n    def test_a(self):\n        self.client\n        self.db\n"
SUITE = {
    "pyproject.toml": "[project]\nname = 'shop'\n",
    "tests/__init__.py": "",
    "tests/base.py": BASE,
    "tests/data.py": "ROWS = [1]\n",
    "tests/test_a.py": TEST,
    "tests/test_b.py": TEST + "        self.cache  # noqa: LSS201\n",
    "tests/test_broken.py": "class (\n",
}
ALL = {name for name in SUITE if name.startswith("tests/") and name != "tests/test_broken.py"}
OLD = 3.1  # seconds; what is younger may change again without a new time


def options_of(*words: str) -> argparse.Namespace:
    return configured(build_parser("check").parse_args(["check", *words])).options


def on_the_roll(*words: str) -> set[str]:
    """The files that a run would not read."""
    options = options_of(*words)
    return set(Roll(options.ssot_memory, options, sorted(filter(os.path.exists, SUITE_NAMES))).known())


SUITE_NAMES = [name for name in SUITE if name.startswith("tests/")]


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    main(["check", "-j1", *words, *sorted(filter(os.path.exists, SUITE_NAMES))])
    return capsys.readouterr().out


def written(name: str, text: str) -> Callable[[], object]:
    return lambda: Path(name).write_text(text, encoding="utf-8")


CHANGES: dict[str, tuple[Callable[[], object], set[str]]] = {
    "nothing": (lambda: None, ALL),
    "a test": (written("tests/test_a.py", TEST.replace("db", "d2")), ALL - {"tests/test_a.py"}),
    "what tests stand on": (written("tests/base.py", BASE.replace("client", "server")), set()),
    "the names in a folder": (written("tests/conftest.py", ""), set()),
    "the configuration": (written("pyproject.toml", "[tool.pytest.ini_options]\npython_files = 'x.py'\n"), set()),
}


@pytest.fixture(scope="module")
def suites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A suite for each change, all of which have grown old."""
    root = tmp_path_factory.mktemp("suites")
    for name in CHANGES:
        write_project(root / name, SUITE)
    time.sleep(OLD)
    return root


@pytest.mark.parametrize(("name", "change", "known"), [(name, *each) for name, each in CHANGES.items()], ids=CHANGES)
def test_what_is_as_it_was_is_known_unread(
    suites: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    change: Callable[[], object],
    known: set[str],
) -> None:
    monkeypatch.chdir(suites / name)
    told(capsys)
    assert on_the_roll() == ALL
    change()
    assert on_the_roll() == known
    assert on_the_roll("--ssot-runner=pytest") == set()
    assert told(capsys) == told(capsys, "--ssot-cache-dir=none")
    assert told(capsys) == told(capsys, "--ssot-cache-dir=none")
