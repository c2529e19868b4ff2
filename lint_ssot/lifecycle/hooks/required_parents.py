"""Hooks of a framework's own class that it wants to see called, and that an override keeps from being called."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assignment.timeline import Life, Timeline
from lint_ssot.lifecycle.choice import is_of_framework
from lint_ssot.lifecycle.collecting.collection import TestClass


@dataclass(frozen=True, slots=True)
class UncalledParent:
    """An override that does not lead on to `parent`, without which every test fails; `tests` are those it stops."""

    test_class: TestClass
    override: FunctionDefinition
    parent: FunctionDefinition
    tests: tuple[str, ...]


def uncalled_parents(timeline: Timeline) -> Iterator[UncalledParent]:
    """The required hooks that no test of the class comes to; an override that is async is told as that."""
    for name in timeline.runner.requires:
        chain = [
            member
            for owner in timeline.test_class.hierarchy.classes
            if isinstance(member := timeline.members(owner).get(name), FunctionDefinition)
        ]
        parent = next((each for each in chain if is_of_framework(each)), None)
        if parent is None or parent in timeline.reached:
            continue
        overrides = [each for each in chain[: chain.index(parent)] if each in timeline.reached]
        tests = tuple(life.test.name for life in timeline.lives if _comes_back(life, name))
        if overrides and tests:
            yield UncalledParent(timeline.test_class, overrides[-1], parent, tests)


def _comes_back(life: Life, hook: str) -> bool:
    """Whether the hook surely runs to its end, and all that it does is known."""
    if life.test.is_conditional:
        return False
    ends = [passage.after for passage in life.passages if passage.call.function.node.name == hook]
    return bool(ends) and all(end is not None and not end.is_open and not end.is_filtered for end in ends)
