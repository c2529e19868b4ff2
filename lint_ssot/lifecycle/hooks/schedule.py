"""The calls that really happen for a test: fixtures, hooks, the test itself, in the runner's order."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Call, Name
from lint_ssot.facts.statements import Function, Return
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.classes.decorating import Decorating
from lint_ssot.graph.definitions import FunctionDefinition, Origin, Unknown, ValueDefinition
from lint_ssot.lifecycle.assignment.frame import Reference, Subject
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.entering import entry_of
from lint_ssot.lifecycle.fixtures.definitions import Fixture
from lint_ssot.lifecycle.fixtures.plans import Fixtures, Plan
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.conditions import conditional_decorators
from lint_ssot.lifecycle.functions.decorations import Decoration, decorations_of, last_word
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.runners import (
    SETUP_METHOD,
    SETUP_METHOD_OF_TESTCASE,
    AsyncTests,
    Hook,
    Phase,
    Receiver,
    Runner,
)

BODY_WAITS = frozenset({Kind.COROUTINE, Kind.GENERATOR, Kind.ASYNC_GENERATOR})
NEVER_RUN = frozenset({AsyncTests.DROPPED, AsyncTests.FAILED, AsyncTests.REFUSED})


@dataclass(frozen=True, slots=True)
class HookCall:
    """One call that the runner makes.

    `runs` tells whether the body runs: that of a coroutine which nobody awaits does not.
    `bindings` are the parameters that lead to the test's object.
    `source` is the row of the runner or the fixture that it comes from, None for the object's making and the test.
    `encloses` tells that the test, with the hooks behind this call, runs within it.
    """

    function: FunctionDefinition
    source: Hook | Fixture | None
    bindings: tuple[tuple[str, Reference], ...]
    kind: Kind
    runs: bool
    encloses: bool = False

    @property
    def stops_at_yield(self) -> bool:
        """Whether the test runs where this function yields, or hands on."""
        return self.encloses or (isinstance(self.source, Fixture) and self.source.is_generator)

    @property
    def is_resumed(self) -> bool:
        """Whether this function goes on when the test is over, and before the next one."""
        is_of_test = self.encloses or (isinstance(self.source, Fixture) and self.source.scope == "function")
        return self.stops_at_yield and is_of_test


@dataclass(frozen=True, slots=True)
class Schedule:
    """The calls that the runner makes for the tests of one class."""

    test_class: TestClass
    runner: Runner
    classes: Classes
    plans: tuple[Plan, ...]

    @property
    def is_open(self) -> bool:
        """Whether something may assign attributes that nobody can know."""
        return bool(
            self.test_class.hierarchy.open_because or any(plan.is_open for plan in self.plans) or self.has_unknown_hook
        )

    @property
    def has_unknown_hook(self) -> bool:
        """Whether the runner calls something on this class whose body nobody can follow, so it may call any method."""
        return any(isinstance(self._member(hook), ValueDefinition) for hook in self.runner.hooks)

    @property
    def planted(self) -> frozenset[str]:
        """The attributes that plug-ins assign on the class or its objects before a test."""
        return frozenset().union(*(plan.planted.attributes for plan in self.plans))

    @property
    def called(self) -> frozenset[str]:
        """The names of the hooks that the runner calls on this class."""
        return frozenset(hook.name for hook in self.runner.hooks if hook.receiver is not Receiver.MODULE)

    @property
    def fixtures(self) -> tuple[FunctionDefinition, ...]:
        """The fixtures that run for any of the tests."""
        return tuple(dict.fromkeys(fixture.function for plan in self.plans for fixture in plan.fixtures))

    @property
    def lost(self) -> frozenset[FunctionDefinition]:
        """The fixtures that are given another object than the test's."""
        return frozenset(f.function for plan in self.plans for f in plan.fixtures if self._loses_self(f))

    def setup(self, test: TestMethod) -> tuple[HookCall, ...]:
        """The calls before a test, in order."""
        steps = self.plans[self.test_class.tests.index(test)].steps
        inside = next((place for place, step in enumerate(steps) if _is_within_run(step)), len(steps))
        before, behind = ((c for each in part for c in self._calls(each)) for part in (steps[:inside], steps[inside:]))
        return (*self._construction(), *before, *self._entry(), *behind)

    def test(self, test: TestMethod) -> HookCall:
        """The test itself."""
        waits = test.kind in BODY_WAITS
        runs = not waits or (test.kind is Kind.COROUTINE and self.runner.async_tests not in NEVER_RUN)
        # below a decorator that nobody knows, a function may be given anything
        is_handed_on = test.kind is not Kind.UNKNOWN and all(map(self._hands_on, self._decorations(test.function)))
        bound = _receives(test.function, Subject.SELF) if is_handed_on else ()
        return HookCall(test.function, None, bound, test.kind, runs)

    def _decorations(self, function: FunctionDefinition) -> tuple[Decoration, ...]:
        """What stands above the function itself; a class's decorators are not handed its tests."""
        names = self.classes.names
        return decorations_of(names, function.module, conditional_decorators(function), function.owner)

    def _hands_on(self, decoration: Decoration) -> bool:
        """Whether the test is called with its object: a decorator hands back what it is given, or calls that."""
        decorator, is_called = decoration.resolution, decoration.arguments is not None
        if not isinstance(decorator, FunctionDefinition) or decorator.module.origin is not Origin.PROJECT:
            return True
        decorating = Decorating(self.classes.names)
        is_handed_back = decorating.hands_back(decorator, decorator.module, is_called=is_called)
        return is_handed_back or _calls_what_it_is_given(decorator)

    def teardown(self, test: TestMethod) -> tuple[HookCall, ...]:
        """The calls after a test, in order."""
        phases = (Phase.TEARDOWN, Phase.CLASS_TEARDOWN)
        return tuple(c for hook in self.runner.hooks if hook.phase in phases for c in self._calls(hook))

    def ends_before_teardown(self, test: TestMethod, call: HookCall) -> bool:
        """Whether a fixture was set up behind `setup_method`, and so ends before `teardown_method`."""
        steps = self.plans[self.test_class.tests.index(test)].steps
        place = next((place for place, step in enumerate(steps) if step is SETUP_METHOD), len(steps))
        return any(step is call.source for step in steps[place:])

    def unreached(self, test: TestMethod, stopped: HookCall) -> frozenset[str]:
        """The hooks that have not come back when a call before the test raises, its own among them."""
        steps = self.plans[self.test_class.tests.index(test)].steps
        at = next((index for index, step in enumerate(steps) if step is stopped.source), 0)
        return frozenset(step.name for step in steps[at:] if isinstance(step, Hook))

    def hook_calls(self) -> tuple[HookCall, ...]:
        """Every hook that the runner calls on this class or its objects, in order."""
        return tuple(call for hook in self.runner.hooks for call in self._calls(hook))

    def _construction(self) -> Iterator[HookCall]:
        """A TestCase is made before anything is set up, one object for each test (unittest/loader.py)."""
        member = self.test_class.hierarchy.find("__init__")
        if self.runner.is_testcase and isinstance(member, FunctionDefinition):
            yield HookCall(member, None, _receives(member, Subject.SELF), Kind.PLAIN, True)

    def _entry(self) -> Iterator[HookCall]:
        """A TestCase may do something around the framework's way of running it."""
        member = entry_of(self.test_class.hierarchy) if self.runner.is_testcase else None
        if member is not None:
            yield HookCall(member, None, _receives(member, Subject.SELF), Kind.PLAIN, True, encloses=True)

    def _calls(self, step: Hook | Fixture) -> Iterator[HookCall]:
        if isinstance(step, Fixture):
            kind = kind_of(step.function, self.classes.names)
            yield HookCall(step.function, step, self._given_to_fixture(step), kind, True)
            return
        member = self._member(step)
        if not isinstance(member, FunctionDefinition) or step.within is not None:
            return
        if step.skips_fixtures and _is_fixture(member):
            return
        kind = kind_of(member, self.classes.names)
        runs = kind not in BODY_WAITS or (kind is Kind.COROUTINE and step.is_awaited)
        subject = Subject.SELF if step.receiver is Receiver.INSTANCE else Subject.CLASS
        yield HookCall(member, step, _receives(member, subject), kind, runs)

    def _given_to_fixture(self, fixture: Fixture) -> tuple[tuple[str, Reference], ...]:
        bound: list[tuple[str, Reference]] = []
        if any(parameter.name == "request" for parameter in fixture.function.node.parameters):
            bound.append(("request", Subject.REQUEST))
        if fixture.function.owner in self.test_class.hierarchy.classes:
            bound.extend(_receives(fixture.function, Subject.OTHER if self._loses_self(fixture) else Subject.SELF))
        return tuple(bound)

    def _loses_self(self, fixture: Fixture) -> bool:
        """Whether `self` is another object than the test's.

        It is one in a method fixture of a wider scope (pytest docs), and in those of a class around the test's.
        """
        owner, binding = fixture.function.owner, binding_of(fixture.function)
        is_wider = fixture.scope != "function" or owner not in self.test_class.hierarchy.classes
        return owner is not None and is_wider and binding is Binding.INSTANCE

    def _member(self, hook: Hook) -> object:
        if hook.receiver is Receiver.MODULE:
            return None
        if hook.unless is not None and self.test_class.hierarchy.find(hook.unless) is not None:
            return None
        return self.test_class.hierarchy.find(hook.name)


