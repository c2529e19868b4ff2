"""Tests whose body never runs, though they may pass."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.invocation import ASYNC_MARKS, Invocation
from lint_ssot.lifecycle.protocols.inference import Inference
from lint_ssot.lifecycle.runners import AsyncTests, Runner
from lint_ssot.lifecycle.tests.returned_coroutines import returns_coroutine


class Outcome(enum.Enum):
    """What the runner reports for a test whose body never ran."""

    PASSES = "passes without running"
    FAILS = "fails without running"
    IS_SKIPPED = "is skipped, or fails since pytest 8.4"
    BREAKS_COLLECTION = "breaks the collection"
    IS_EXPECTED = "breaks the collection since pytest 8.4"
    NEVER_RUNS = "never runs"
    PASSES_AT_ONCE = "passes unawaited"
    FAILS_FOR_IT = "fails for that"


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
}
_RETURNED = {
    AsyncTests.DROPPED: Outcome.PASSES_AT_ONCE,
    AsyncTests.FAILED: Outcome.FAILS_FOR_IT,
    AsyncTests.REFUSED: Outcome.FAILS_FOR_IT,
}
# Before it, `_pytest.python.async_warn_and_skip`, and an xfail for what yields.
_FAILS_SINCE = (8, 4)
# Before it, `IsolatedAsyncioTestCase` awaited whatever it was given (unittest/async_case.py).
_DROPS_SINCE = (3, 11)


@dataclass(frozen=True, slots=True)
class UnrunTests:
    """Tells them, for one module.

    `asyncio_mode` is what the project states; None when nobody says, and then marks are not asked for.
    """

    invocation: Invocation
    asyncio_mode: str | None
    inference: Inference

    def among(self, test_class: TestClass | None, runner: Runner, tests: tuple[TestMethod, ...]) -> Iterator[UnrunTest]:
        """The tests of a class or, without one, of a module, whose body never runs."""
        for test in tests:
            found = None if test.conditions.is_skipped else self._judge(test_class, runner, test)
            if found is not None:
                yield found

    def _judge(self, test_class: TestClass | None, runner: Runner, test: TestMethod) -> UnrunTest | None:
        where = _where(runner)
        match test.kind:
            case Kind.COROUTINE:
                return _told(test, "async", where, self._coroutine(runner, test))
            case Kind.GENERATOR if self.invocation.may_be_noses:
                return None
            case Kind.GENERATOR if runner.is_testcase:
                return _told(test, "a generator", where, _if_seen(test, _OUTCOMES.get(runner.generator_tests)))
            case Kind.GENERATOR:
                breaks = Outcome.IS_EXPECTED if self._may_be_before_8_4 else Outcome.BREAKS_COLLECTION
                return _told(test, "a generator", "under pytest", _if_seen(test, breaks))
            case Kind.ASYNC_GENERATOR if runner.is_testcase:
                return _told(test, "an async generator", where, _OUTCOMES.get(runner.async_generator_tests))
            case Kind.ASYNC_GENERATOR:
                return _told(test, "an async generator", "under pytest", self._async_generator(runner, test))
            case Kind.PLAIN if returns_coroutine(self.inference, test_class, test):
                where = where if runner.is_testcase else "under pytest"
                return _told(test, "sync and returns a coroutine", where, self._returned(runner))
        return None

    def _coroutine(self, runner: Runner, test: TestMethod) -> Outcome | None:
        if runner.async_tests is not AsyncTests.MARKED:
            return _OUTCOMES.get(runner.async_tests)
        if self.asyncio_mode not in ("strict", "none") or test.conditions.marks & ASYNC_MARKS:
            return None
        return self._failing

    def _async_generator(self, runner: Runner, test: TestMethod) -> Outcome:
        """Plug-ins take none either: pytest-asyncio makes an expected failure of it."""
        is_left = self.asyncio_mode in ("strict", "none") and not test.conditions.marks & ASYNC_MARKS
        return self._failing if is_left and runner.async_tests is AsyncTests.MARKED else Outcome.NEVER_RUNS

    def _returned(self, runner: Runner) -> Outcome | None:
        if runner.returned_coroutines is AsyncTests.AWAITED_BEFORE:
            oldest = self.invocation.oldest_python
            return Outcome.PASSES_AT_ONCE if oldest is None or oldest >= _DROPS_SINCE else None
        if not runner.is_testcase and (runner.async_tests is AsyncTests.UNKNOWN or self._may_be_before_8_4):
            return None
        return _RETURNED.get(runner.returned_coroutines)

    @property
    def _failing(self) -> Outcome:
        return Outcome.IS_SKIPPED if self._may_be_before_8_4 else Outcome.FAILS

    @property
    def _may_be_before_8_4(self) -> bool:
        oldest = self.invocation.oldest_pytest
        return oldest is not None and oldest < _FAILS_SINCE


def _if_seen(test: TestMethod, outcome: Outcome | None) -> Outcome | None:
    """What a runner does that asks for generators; below `mock.patch` and its like it does not see one."""
    is_noticed = outcome is not None and outcome is not Outcome.PASSES
    return Outcome.NEVER_RUNS if is_noticed and test.function.node.decorators else outcome


def _told(test: TestMethod, what: str, where: str, outcome: Outcome | None) -> UnrunTest | None:
    return None if outcome is None else UnrunTest(test.function, what, where, outcome)


def _where(runner: Runner) -> str:
    if not runner.is_testcase:
        return "and no plug-in takes it"
    name = "TestCase" if runner.name == "unittest" else f"{runner.name} TestCase"
    if not runner.awaits_tests:
        return f"in a plain {name}"
    return "in an IsolatedAsyncioTestCase" if runner.name == "unittest" else f"in a {name}"
