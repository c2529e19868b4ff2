"""Tests whose body never runs, though they may pass."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.collection import TestMethod
from lint_ssot.lifecycle.invocation import ASYNC_MARKS
from lint_ssot.lifecycle.kinds import Kind
from lint_ssot.lifecycle.runners import AsyncTests, Runner


class Outcome(enum.Enum):
    """What the runner reports for a test whose body never ran."""

    PASSES = "passes without running"
    FAILS = "fails without running"
    IS_SKIPPED = "is skipped"
    BREAKS_COLLECTION = "breaks the collection"


@dataclass(frozen=True, slots=True)
class UnrunTest:
    """A test whose body never runs; `what` it is, and `where` that does not work."""

    function: FunctionDefinition
    what: str
    where: str
    outcome: Outcome


_OUTCOMES = {
    AsyncTests.DROPPED: Outcome.PASSES,
    AsyncTests.FAILED: Outcome.FAILS,
    AsyncTests.REFUSED: Outcome.FAILS,
    AsyncTests.SKIPPED: Outcome.IS_SKIPPED,
}


def unrun_tests(runner: Runner, tests: tuple[TestMethod, ...], asyncio_mode: str | None) -> Iterator[UnrunTest]:
    """The tests of a class, or of a module, whose body never runs.

    `asyncio_mode` is what the project states; None when nobody says, and then marks are not asked for.
    """
    for test in tests:
        found = None if test.conditions.is_skipped else _judge(runner, test, asyncio_mode)
        if found is not None:
            yield found


def _judge(runner: Runner, test: TestMethod, asyncio_mode: str | None) -> UnrunTest | None:
    match test.kind:
        case Kind.COROUTINE:
            outcome = _coroutine_outcome(runner, test, asyncio_mode)
            return outcome and UnrunTest(test.function, "async", _where(runner), outcome)
        case Kind.GENERATOR if runner.is_testcase:
            return UnrunTest(test.function, "a generator", _where(runner), Outcome.PASSES)
        case Kind.GENERATOR:
            return UnrunTest(test.function, "a generator", "under pytest", Outcome.BREAKS_COLLECTION)
        case Kind.ASYNC_GENERATOR if runner.is_testcase:
            return UnrunTest(test.function, "an async generator", _where(runner), Outcome.PASSES)
        case Kind.ASYNC_GENERATOR:
            return UnrunTest(test.function, "an async generator", "under pytest", Outcome.FAILS)
    return None


def _coroutine_outcome(runner: Runner, test: TestMethod, asyncio_mode: str | None) -> Outcome | None:
    if runner.async_tests is not AsyncTests.MARKED:
        return _OUTCOMES.get(runner.async_tests)
    if asyncio_mode not in ("strict", "none") or test.conditions.marks & ASYNC_MARKS:
        return None
    return Outcome.FAILS


def _where(runner: Runner) -> str:
    if not runner.is_testcase:
        return "and no plug-in takes it"
    return f"in a plain {'TestCase' if runner.name == 'unittest' else runner.name + ' TestCase'}"