def schedule_of(test_class: TestClass, classes: Classes, fixtures: Fixtures) -> Schedule | Unknown:
    """Lay out the calls that the runner makes for the tests of a class."""
    if isinstance(test_class.runner, Unknown):
        return test_class.runner
    plans = tuple(fixtures.plan(test_class, test) for test in test_class.tests)
    return Schedule(test_class, test_class.runner, classes, plans)


def _is_within_run(step: Hook | Fixture) -> bool:
    """Whether `TestCase.run` makes the call: pytest calls it when its fixtures and hooks are done."""
    return isinstance(step, Hook) and step.phase is Phase.SETUP and step is not SETUP_METHOD_OF_TESTCASE


def _receives(function: FunctionDefinition, subject: Subject) -> tuple[tuple[str, Reference], ...]:
    binding = binding_of(function)
    if binding is Binding.STATIC or not function.node.parameters:
        return ()
    held = Subject.CLASS if binding is Binding.CLASS else subject
    return ((function.node.parameters[0].name, held),)


def _calls_what_it_is_given(decorator: FunctionDefinition) -> bool:
    """Whether a decorator of the project calls the function that it is given by its name."""
    makers = [decorator.node, *(s for s in statements_of_all(decorator.node.body) if isinstance(s, Function))]
    given = {maker.parameters[0].name for maker in makers if maker.parameters}
    parts = (
        part
        for statement in statements_of_all(decorator.node.body)
        for expression in expressions(statement)
        for part in subexpressions(expression)
    )
    wraps = any(isinstance(part, Call) and _passes_self(part, given) for part in parts)
    returns = (s.value for s in statements(decorator.node.body) if isinstance(s, Return))
    return wraps or any(isinstance(value, Name) and value.id in given for value in returns)


def _passes_self(call: Call, given: set[str]) -> bool:
    """`function(self, …)` or `function(*arguments)`, of one of the given functions."""
    match call.function, call.arguments:
        case Name(id=name), (first, *_) if name in given:
            return bool(first.star) or isinstance(first.value, Name)
    return False


def _is_fixture(function: FunctionDefinition) -> bool:
    """Whether a decorator makes a fixture of it; the runner then does not call it as a hook."""
    return any(last_word(decorator) in ("fixture", "yield_fixture") for decorator in function.node.decorators)
