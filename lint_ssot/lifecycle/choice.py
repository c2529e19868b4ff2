"""Which row of the runners' table holds for a class."""

from __future__ import annotations

from lint_ssot.facts.values import replace
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import FunctionDefinition, Unknown, ValueDefinition
from lint_ssot.lifecycle.entering import is_in_the_table, keeps_order
from lint_ssot.lifecycle.invocation import AsyncioMode, Invocation, Program
from lint_ssot.lifecycle.runners import (
    FUNCTIONS,
    NOSE_SETUP,
    NOSE_TEARDOWN,
    PLAIN,
    TESTCASES,
    AsyncTests,
    Hook,
    Phase,
    Receiver,
    Runner,
    in_call_order,
    under_pytest,
)

TESTCASE_NAMES = ("unittest.case.TestCase", "unittest.TestCase")
# A project that overrides one of these runs its tests in a way of its own …
_RUNNING = ("_callSetUp", "_callTestMethod", "_callTearDown", "_pre_setup", "_setup_and_call", "_run")
# … and one of these does so unless it hands on to the framework's.
_ENTERING = ("run", "__call__", "debug")
# testtools makes what this says run the test
_RUN_BY = "run_tests_with"
_MODULES = frozenset(name.rpartition(".")[0] for names, _ in TESTCASES for name in names)


def runner_of(hierarchy: Hierarchy, invocation: Invocation) -> Runner | Unknown:
    """Who runs the class and how; Unknown if its bases cannot all be known, or it runs itself in its own way."""
    if hierarchy.open_because is not None:
        return Unknown(hierarchy.open_because)
    if not hierarchy.inherits(*TESTCASE_NAMES):
        if invocation.program is Program.UNITTEST and invocation.is_certain:
            return Unknown("unittest does not run it")
        return with_extra_hooks(_plain(PLAIN, invocation), invocation)
    if (name := _own_way(hierarchy)) is not None:
        return Unknown(f"`{name}` is overridden")
    row = next(row for names, row in TESTCASES if hierarchy.inherits(*names))
    if invocation.program is Program.PYTEST:
        row = under_pytest(row)
    return with_extra_hooks(row, invocation)


def runner_of_functions(invocation: Invocation) -> Runner:
    """Who runs the test functions of a module, which only pytest does."""
    return _plain(FUNCTIONS, invocation)


def with_extra_hooks(runner: Runner, invocation: Invocation) -> Runner:
    """The row with the hooks of `ssot-extra-hooks`, each phase's last; their names tell the phase.

    Whether they are awaited is not known; taken as awaited, nobody is told that they are not.
    """
    extra = tuple(map(_extra_hook, invocation.extra_hooks))
    return replace(runner, hooks=in_call_order(runner.hooks, extra)) if extra else runner


def _extra_hook(name: str) -> Hook:
    word = name.replace("_", "").lower()
    is_teardown = "teardown" in word or "cleanup" in word
    if "class" in word:
        phase = Phase.CLASS_TEARDOWN if is_teardown else Phase.CLASS_SETUP
        return Hook(name, phase, Receiver.CLASS, is_awaited=True)
    return Hook(name, Phase.TEARDOWN if is_teardown else Phase.SETUP, Receiver.INSTANCE, is_awaited=True)


def _plain(row: Runner, invocation: Invocation) -> Runner:
    if invocation.may_be_before_pytest_8 and row is PLAIN:
        row = replace(row, hooks=in_call_order(row.hooks, (NOSE_SETUP, NOSE_TEARDOWN)))
    return replace(row, async_tests=_async_tests(invocation))


def _async_tests(invocation: Invocation) -> AsyncTests:
    if invocation.has_own_async:
        return AsyncTests.UNKNOWN
    return AsyncTests.AWAITED if invocation.asyncio_mode is AsyncioMode.AUTO else AsyncTests.MARKED


def _own_way(hierarchy: Hierarchy) -> str | None:
    """The method by which a class that is not in the table runs its tests in a way of its own."""
    by = hierarchy.find(_RUN_BY)
    if by is not None and not is_in_the_table(by):
        return _RUN_BY
    for name in (*_RUNNING, *_ENTERING):
        member = hierarchy.find(name)
        if isinstance(member, ValueDefinition) and member.value is None and not is_in_the_table(member):
            # a condition decides whether there is one
            return name
        if not isinstance(member, FunctionDefinition) or is_in_the_table(member):
            continue
        if name in _RUNNING or not keeps_order(member, hierarchy):
            return name
    return None


def is_of_framework(function: FunctionDefinition) -> bool:
    """Whether a module of the table defines it, the framework's own suite linted or not."""
    return function.module.name in _MODULES
