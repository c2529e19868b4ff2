"""Hooks that the runner calls and that are not made for it: their parameters, their kind, what they are bound to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from lint_ssot.facts.expressions import Expression
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.fixtures.definitions import fixture_of
from lint_ssot.lifecycle.fixtures.plans import is_fixture_decorated
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.functions.signatures import is_bound, is_called_as_written, mismatch, positionals
from lint_ssot.lifecycle.hooks.of_modules import ModuleHook
from lint_ssot.lifecycle.hooks.parent_calls import ParentCall, returns_nothing
from lint_ssot.lifecycle.runners import Hook, Passes, Receiver
from lint_ssot.lifecycle.standing import caller_name

# `_pytest.fixtures.FixtureManager.parsefactories`; before that a classmethod led through to the fixture.
_HIDES_CLASSMETHODS = (9, 2)
_YIELDING = (Kind.GENERATOR, Kind.ASYNC_GENERATOR)


@dataclass(frozen=True, slots=True)
class Misdeclared:
    """A hook that fails, or whose body never runs, when the runner calls it; `fault` says why."""

    function: FunctionDefinition
    hook: Hook
    fault: str


def misdeclared_hooks(
    timeline: Timeline, names: Names, oldest_python: tuple[int, int] | None, foreign: Collection[str]
) -> Iterator[Misdeclared]:
    """The hooks of a class's tests that its runner cannot call; of `foreign` ones nobody knows how they are called."""
    for hook in timeline.runner.hooks:
        if hook.receiver is Receiver.MODULE or hook.name in foreign:
            continue
        function = called_function(timeline, hook)
        if function is None:
            continue
        fault = fault_of(hook, function, kind_of(function, names), caller_name(hook, timeline.runner), oldest_python)
        if fault is not None:
            yield Misdeclared(function, hook, fault)


def hidden_fixtures(
    test_class: TestClass, classes: Classes, oldest_pytest: tuple[int, ...] | None
) -> Iterator[FunctionDefinition]:
    """The fixtures of a class that pytest does not find, since `@classmethod` stands above their decorator."""
    if oldest_pytest is None or oldest_pytest < _HIDES_CLASSMETHODS:
        return
    for owner in test_class.hierarchy.classes:
        for name, member in classes.members(owner).items():
            if not isinstance(member, FunctionDefinition) or test_class.hierarchy.find(name) != member:
                continue
            above = (last_word(each) for each in takewhile(_is_no_fixture, member.node.decorators))
            if "classmethod" in above and fixture_of(member, classes.names) is not None:
                yield member


def unawaited_hooks(timeline: Timeline, names: Names) -> Iterator[tuple[Hook, FunctionDefinition]]:
    """The async hooks of a class's tests that its runner calls without awaiting them."""
    for hook in timeline.runner.hooks:
        function = None if hook.is_awaited or hook.receiver is Receiver.MODULE else called_function(timeline, hook)
        if function is None or is_fixture_decorated(function):
            continue
        if kind_of(function, names) is Kind.COROUTINE:
            yield hook, function


def misdeclared_module_hooks(hooks: Iterable[ModuleHook]) -> Iterator[Misdeclared]:
    """The functions of a module that its runner cannot call as hooks."""
    for each in hooks:
        fault = fault_of(each.hook, each.function, each.kind, caller_name(each.hook, each.runner), None)
        if fault is not None:
            yield Misdeclared(each.function, each.hook, fault)


def misfit_parent_calls(
    calls: Iterable[ParentCall], reached: Collection[FunctionDefinition]
) -> Iterator[tuple[ParentCall, FunctionDefinition]]:
    """The calls of `super()` in bodies that run, with arguments that the parent's method does not take."""
    for call in calls:
        target = call.target
        if not isinstance(target, FunctionDefinition) or call.function not in reached:
            continue
        if target.module.origin is not Origin.PROJECT or not is_called_as_written(target):
            continue
        if any(argument.star for argument in call.arguments):
            continue
        keywords = tuple(argument.keyword for argument in call.arguments if argument.keyword is not None)
        given = len(call.arguments) - len(keywords) + _given_by_super(call, target)
        if mismatch(target.node, given, keywords) is not None:
            yield call, target


