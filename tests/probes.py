"""What the pages in `docs/specs` can ask: each probe answers for one line of a linted module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lint_ssot.facts.statements import Class
from lint_ssot.graph.definitions import ClassDefinition, Origin
from lint_ssot.lifecycle.assignment.state import State
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.collecting.collection import TestMethod
from lint_ssot.lifecycle.hooks.of_modules import module_hooks
from lint_ssot.lifecycle.hooks.schedule import HookCall
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.runners import Hook, Receiver
from tests.probe_values import value

Probe = Callable[[LintedModule, int], str]


def class_at(module: LintedModule, line: int) -> ClassDefinition:
    """The class at the top level of the module whose statement stands on the line."""
    for statement in module.module.facts.body:
        if isinstance(statement, Class) and statement.at.line == line:
            return ClassDefinition(module.module, statement)
    raise LookupError(f"no class stands on line {line}")


def mro(module: LintedModule, line: int) -> str:
    """The names of the classes in resolution order, `…` at the end if the class is open."""
    hierarchy = module.classes.hierarchy(class_at(module, line))
    names = [definition.node.qualname for definition in hierarchy.classes]
    return ", ".join(names if hierarchy.open_because is None else [*names, "…"])


def timeline_at(module: LintedModule, line: int) -> Timeline:
    """The tests of the class whose statement stands on the line."""
    for timeline in module.timelines:
        if timeline.test_class.definition.node.at.line == line:
            return timeline
    raise LookupError(f"no test class stands on line {line}")


def hooks(module: LintedModule, line: int) -> str:
    """What the runner calls of the project for the first test of a class; in parentheses if the body never runs."""
    schedule = timeline_at(module, line).schedule
    test = schedule.test_class.tests[0]
    made = {id(call.source): call for call in schedule.setup(test)}
    of_module = {each.hook.name for each in module_hooks(module.module, module.classes.names, module.collection)}
    names: list[str] = []
    for step in schedule.plans[0].steps:
        if id(step) in made:
            names += called(made[id(step)])
        elif isinstance(step, Hook) and step.receiver is Receiver.MODULE and step.name in of_module:
            names.append(step.name)
    for call in (schedule.test(test), *schedule.teardown(test)):
        names += called(call)
    return ", ".join(names)


def calls(module: LintedModule, line: int) -> str:
    """The functions of the project whose bodies run for the first test of a class, in order, cleanups among them."""
    reached = timeline_at(module, line).lives[0].log.reached
    return ", ".join(each.node.name for each in reached if each.module.origin is Origin.PROJECT)


def called(call: HookCall) -> Iterator[str]:
    if call.function.module.origin is Origin.PROJECT:
        yield call.function.node.name if call.runs else f"({call.function.node.name})"


def assigned(module: LintedModule, line: int) -> str:
    """The attributes that the object of the test on the line certainly has when its body begins."""
    for timeline in module.timelines:
        for test in timeline.test_class.tests:
            if test.function.module is module.module and test.function.node.at.line == line:
                return ", ".join(before(timeline, test))
    raise LookupError(f"no test stands on line {line}")


def before(timeline: Timeline, test: TestMethod) -> Iterator[str]:
    life = next(life for life in timeline.lives if life.test is test)
    state = State(is_open=timeline.schedule.is_open)
    for passage in life.passages[: len(timeline.schedule.setup(test))]:
        assert passage.after is not None, f"`{passage.call.function.node.name}` never returns"
        state = passage.after
    yield from sorted(state.assigned - set(timeline.runner.gives))
    if state.is_open:
        yield "…"


PROBES: Mapping[str, Probe] = {
    "mro": mro,
    "hooks": hooks,
    "calls": calls,
    "assigned": assigned,
    "value": value,
}
