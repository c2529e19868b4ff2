"""Methods that look like hooks and do not run for a test class: each with the reason, and what it would assign."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.assignment.writes import attributes_written
from lint_ssot.lifecycle.hooks.lookalikes import uncalled_hooks
from lint_ssot.lifecycle.runners import Hook, Receiver


@dataclass(frozen=True, slots=True)
class SkippedHook:
    """A method that a person may take for a hook that runs.

    `culprit` is the override that keeps it from running; None if nobody calls the method by its name.
    """

    function: FunctionDefinition
    why: str
    would_assign: tuple[str, ...]
    culprit: FunctionDefinition | None = None


def skipped_hooks(timeline: Timeline) -> tuple[SkippedHook, ...]:
    """What does not run, in the order of resolution: what nobody calls, and what an override hides."""
    found = list(_uncalled(timeline))
    for hook in timeline.runner.hooks:
        if hook.receiver is not Receiver.MODULE:
            found.extend(_hidden(hook, timeline))
    order = timeline.test_class.hierarchy.classes
    return tuple(sorted(found, key=lambda each: order.index(each.function.owner) if each.function.owner else -1))


def _uncalled(timeline: Timeline) -> Iterator[SkippedHook]:
    for each in uncalled_hooks(timeline.test_class, timeline, timeline.classes):
        yield SkippedHook(each.function, each.reason.value, assignments_of(each.function))


def _hidden(hook: Hook, timeline: Timeline) -> Iterator[SkippedHook]:
    """The definitions of a hook that the one which is found first does not lead on to."""
    first: FunctionDefinition | None = None
    for owner in timeline.test_class.hierarchy.classes:
        member = timeline.members(owner).get(hook.name)
        if not isinstance(member, FunctionDefinition):
            continue
        if first is None:
            first = member
        elif member not in timeline.reached and _matters(member):
            yield SkippedHook(member, _why(first, timeline), assignments_of(member), first)


def _matters(function: FunctionDefinition) -> bool:
    """Whether a person would miss it: what a framework has, only if it assigns something."""
    is_own = function.module.origin is Origin.PROJECT and bool(function.node.body)
    return is_own or bool(assignments_of(function))


def _why(first: FunctionDefinition, timeline: Timeline) -> str:
    name = first.node.qualname
    if first not in timeline.reached:
        return f"`{name}` hides it, and " + ("is never awaited" if first.node.is_async else "does not run itself")
    return f"`{name}` hides it, and does not call `super().{first.node.name}()`"


def assignments_of(function: FunctionDefinition) -> tuple[str, ...]:
    """The attributes that a method would assign if it ran."""
    return tuple(dict.fromkeys(attributes_written(function.node)))
