"""Whether tests that fail die in their infrastructure, or fail for what they test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from enum import Enum

from benchmarks.breaks.running import Outcome

_OBJECTS = "super|coroutine|generator|async_generator|function|method|property|classmethod|staticmethod|list_iterator"
_SIGNS = (
    r"ImportError|ModuleNotFoundError|cannot import name|errors? during collection|_FailedTest",
    r"fixture '.*' not found|called directly|requested an async fixture",
    r"does not support the (?:asynchronous )?context manager protocol|__a?(?:enter|exit)__",
    r"missing \d+ required positional argument|takes .* positional arguments? but",
    r"can't be used in 'await' expression|never awaited|not natively supported",
    rf"'(?:{_OBJECTS})' object ",
)
_MESSAGE = re.compile(r"^(?:E  +)?(?=[A-Za-z_])(.*)$", re.MULTILINE)


class Verdict(Enum):
    """What a break did to the tests."""

    UNTESTED = "no run to compare with"
    HARMLESS = "harmless"
    ELSEWHERE = "fails elsewhere"
    DIES = "dies"


def verdict(runs: Iterable[tuple[Outcome, Outcome]], sources: Iterable[str], broken: str) -> tuple[Verdict, str]:
    """The worst that became of a run, and the line that says so.

    An attribute that is missing counts if the object is of a class in `sources`, a function that nobody awaits if it
    is the one that was `broken`.
    """
    signs = re.compile("|".join((*_SIGNS, _missing_attribute(sources))))
    worst = Verdict.UNTESTED, ""
    for before, after in runs:
        found = _compared(before, after, signs, broken)
        if _ORDER.index(found[0]) > _ORDER.index(worst[0]):
            worst = found
    return worst


_ORDER = list(Verdict)


def _compared(before: Outcome, after: Outcome, signs: re.Pattern[str], broken: str) -> tuple[Verdict, str]:
    if not before.is_over or any(test == "the run" or "_FailedTest" in test for test in before.failures):
        return Verdict.UNTESTED, (before.said.strip() or "not over in time").splitlines()[-1][:160]
    new = {test: reason for test, reason in after.failures.items() if test not in before.failures}
    for reason in new.values():
        for message in _MESSAGE.findall(reason):
            if signs.search(message):
                return Verdict.DIES, message[:160]
    forgotten = re.compile(rf"coroutine '(?:[\w.<>]*\.)?{re.escape(broken)}' was never awaited")
    if (seen := forgotten.search(after.said)) and not forgotten.search(before.said):
        return Verdict.DIES, seen.group()
    if new or not after.is_over:
        return Verdict.ELSEWHERE, next(iter(new.values()), "not over in time").partition("\n")[0][:160]
    return Verdict.HARMLESS, ""


def _missing_attribute(sources: Iterable[str]) -> str:
    names = {node.name for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)}
    return rf"'(?:{'|'.join(sorted(names)) or ' '})' (?:object )?has no attribute"
