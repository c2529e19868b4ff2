"""The story of one test: the calls its runner makes, in order, and what each of them does for it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition, Unknown
from lint_ssot.lifecycle.assigned import MissingAttribute
from lint_ssot.lifecycle.assignment.log import Log
from lint_ssot.lifecycle.assignment.timeline import Passage, Timeline
from lint_ssot.lifecycle.choice import runner_of_functions
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.fixtures.definitions import Fixture
from lint_ssot.lifecycle.fixtures.plans import Fixtures, Handling, Plan
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.hooks.of_modules import ModuleHook, module_hooks
from lint_ssot.lifecycle.hooks.schedule import BODY_WAITS, HookCall
from lint_ssot.lifecycle.hooks.skipped import SkippedHook, assignments_of, skipped_hooks
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.runners import Hook, Phase, Runner
from lint_ssot.lifecycle.standing import caller_name
from lint_ssot.lifecycle.tests.one_test import OneTest, one_test


class Role(enum.Enum):
    """What a step is to the test."""

    CONSTRUCTION = "construction"
    FIXTURE = "fixture"
    HOOK = "hook"
    TEST = "test"
    CLEANUP = "cleanup"


@dataclass(frozen=True, slots=True)
class Assignment:
    """An attribute that a step assigns, and the function that does; not `is_certain` on some paths only."""

    attribute: str
    function: FunctionDefinition
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One call that the runner makes.

    `runs` tells whether the body runs: nobody awaits some coroutines.
    `returns` tells whether it can come to its end: one that always raises, or skips, cannot.
    `scope` is a fixture's, `caller` who calls a hook.
    `would_assign` is what is lost where the body does not run.
    `reached` are the other functions that it leads to; `missing` is what is read in it and is not there.
    """

    role: Role
    function: FunctionDefinition
    phase: Phase
    kind: Kind
    runs: bool
    returns: bool = True
    is_awaited: bool = False
    scope: str | None = None
    caller: str | None = None
    assigned: tuple[Assignment, ...] = ()
    would_assign: tuple[str, ...] = ()
    reached: tuple[FunctionDefinition, ...] = ()
    missing: tuple[MissingAttribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is known of the life of one test.

    `steps` are empty where nobody knows how the test is run, and where it is skipped.
    `silent_because` says what cannot be known, so that nothing is said about attributes.
    `unknown_fixtures` are the names it asks for that no known fixture has.
    """

    test: TestMethod
    test_class: TestClass | None
    runner: Runner | Unknown
    steps: tuple[Step, ...]
    skipped: tuple[SkippedHook, ...] = ()
    silent_because: tuple[str, ...] = ()
    unknown_fixtures: tuple[str, ...] = ()

    @property
    def functions(self) -> frozenset[FunctionDefinition]:
        """Every function whose body runs for the test."""
        return frozenset(each for step in self.steps if step.runs for each in (step.function, *step.reached))


def tell_story(module: LintedModule, test_class: TestClass | None, test: TestMethod) -> Story:
    """The story of a test that the module collects: a method of the class or, without one, a function."""
    if test_class is not None and isinstance(test_class.runner, Unknown):
        return Story(test, test_class, test_class.runner, (), silent_because=(test_class.runner.why,))
    fixtures = Fixtures(module.classes, module.settings, module.project)
    if test.conditions.is_skipped:
        return Story(test, test_class, _runner(module, test_class), ())
    if test_class is None:
        return _story_of_function(module, test, fixtures)
    alone = one_test(module, test_class, test)
    if not alone.timelines:
        return Story(test, test_class, test_class.runner, (), silent_because=("there is too much to follow",))
    timeline = alone.timelines[0]
    plan = timeline.schedule.plans[test_class.tests.index(test)]
    life = timeline.lives[0]
    calls = [(each.call.source, _step(each, timeline, alone, fixtures)) for each in life.passages]
    calls += [(None, step) for log in life.cleanups for step in _cleanup_step(log, timeline, alone)]
    return Story(
        test=test,
        test_class=test_class,
        runner=timeline.runner,
        steps=_in_order(calls, plan, _module_hooks(module, with_functions=False)),
        skipped=skipped_hooks(timeline),
        silent_because=tuple(_silent_because(timeline, plan)),
        unknown_fixtures=tuple(plan.unknown),
    )


def _runner(module: LintedModule, test_class: TestClass | None) -> Runner | Unknown:
    return runner_of_functions(module.collection.invocation) if test_class is None else test_class.runner


def _silent_because(timeline: Timeline, plan: Plan) -> Iterator[str]:
    """Why an attribute that nobody is seen to assign may be there all the same."""
    if timeline.test_class.hierarchy.open_because is not None:
        yield timeline.test_class.hierarchy.open_because
    yield from _undefined(plan, timeline.test_class)
    state = next(
        (each.after for each in timeline.lives[0].passages if each.after is not None and each.after.is_open), None
    )
    if state is not None and timeline.test_class.hierarchy.open_because is None and not plan.is_open:
        yield "something on the way may assign any attribute"


def _step(passage: Passage, timeline: Timeline, alone: OneTest, fixtures: Fixtures) -> Step:
    call, log = passage.call, passage.log
    if isinstance(call.source, Fixture) and fixtures.handling(call.source, alone.test) is Handling.UNHANDLED:
        return _fixture_step(call.source, call.kind, runs=False)
    certain = passage.after.assigned if passage.after is not None else frozenset[str]()
    role, phase = _role(call), _phase(call)
    return Step(
        role=role,
        function=call.function,
        phase=phase,
        kind=call.kind,
        runs=call.runs and not (role is Role.TEST and alone.unrun_tests),
        returns=passage.after is not None,
        is_awaited=_is_awaited(call),
        scope=call.source.scope if isinstance(call.source, Fixture) else None,
        caller=caller_name(call.source, timeline.runner) if isinstance(call.source, Hook) else timeline.runner.name,
        assigned=tuple(Assignment(each.attribute, each.function, each.attribute in certain) for each in log.writes),
        would_assign=() if call.runs else assignments_of(call.function),
        reached=tuple(each for each in log.reached if each != call.function),
        missing=_missing(log, alone),
    )


def _cleanup_step(log: Log, timeline: Timeline, alone: OneTest) -> Iterator[Step]:
    """What the test registered for its end, if that is a function of the project's."""
    for function in tuple(log.reached)[:1]:
        yield Step(
            Role.CLEANUP,
            function,
            Phase.TEARDOWN,
            kind_of(function, timeline.classes.names),
            runs=True,
            caller=timeline.runner.name,
            assigned=tuple(Assignment(each.attribute, each.function, is_certain=False) for each in log.writes),
            reached=tuple(log.reached)[1:],
            missing=_missing(log, alone),
        )


def _missing(log: Log, alone: OneTest) -> tuple[MissingAttribute, ...]:
    reads = set(log.reads)
    return tuple(missing for _, missing in alone.missing if missing.read in reads)


def _role(call: HookCall) -> Role:
    if isinstance(call.source, Hook) or call.encloses:
        return Role.HOOK
    if isinstance(call.source, Fixture):
        return Role.FIXTURE
    return Role.CONSTRUCTION if call.function.node.name == "__init__" else Role.TEST


def _phase(call: HookCall) -> Phase:
    if isinstance(call.source, Hook):
        return call.source.phase
    return Phase.TEST if _role(call) is Role.TEST else Phase.SETUP


def _is_awaited(call: HookCall) -> bool:
    return call.runs and call.kind in BODY_WAITS and call.kind is not Kind.GENERATOR


def _story_of_function(module: LintedModule, test: TestMethod, fixtures: Fixtures) -> Story:
    """A function has fixtures and no object: nothing is followed."""
    runs = not one_test(module, None, test).unrun_tests
    plan = fixtures.plan(None, test)
    own = Step(
        Role.TEST,
        test.function,
        Phase.TEST,
        test.kind,
        runs=runs,
        is_awaited=test.kind is Kind.COROUTINE and runs,
        caller="pytest",
    )
    calls = tuple((each, _asked_for(each, test, fixtures, module)) for each in plan.fixtures)
    return Story(
        test=test,
        test_class=None,
        runner=_runner(module, None),
        steps=_in_order((*calls, (None, own)), plan, _module_hooks(module, with_functions=True)),
        silent_because=tuple(_undefined(plan)),
        unknown_fixtures=tuple(plan.unknown),
    )


def _undefined(plan: Plan, test_class: TestClass | None = None) -> Iterator[str]:
    outer = test_class.outer.node.name if test_class is not None and test_class.outer is not None else None
    for name in dict.fromkeys(plan.unknown):
        if name == outer:
            yield f"what the hooks and fixtures of `{name}`, the class around it, do to its tests is not followed"
        else:
            yield f"nothing known defines the fixture or plug-in `{name}`"
    if plan.planted.is_open:
        yield "a hook of a conftest or plug-in assigns attributes whose names are not known"


def _asked_for(fixture: Fixture, test: TestMethod, fixtures: Fixtures, module: LintedModule) -> Step:
    runs = fixtures.handling(fixture, test) is not Handling.UNHANDLED
    return _fixture_step(fixture, kind_of(fixture.function, module.classes.names), runs=runs)


def _fixture_step(fixture: Fixture, kind: Kind, *, runs: bool) -> Step:
    is_async = kind in (Kind.COROUTINE, Kind.ASYNC_GENERATOR)
    return Step(
        Role.FIXTURE,
        fixture.function,
        Phase.SETUP,
        kind,
        runs,
        is_awaited=is_async and runs,
        scope=fixture.scope,
        would_assign=() if runs else assignments_of(fixture.function),
    )


def _module_hooks(module: LintedModule, *, with_functions: bool) -> Iterator[ModuleHook]:
    for each in module_hooks(module.module, module.classes.names, module.collection):
        if with_functions or not each.hook.name.endswith("_function"):
            yield each


def _in_order(
    calls: Iterable[tuple[Hook | Fixture | None, Step]], plan: Plan, hooks: Iterator[ModuleHook]
) -> tuple[Step, ...]:
    """The calls for the test, in their order, and the module's hooks where the plan has them."""
    places = {step.name: place for place, step in enumerate(plan.steps) if isinstance(step, Hook)}
    order: list[tuple[int, Step]] = []
    place = -1
    for source, step in calls:
        place = _place(source, step, plan, place)
        order.append((place, step))
    for each in hooks:
        after = len(plan.steps) + (1 if each.hook.phase is Phase.MODULE_TEARDOWN else 0)
        order.append((places.get(each.hook.name, after), _module_step(each)))
    return tuple(step for _, step in sorted(order, key=lambda each: each[0]))


def _place(source: Hook | Fixture | None, step: Step, plan: Plan, last: int) -> int:
    """Where a call stands in the plan; the test, and whatever comes after it, stands behind its end."""
    if step.role is Role.TEST or step.phase in (Phase.TEARDOWN, Phase.CLASS_TEARDOWN):
        return len(plan.steps)
    return plan.steps.index(source) if source is not None and source in plan.steps else last


def _module_step(found: ModuleHook) -> Step:
    return Step(
        Role.HOOK,
        found.function,
        found.hook.phase,
        found.kind,
        runs=found.kind not in BODY_WAITS,
        caller=found.runner.name,
    )
