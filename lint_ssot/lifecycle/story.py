"""The story of one test: the calls its runner makes, in order, and what each of them does for it."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from lint_ssot.graph.definitions import FunctionDefinition, Unknown
from lint_ssot.lifecycle.assigned import MissingAttribute
from lint_ssot.lifecycle.assignment.timeline import Passage, Timeline
from lint_ssot.lifecycle.choice import runner_of_functions
from lint_ssot.lifecycle.collection import TestClass, TestMethod
from lint_ssot.lifecycle.fixture_definitions import Fixture
from lint_ssot.lifecycle.fixtures import Fixtures, Plan
from lint_ssot.lifecycle.hooks import BODY_WAITS, HookCall
from lint_ssot.lifecycle.kinds import Kind, kind_of
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.module_hooks import ModuleHook, module_hooks
from lint_ssot.lifecycle.one_test import OneTest, one_test
from lint_ssot.lifecycle.runners import Hook, Phase, Runner
from lint_ssot.lifecycle.skipped_hooks import SkippedHook, assignments_of, skipped_hooks
from lint_ssot.lifecycle.standing import caller_name


class Role(enum.Enum):
    """What a step is to the test."""

    CONSTRUCTION = "construction"
    FIXTURE = "fixture"
    HOOK = "hook"
    TEST = "test"


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

    `steps` are empty where nobody knows how the test is run.
    `silent_because` says what cannot be known, so that nothing is said about attributes.
    """

    test: TestMethod
    test_class: TestClass | None
    runner: Runner | Unknown
    steps: tuple[Step, ...]
    skipped: tuple[SkippedHook, ...] = ()
    silent_because: tuple[str, ...] = ()

    @property
    def functions(self) -> frozenset[FunctionDefinition]:
        """Every function whose body runs for the test."""
        return frozenset(each for step in self.steps if step.runs for each in (step.function, *step.reached))


def tell_story(module: LintedModule, test_class: TestClass | None, test: TestMethod) -> Story:
    """The story of a test that the module collects: a method of the class or, without one, a function."""
    if test_class is None:
        return _story_of_function(module, test)
    if isinstance(test_class.runner, Unknown):
        return Story(test, test_class, test_class.runner, (), silent_because=(test_class.runner.why,))
    alone = one_test(module, test_class, test)
    timeline = alone.timelines[0]
    steps = (_step(passage, timeline, alone) for passage in timeline.lives[0].passages)
    return Story(
        test=test,
        test_class=test_class,
        runner=timeline.runner,
        steps=_among_module_hooks(module, tuple(steps), with_functions=False),
        skipped=skipped_hooks(timeline),
        silent_because=tuple(_silent_because(timeline, test)),
    )


def _silent_because(timeline: Timeline, test: TestMethod) -> Iterator[str]:
    """Why an attribute that nobody is seen to assign may be there all the same."""
    if timeline.test_class.hierarchy.open_because is not None:
        yield timeline.test_class.hierarchy.open_because
    plan = timeline.schedule.plans[timeline.test_class.tests.index(test)]
    yield from _undefined(plan)
    state = next(
        (each.after for each in timeline.lives[0].passages if each.after is not None and each.after.is_open), None
    )
    if state is not None and timeline.test_class.hierarchy.open_because is None and not plan.unknown:
        yield "something on the way may assign any attribute"


def _step(passage: Passage, timeline: Timeline, alone: OneTest) -> Step:
    call, log = passage.call, passage.log
    certain = passage.after.assigned if passage.after is not None else frozenset[str]()
    reads = set(log.reads)
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
        missing=tuple(missing for _, missing in alone.missing if missing.read in reads),
    )


def _role(call: HookCall) -> Role:
    if isinstance(call.source, Hook):
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


def _story_of_function(module: LintedModule, test: TestMethod) -> Story:
    """A function has fixtures and no object: nothing is followed."""
    alone = one_test(module, None, test)
    plan = Fixtures(module.classes, module.settings, module.project).plan(None, test)
    fixtures = tuple(_fixture_step(each, module) for each in plan.fixtures)
    own = Step(
        Role.TEST,
        test.function,
        Phase.TEST,
        test.kind,
        runs=not alone.unrun_tests,
        is_awaited=test.kind is Kind.COROUTINE and not alone.unrun_tests,
        caller="pytest",
    )
    runner = runner_of_functions(module.collection.invocation)
    steps = _among_module_hooks(module, (*fixtures, own), with_functions=True)
    return Story(test, None, runner, steps, silent_because=tuple(_undefined(plan)))


def _undefined(plan: Plan) -> Iterator[str]:
    for name in dict.fromkeys(plan.unknown):
        yield f"nothing known defines the fixture or plug-in `{name}`"


def _fixture_step(fixture: Fixture, module: LintedModule) -> Step:
    kind = kind_of(fixture.function, module.classes.names)
    is_async = kind in (Kind.COROUTINE, Kind.ASYNC_GENERATOR)
    return Step(Role.FIXTURE, fixture.function, Phase.SETUP, kind, True, is_awaited=is_async, scope=fixture.scope)


def _among_module_hooks(module: LintedModule, steps: tuple[Step, ...], *, with_functions: bool) -> tuple[Step, ...]:
    """The steps with the module's hooks around them."""
    hooks = [
        (each.hook.phase, _module_step(each))
        for each in module_hooks(module.module, module.classes.names, module.collection)
        if with_functions or not each.hook.name.endswith("_function")
    ]
    before = [step for phase, step in hooks if phase is Phase.MODULE_SETUP]
    each_before = [step for phase, step in hooks if phase is Phase.SETUP]
    each_after = [step for phase, step in hooks if phase is Phase.TEARDOWN]
    after = [step for phase, step in hooks if phase is Phase.MODULE_TEARDOWN]
    outer = sum(step.scope in ("session", "package") for step in steps)
    at = next((index for index, step in enumerate(steps) if step.role is Role.TEST), len(steps))
    return (*steps[:outer], *before, *steps[outer:at], *each_before, *steps[at:], *each_after, *after)


def _module_step(found: ModuleHook) -> Step:
    return Step(
        Role.HOOK,
        found.function,
        found.hook.phase,
        found.kind,
        runs=found.kind not in BODY_WAITS,
        caller=found.runner.name,
    )
