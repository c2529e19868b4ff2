"""`lint-ssot why`: the story of one test, of a class, or of a file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rules import RULES
from lint_ssot.session import Session
from lint_ssot.surfaces.configured import add_configuration, configured
from lint_ssot.surfaces.outcome import Status
from lint_ssot.surfaces.terminal import open_terminal
from lint_ssot.surfaces.told import Findings, Teller, Told, Verdict
from lint_ssot.surfaces.why.as_json import story_as_json
from lint_ssot.surfaces.why.choice import Chosen, Uncollected, choose, wanted
from lint_ssot.surfaces.why.overview import write_class, write_file
from lint_ssot.surfaces.why.rail import Page, relative
from lint_ssot.surfaces.why.story_page import write_story

_GOOD = (Verdict.REACHES, Verdict.UNKNOWN, Verdict.SKIPPED, Verdict.LEAVES)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "test",
        metavar="TEST",
        help="tests/test_x.py::TestA::test_b, as pytest says it; also a class, a file, or tests/test_x.py:12.",
    )
    parser.add_argument("--json", action="store_true", help="For programs.")
    add_configuration(parser)


def run(arguments: argparse.Namespace) -> int:
    """Tell the story; 1 if a test of it dies, never runs, or is not collected."""
    want = wanted(arguments.test)
    settings = configured(arguments).settings
    rules = tuple(rule for rule in RULES if not rule.is_opt_in or rule.code in settings.enable)
    teller = Teller(want.path, Findings(Session(settings, rules)))
    chosen = choose(teller.module, want)
    if isinstance(chosen, Uncollected):
        return _say_uncollected(arguments, chosen)
    stories = tuple(teller.tell(*each) for each in teller.tests() if _is_chosen(chosen, *each))
    if arguments.json:
        told = [story_as_json(each, teller.module, _node_id(want.path, each)) for each in stories]
        json.dump(told[0] if chosen.test is not None else told, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        _write(Page(open_terminal(arguments), is_full=arguments.verbose), chosen, stories, teller.module, want.path)
    return Status.CLEAN if all(each.verdict in _GOOD for each in stories) else Status.FOUND


def _is_chosen(chosen: Chosen, test_class: TestClass | None, test: TestMethod) -> bool:
    if chosen.test is not None:
        return (
            test_class is chosen.test_class and test.function == chosen.test.function and test.name == chosen.test.name
        )
    return chosen.test_class is None or test_class is chosen.test_class


def _say_uncollected(arguments: argparse.Namespace, found: Uncollected) -> int:
    if arguments.json:
        json.dump(
            {"test": arguments.test, "verdict": "not_collected", "why": found.why}, sys.stdout, ensure_ascii=False
        )
        sys.stdout.write("\n")
    else:
        page = Page(open_terminal(arguments))
        page.item("dead", page.said(f"{arguments.test} is not collected", "bold"), page.said(""))
        page.lines(page.said(found.why), indent="   ")
    return Status.FOUND


def _write(page: Page, chosen: Chosen, stories: tuple[Told, ...], module: LintedModule, path: Path) -> None:
    if chosen.test is not None:
        write_story(page, stories[0], module, _node_id(path, stories[0]))
    elif chosen.test_class is not None:
        name = chosen.test_class.definition.node.qualname.replace(".", "::")
        write_class(page, stories, module, f"{relative(path)}::{name}")
    else:
        write_file(page, stories, module)


def _node_id(path: Path, told: Told) -> str:
    owner = told.story.test_class
    names = [*(owner.definition.node.qualname.split(".") if owner is not None else ()), told.story.test.name]
    return "::".join([relative(path), *names])
