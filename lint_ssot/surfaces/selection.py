"""Which rules and which findings the options of flake8 select."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flake8.formatting.base import BaseFormatter
from flake8.processor import FileProcessor
from flake8.style_guide import Decision, DecisionEngine, StyleGuideManager
from flake8.violation import Violation

from lint_ssot.diagnostic import Diagnostic

if TYPE_CHECKING:
    from lint_ssot.config import Settings
    from lint_ssot.rule import Rule


def selected_rules(options: argparse.Namespace) -> tuple[Rule, ...]:
    """The rules whose code is selected; those that are opt-in only if they are enabled."""
    from lint_ssot.rules import RULES

    decisions = DecisionEngine(options)
    settings: Settings = options.ssot_settings
    return tuple(
        rule
        for rule in RULES
        if decisions.decision_for(rule.code) is Decision.Selected
        and (not rule.is_opt_in or rule.code in settings.enable)
    )


def reported(found: Iterable[Diagnostic], path: Path, source: str, options: argparse.Namespace) -> Iterator[Diagnostic]:
    """What flake8 would print of the findings in a file: `noqa` and `per-file-ignores` take their share."""
    found = tuple(found)
    if not found:
        return
    # to know the logical lines of a file takes most of the time of who has all the rest from the cache
    file = None
    if "noqa" in source.lower():
        file = FileProcessor(str(path), options, source.splitlines(keepends=True))
        if file.should_ignore_file():
            return
    guide = StyleGuideManager(options, BaseFormatter(options)).style_guide_for(str(path))
    for each in found:
        line = None if file is None else file.noqa_line_for(each.line)
        violation = Violation(each.code, str(path), each.line, each.column + 1, each.text, line or "")
        is_selected = guide.should_report_error(each.code) is Decision.Selected
        if is_selected and not violation.is_inline_ignored(options.disable_noqa):
            yield each
