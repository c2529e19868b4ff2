"""Methods that look like hooks, and that nobody calls."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Name
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.runners import Runner

UNITTEST = frozenset({"setUp", "tearDown", "setUpClass", "tearDownClass"})
ISOLATED = frozenset({"asyncSetUp", "asyncTearDown"})
PYTEST = frozenset({"setup_method", "teardown_method", "setup_class", "teardown_class"})
NOSE = frozenset({"setup", "teardown"})
AIOHTTP = frozenset({"setUpAsync", "tearDownAsync"})
# Hooks of some runner; any other spelling of them is nobody's.
REAL = UNITTEST | ISOLATED | PYTEST | NOSE | AIOHTTP
# What a person had in mind, with case and underscores taken away.
INTENDED = frozenset(
    f"{prefix}{step}{suffix}{postfix}"
    for prefix in ("", "async")
    for step in ("setup", "teardown")
    for suffix in ("", "class", "method")
    for postfix in ("", "async")
)


class Reason(enum.Enum):
    """Why nobody calls it."""

    NOT_A_TESTCASE = "only a unittest.TestCase has it called"
    NOT_ISOLATED = "only an IsolatedAsyncioTestCase has it called"
    ONLY_PYTEST = "only pytest calls it"
    NOT_AIOHTTP = "only aiohttp's AioHTTPTestCase has it called"
    NOSE = "pytest 8 no longer calls nose's hooks"
    NOBODY = "no runner calls it, and no hook or test does"


@dataclass(frozen=True, slots=True)
class UncalledHook:
    """A method that looks like a hook and whose body never runs for a test class."""

    function: FunctionDefinition
    reason: Reason


def uncalled_hooks(test_class: TestClass, timeline: Timeline, classes: Classes) -> Iterator[UncalledHook]:
    """The methods of a test class that look like hooks and that no test ever reaches.

    Inherited ones count only under the exact name of a real hook: another class may call a helper.
    """
    runner = timeline.runner
    if not timeline.lives or timeline.schedule.has_unknown_hook:
        return
    for index, owner in enumerate(test_class.hierarchy.classes):
        if owner.module.origin is not Origin.PROJECT:
            continue
        for name, member in classes.members(owner).items():
            if not isinstance(member, FunctionDefinition) or member in timeline.reached:
                continue
            if _looks_like_a_hook(name, is_own=index == 0) and not _is_excused(member, timeline, runner):
                yield UncalledHook(member, _reason(name))


def _looks_like_a_hook(name: str, *, is_own: bool) -> bool:
    return name in REAL or (is_own and name.lower().replace("_", "") in INTENDED)


def _is_excused(function: FunctionDefinition, timeline: Timeline, runner: Runner) -> bool:
    """Called but not awaited is another rule's; overridden, decorated or empty ones stop nobody."""
    overriding = timeline.test_class.hierarchy.find(function.node.name)
    return (
        runner.hook(function.node.name) is not None
        or overriding != function
        or not function.node.body
        or _is_decorated(function)
        or _is_adapter(function, runner)
    )


def _is_adapter(function: FunctionDefinition, runner: Runner) -> bool:
    """Whether it only leads another runner to a hook that this one calls by itself."""
    return any(
        isinstance(part, Call)
        and isinstance(part.function, Attribute)
        and isinstance(part.function.value, Name)
        and part.function.value.id in _receivers(function)
        and runner.hook(part.function.attr) is not None
        for statement in statements(function.node.body)
        for expression in expressions(statement)
        for part in subexpressions(expression)
    )


def _receivers(function: FunctionDefinition) -> tuple[str, ...]:
    return tuple(parameter.name for parameter in function.node.parameters[:1])


def _is_decorated(function: FunctionDefinition) -> bool:
    """Whether anything but `@classmethod` or `@staticmethod` may have it called."""
    is_plain = len(function.node.decorators) == 1 and binding_of(function) in (Binding.CLASS, Binding.STATIC)
    return bool(function.node.decorators) and not is_plain


def _reason(name: str) -> Reason:
    if name in UNITTEST:
        return Reason.NOT_A_TESTCASE
    if name in ISOLATED:
        return Reason.NOT_ISOLATED
    if name in PYTEST:
        return Reason.ONLY_PYTEST
    if name in NOSE:
        return Reason.NOSE
    if name in AIOHTTP:
        return Reason.NOT_AIOHTTP
    return Reason.NOBODY
