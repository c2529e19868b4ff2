"""Hooks that never run because a base which does not chain comes before theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_ssot.facts.expressions import Attribute, Await, Call, Constant, Expression, Opaque
from lint_ssot.facts.statements import Evaluate, Raise, Return, Statement
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.graph.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.runners import Hook, Receiver


@dataclass(frozen=True, slots=True)
class ShadowedBase:
    """A base whose hooks never run: `shadower` comes before it, and its own hooks call no parent's."""

    base: ClassDefinition
    shadower: ClassDefinition
    hooks: tuple[FunctionDefinition, ...]


def shadowed_bases(timeline: Timeline, classes: Classes) -> Iterator[ShadowedBase]:
    """The project's bases of a test class whose hooks another base keeps from running, each pair once."""
    hierarchy = timeline.test_class.hierarchy
    found: dict[tuple[ClassDefinition, ClassDefinition], list[FunctionDefinition]] = {}
    for hook in timeline.runner.hooks:
        if hook.receiver is Receiver.MODULE or hook.within is not None:
            continue
        for shadower, shadowed in _shadowed(hook, hierarchy, classes):
            if shadowed.owner is not None and shadowed not in timeline.reached:
                found.setdefault((shadowed.owner, shadower), []).append(shadowed)
    for (base, shadower), hooks in found.items():
        yield ShadowedBase(base, shadower, tuple(hooks))


def _shadowed(
    hook: Hook, hierarchy: Hierarchy, classes: Classes
) -> Iterator[tuple[ClassDefinition, FunctionDefinition]]:
    """The definitions of a hook that come after one that does not chain, and who that belongs to."""
    shadower: ClassDefinition | None = None
    for owner in hierarchy.classes:
        member = classes.members(owner).get(hook.name)
        if member is None:
            continue
        if not isinstance(member, FunctionDefinition):
            return
        if shadower is None:
            shadower = None if _calls_a_parent(member) else owner
        elif _is_of_a_mixin(member, owner, shadower, classes):
            yield shadower, member


def _is_of_a_mixin(
    member: FunctionDefinition, owner: ClassDefinition, shadower: ClassDefinition, classes: Classes
) -> bool:
    """Whether a hook has something to do and belongs beside the shadower; what that inherits it overrides at will."""
    if owner.module.origin is not Origin.PROJECT or owner in classes.hierarchy(shadower).classes:
        return False
    return any(_does_something(statement, member.node.name) for statement in member.node.body)


def _calls_a_parent(hook: FunctionDefinition) -> bool:
    """Whether it calls the same hook of anything: `super()`, a class by its name, another object."""
    return any(
        _is_call_of(part, hook.node.name)
        for statement in statements(hook.node.body)
        for expression in expressions(statement)
        for part in subexpressions(expression)
    )


def _is_call_of(part: Expression, name: str) -> bool:
    return isinstance(part, Call) and isinstance(part.function, Attribute) and part.function.attr == name


def _does_something(statement: Statement, name: str) -> bool:
    match statement:
        case Evaluate(value=Constant()) | Evaluate(value=Opaque(parts=())) | Raise() | Return(value=None):
            return False
        case Evaluate(value=Await(value=value)) | Evaluate(value=value):
            return not _is_call_of(value, name)
    return True
