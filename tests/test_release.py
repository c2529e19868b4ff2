"""What a run lets go of is found again, and says the same."""

from __future__ import annotations

from pathlib import Path

from lint_ssot.config import Settings
from lint_ssot.engine import lint
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from tests.projects import write_project

BASE = "import unittest\nclass Base(unittest.TestCase):\n    def setUp(self):\n        self.client = 1\n"
TEST = "from tests.{module} import {base}\nclass {name}({base}):\n    def test_it(self):\n        self.{attribute}\n"
SUITE = {
    "tests/__init__.py": "",
    "tests/base.py": BASE,
    "tests/test_alone.py": TEST.format(module="base", base="Base", name="TestA", attribute="db"),
    "tests/test_base.py": TEST.format(module="base", base="Base", name="TestB", attribute="client"),
    "tests/test_heir.py": TEST.format(module="test_base", base="TestB", name="TestC", attribute="db"),
}


def said(root: Path, *, let_go: bool) -> list[tuple[str, str]]:
    """What a run says, of which each file is linted twice."""
    session = Session(Settings(), RULES)
    found: list[tuple[str, str]] = []
    for path in sorted(root.rglob("test_*.py")) * 2:
        found += [(path.name, str(each)) for each in lint(path, read_source(path), session)]
        if let_go:
            session.is_done_with(path)
            session.release()
    return found


def test_what_was_let_go_says_the_same_when_it_is_asked_again(tmp_path: Path) -> None:
    write_project(tmp_path, SUITE)
    kept = said(tmp_path, let_go=False)
    assert len(kept) == 4
    assert said(tmp_path, let_go=True) == kept


def test_a_judged_file_is_let_go_unless_another_leads_to_it(tmp_path: Path) -> None:
    write_project(tmp_path, SUITE)
    session = Session(Settings(), RULES)
    paths = sorted(tmp_path.rglob("test_*.py"))
    modules = session.classes(session.project(paths[0])).names.modules
    before = {}
    for path in reversed(paths):
        lint(path, read_source(path), session)
        session.is_done_with(path)
        before[path.name] = modules.at(path)
    session.release()
    held = {path.name for path in paths if modules.at(path) is before[path.name]}
    assert held == {"test_base.py"}


def test_what_a_judgment_rests_on_is_told_again_after_it_was_let_go(tmp_path: Path) -> None:
    write_project(tmp_path, SUITE)
    session = Session(Settings(), RULES)
    path = tmp_path / "tests/test_heir.py"
    found = []
    for _ in range(2):
        lint(path, read_source(path), session)
        modules = session.classes(session.project(path)).names.modules
        found.append({each.path for each in modules.steps.reached_from(modules.at(path))})
        session.is_done_with(path)
        session.release()
    assert found[0] == found[1]
    assert tmp_path / "tests/base.py" in found[0]
