"""Hooks that never run because a base which does not chain comes before theirs."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Await, Call, Constant, Expression, Opaque
from lint_ssot.facts.statements import Evaluate, Raise, Return, Statement
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes, Hierarchy
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


def chains(hook: FunctionDefinition) -> bool:
    """Whether a hook calls the same hook of a parent, or of another object."""
    return next(_receivers(hook), None) is not None


def _shadowed(
    hook: Hook, hierarchy: Hierarchy, classes: Classes
) -> Iterator[tuple[ClassDefinition, FunctionDefinition]]:
    """The definitions of a hook that come after one that does not chain, and who that belongs to."""
    shadower: ClassDefinition | None = None
    called_by_name: set[ClassDefinition] = set()
    for owner in hierarchy.classes:
        member = classes.members(owner).get(hook.name)
        if member is None:
            continue
        if not isinstance(member, FunctionDefinition):
            return
        if shadower is None:
            receivers = tuple(_receivers(member))
            called_by_name |= set(_named_classes(receivers, member, classes))
            shadower = None if receivers else owner
        elif owner not in called_by_name and _is_of_a_mixin(member, owner, shadower, classes):
            yield shadower, member


def _is_of_a_mixin(
    member: FunctionDefinition, owner: ClassDefinition, shadower: ClassDefinition, classes: Classes
) -> bool:
    """Whether a hook has something to do and belongs beside the shadower; what that inherits it overrides at will."""
    if owner.module.origin is not Origin.PROJECT or owner in classes.hierarchy(shadower).classes:
        return False
    return any(_does_something(statement, member.node.name) for statement in member.node.body)


def _receivers(hook: FunctionDefinition) -> Iterator[Expression]:
    """On what a hook calls the same hook: `super()`, a class by its name, another object."""
    for statement in statements(hook.node.body):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                match part:
                    case Call(function=Attribute(value=receiver, attr=name)) if name == hook.node.name:
                        yield receiver


def _named_classes(
    receivers: tuple[Expression, ...], hook: FunctionDefinition, classes: Classes
) -> Iterator[ClassDefinition]:
    """The classes that are called by their name, with all they inherit from: they may chain among themselves."""
    for receiver in receivers:
        found = classes.names.resolve(hook.module, receiver)
        if isinstance(found, ClassDefinition):
            yield from classes.hierarchy(found).classes


def _does_something(statement: Statement, name: str) -> bool:
    match statement:
        case Evaluate(value=Constant()) | Evaluate(value=Opaque(parts=())) | Raise() | Return(value=None):
            return False
        case Evaluate(value=Await(value=value)) | Evaluate(value=value):
            match value:
                case Call(function=Attribute(attr=called)):
                    return called != name
    return True
