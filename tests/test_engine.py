"""What fails is told, and never stops the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lint_ssot.config import Settings
from lint_ssot.diagnostic import Finding
from lint_ssot.engine import lint, linted_module
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Class
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule
from lint_ssot.session import Session
from tests.projects import write_project


@rule("LSS998", message="first", since="0.1")
def sound(module: LintedModule) -> Iterator[Finding]:
    yield Finding(Position(2, 0))
    yield Finding(Position(2, 0))


@rule("LSS999", message="second", since="0.1")
def broken(module: LintedModule) -> Iterator[Finding]:
    yield Finding(Position(3, 0))
    raise RuntimeError("nobody\nexpected this")


def said(tmp_path: Path, session: Session, source: str = "class A: ...\n") -> list[tuple[int, str, str]]:
    write_project(tmp_path, {"test_a.py": source})
    return [(d.line, d.code, d.text) for d in lint(tmp_path / "test_a.py", source, session)]


def test_a_rule_that_crashes_is_told_and_silences_no_other(tmp_path: Path) -> None:
    assert [
        (1, "LSS000", "LSS999 failed on `test_a.py` (RuntimeError: nobody expected this); please report it"),
        (2, "LSS998", "first"),
        (3, "LSS999", "second"),
    ] == said(tmp_path, Session(Settings(), (sound, broken)))


@rule("LSS997", message="third", since="0.1")
def broken_alike(module: LintedModule) -> Iterator[Finding]:
    yield from broken.check(module)


def test_the_same_failure_of_several_rules_is_told_once(tmp_path: Path) -> None:
    said_of_both = said(tmp_path, Session(Settings(), (broken, broken_alike)))
    assert ["LSS000"] == [code for _, code, _ in said_of_both if code == "LSS000"]


def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    assert [] == said(tmp_path, Session(Settings(), (sound, broken)), "def (:\n")


def class_names(path: Path, source: str, session: Session) -> list[str]:
    body = linted_module(path, source, session).module.facts.body
    return [statement.name for statement in body if isinstance(statement, Class)]


def test_the_text_at_hand_is_trusted_not_the_disk(tmp_path: Path) -> None:
    write_project(tmp_path, {"test_a.py": "class OnDisk: ...\n"})
    assert ["InEditor"] == class_names(tmp_path / "test_a.py", "class InEditor: ...\n", Session(Settings(), ()))


def test_a_changed_text_replaces_what_was_known(tmp_path: Path) -> None:
    write_project(tmp_path, {"base.py": "class Base: ...\n", "test_a.py": ""})
    session = Session(Settings(), ())
    first = linted_module(tmp_path / "base.py", "class First: ...\n", session)
    second = linted_module(tmp_path / "base.py", "class Second: ...\n", session)
    again = linted_module(tmp_path / "base.py", "class Second: ...\n", session)
    assert first.classes is not second.classes
    assert second.module is again.module


def test_all_files_of_a_project_share_one_graph(tmp_path: Path) -> None:
    write_project(tmp_path, {"a/test_a.py": "", "b/test_b.py": ""})
    session = Session(Settings(), ())
    assert (
        linted_module(tmp_path / "a/test_a.py", "", session).classes
        is linted_module(tmp_path / "b/test_b.py", "", session).classes
    )
