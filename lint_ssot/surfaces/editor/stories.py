"""The story of a test in a few lines of Markdown, for the hover on its name, or on a hook of its class."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.enclosing import enclosing
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Function
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.tests.story import Role
from lint_ssot.surfaces.told import Event, Teller, Told, ToldStep, Verdict

# a hover is read at a glance
_MOST_STEPS = 14


def story_at(teller: Teller, line: int, column: int) -> str | None:
    """The story for the name at a position (1-based line, 0-based column); None unless it defines a test or hook."""
    around = enclosing(teller.module.module.facts.body, Position(line, column))
    function = around[-1] if around else None
    if not isinstance(function, Function) or not _is_name(function, line, column):
        return None
    told = list(_stories_of(teller, function))
    if not told:
        return None
    chosen = next((each for each in told if each.death is not None), told[0])
    return "\n".join(_lines(chosen, function, len(told)))


def _is_name(function: Function, line: int, column: int) -> bool:
    start = function.at.column + len("async def " if function.is_async else "def ")
    return function.at.line == line and function.at.column <= column <= start + len(function.name)


def _stories_of(teller: Teller, function: Function) -> Iterator[Told]:
    """The stories that the function is in: its own if it is a test, those of the class's tests if it is a hook."""
    tests = list(teller.tests())
    own = [each for each in tests if each[1].function.node == function]
    owners = [each for each in tests if each[0] and _is_in(each[0].definition.node.qualname, function)]
    for each in own or owners:
        told = teller.tell(*each)
        if own or any(_is_about(step, function) for step in told.steps) or _is_skipped(told, function):
            yield told


def _is_in(qualname: str, function: Function) -> bool:
    return function.qualname.rpartition(".")[0] == qualname


def _is_about(told: ToldStep, function: Function) -> bool:
    return told.step.function.node == function


def _is_skipped(told: Told, function: Function) -> bool:
    return any(skipped.function.node == function for skipped, _ in told.skipped)


def _lines(told: Told, function: Function, count: int) -> Iterator[str]:
    test = told.story.test
    others = f" (and {count - 1} more)" if count > 1 and test.function.node != function else ""
    yield f"`{test.name}`{others} **{_verdict(told)}**"
    yield ""
    for event in told.before:
        yield f"- {_said(event)}"
    for number, each in enumerate(told.steps[:_MOST_STEPS], 1):
        yield f"{number}. {_step(each, function)}"
        yield from (f"    - {_said(event)}" for event in each.events)
    if len(told.steps) > _MOST_STEPS:
        yield f"\n… and {len(told.steps) - _MOST_STEPS} more"
    yield from _never_called(told, function)
    if told.story.silent_because:
        yield f"\nNot all can be known: {told.story.silent_because[0]}"


def _verdict(told: Told) -> str:
    dead = told.deadly_step
    if told.verdict is Verdict.DIES and dead is not None:
        return f"{told.verdict.value}, in `{dead.step.function.node.name}`"
    return told.verdict.value


def _step(told: ToldStep, function: Function) -> str:
    step = told.step
    name = f"`{step.function.node.name}`"
    parts = [f"**{name}**" if step.function.node == function else name, _where(step.function)]
    if step.role is Role.FIXTURE:
        parts.append(f"{step.scope} fixture")
    if not step.runs:
        parts.append("its body never runs")
    if step.assigned:
        parts.append("assigns " + ", ".join(f"`{each.attribute}`" for each in step.assigned[:6]))
    return " — ".join(filter(None, parts))


def _where(function: FunctionDefinition) -> str:
    path = function.module.path
    return f"{path.name}:{function.node.at.line}" if path is not None else function.module.name


def _never_called(told: Told, function: Function) -> Iterator[str]:
    for skipped, _ in told.skipped:
        if skipped.function.node == function or skipped.would_assign:
            yield f"- not called: `{skipped.function.node.qualname}`: {skipped.why}"


def _said(event: Event) -> str:
    return f"{event.diagnostic.text} ({event.diagnostic.code})"
