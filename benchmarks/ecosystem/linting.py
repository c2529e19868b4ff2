"""Lints one suite with default settings, and counts what there was to judge."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lint_ssot.baseline import Known, known_as
from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import judge, linted_module
from lint_ssot.graph.definitions import Unknown
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.fixtures.plans import Fixtures
from lint_ssot.lifecycle.hooks.schedule import schedule_of
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source


@dataclass(frozen=True)
class Judged:
    """What the linter made of a suite: how much it read, and what it said.

    `classes` are the collected test classes, `open_because` counts the reasons of those whose attributes
    are not all known; `lines` are where the findings stood.
    """

    files: int
    code_lines: int
    classes: int
    open_because: Counter[str]
    findings: Counter[Known]
    lines: dict[Known, int]


def judged(root: Path, python: str | None = None) -> Judged:
    """Lint every file below the folder; `python` is the environment whose installed packages count."""
    session = Session(Settings(python=python), tuple(rule for rule in RULES if not rule.is_opt_in))
    files = sorted(path for path in root.rglob("*.py") if path.is_file())
    counted: Counter[str] = Counter()
    open_because: Counter[str] = Counter()
    findings: Counter[Known] = Counter()
    lines: dict[Known, int] = {}
    for path in files:
        source = read_source(path)
        counted["lines"] += source.count("\n")
        module = linted_module(Path(os.path.abspath(path)), source, session)  # noqa: PTH100  # resolve() follows links
        if module.module.facts.trouble is not None:
            continue
        for found in _found(module, path, session):
            key = known_as(found, module.module.facts.body, root)
            findings[key] += 1
            lines[key] = found.line
        counted["classes"] += len(module.test_classes)
        open_because.update(_reasons(module))
    return Judged(len(files), counted["lines"], counted["classes"], open_because, findings, lines)


def _found(module: LintedModule, path: Path, session: Session) -> list[Diagnostic]:
    return judge(module, path, session.rules)


def _reasons(module: LintedModule) -> Iterator[str]:
    """Why each class that is open is so, in words of ours: its first reason."""
    fixtures = Fixtures(module.classes, module.settings, module.project)
    for test_class in module.test_classes:
        because = _why_open(test_class, module, fixtures)
        if because is not None:
            yield because


def _why_open(test_class: TestClass, module: LintedModule, fixtures: Fixtures) -> str | None:
    if test_class.hierarchy.open_because is not None:
        return test_class.hierarchy.open_because
    schedule = schedule_of(test_class, module.classes, fixtures)
    if isinstance(schedule, Unknown):
        return schedule.why
    unknown = next((name for plan in schedule.plans for name in plan.unknown), None)
    if unknown is not None:
        return f"nothing known defines the fixture or plug-in `{unknown}`"
    return "a hook is no function" if schedule.is_open else None