def _given_by_super(call: ParentCall, target: FunctionDefinition) -> int:
    """How many arguments `super()` adds: in a class method it knows of no object that a plain method could be given."""
    is_of_class = binding_of(call.function) is Binding.CLASS and binding_of(target) is Binding.INSTANCE
    return 1 if is_bound(target) and not is_of_class else 0


def fault_of(
    hook: Hook, function: FunctionDefinition, kind: Kind, runner: str, oldest_python: tuple[int, int] | None
) -> str | None:
    """Why a call of the hook fails or does nothing; None if nothing is wrong, or nobody can tell."""
    if is_fixture_decorated(function):
        return f"is a fixture, and fails when {runner} calls it as a hook"
    if hook.must_be_async and kind is Kind.ASYNC_GENERATOR:
        return f"yields, and {runner} refuses a hook that is no coroutine"
    if kind in _YIELDING:
        return f"yields: {runner} calls it, and its body never runs"
    if hook.must_be_async and kind is Kind.PLAIN and _is_refused(function, oldest_python):
        return f"is not async, and {runner} awaits it"
    return _misfit(hook, function, runner) if is_called_as_written(function) else None


def called_function(timeline: Timeline, hook: Hook) -> FunctionDefinition | None:
    """The project's function that the runner calls for a hook."""
    hierarchy = timeline.test_class.hierarchy
    if hook.unless is not None and hierarchy.find(hook.unless) is not None:
        return None
    member = hierarchy.find(hook.name)
    if not isinstance(member, FunctionDefinition) or member.module.origin is not Origin.PROJECT:
        return None
    if hook.skips_fixtures and is_fixture_decorated(member):
        return None
    return member if hook.within is None or _is_entered(timeline, hook.within) else None


def _is_entered(timeline: Timeline, method: str) -> bool:
    """Whether the body runs of a framework's method, known by its dotted name."""
    return any(f"{each.module.name}.{each.node.qualname}" == method for each in timeline.reached)


def _is_no_fixture(decorator: Expression) -> bool:
    return not (last_word(decorator) or "").endswith("fixture")


def _is_refused(function: FunctionDefinition, oldest_python: tuple[int, int] | None) -> bool:
    """Until Python 3.10, which counts if the project names it, unittest awaited whatever the hook gave but None."""
    only_new = oldest_python is None or oldest_python >= (3, 11)
    return only_new or (not function.node.decorators and returns_nothing(function))


def _misfit(hook: Hook, function: FunctionDefinition, runner: str) -> str | None:
    passed = _passed(hook, function)
    found = mismatch(function.node, passed)
    if found is None:
        return None
    if hook.must_be_classmethod and binding_of(function) is Binding.INSTANCE:
        return f"is no classmethod, and {runner} calls it on the class"
    if found.lacking:
        return f"asks for `{'`, `'.join(found.lacking)}`, which {runner} does not pass"
    if hook.passes is Passes.REQUIRED and passed == len(positionals(function.node)) + 1:
        return f"does not take the `method` that {runner} passes to it on a TestCase"
    return f"does not take what {runner} passes to it"


def _passed(hook: Hook, function: FunctionDefinition) -> int:
    """How many arguments reach the function by position, its receiver included."""
    taken = len(positionals(function.node))
    match hook.receiver, hook.passes:
        case Receiver.CLASS, Passes.NOTHING:
            return 1 if binding_of(function) is Binding.CLASS else 0
        case (Receiver.CLASS, _) | (Receiver.MODULE, Passes.OFFERED):
            # pytest unwraps a classmethod, and passes the class itself to whatever takes something
            return min(taken, 1)
        case Receiver.MODULE, _:
            return 0
    own = 1 if is_bound(function) else 0
    match hook.passes:
        case Passes.NOTHING:
            return own
        case Passes.REQUIRED:
            return own + 1
        case Passes.OFFERED:
            return own if taken == own else own + 1
