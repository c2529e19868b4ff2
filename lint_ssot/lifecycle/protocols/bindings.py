"""How names come to be bound in one body, every way of it, so that nothing is taken for the only one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lint_ssot.facts.expressions import Collection, Expression, Name, Starred
from lint_ssot.facts.statements import (
    Alias,
    Annotate,
    Assign,
    Block,
    Class,
    For,
    Function,
    Import,
    ImportFrom,
    Item,
    Match,
    Statement,
    Try,
    With,
)
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """The name is bound to the value of an expression."""

    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Entered:
    """The name is bound to what a with item gives when it is entered."""

    item: Item
    is_async: bool


@dataclass(frozen=True, slots=True, eq=False)
class Defined:
    """The name is bound by a `def` or `class` statement."""

    node: Function | Class


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """The name is bound by an import."""

    statement: Import | ImportFrom
    alias: Alias


@dataclass(frozen=True, slots=True)
class Obscure:
    """The name is bound in a way that tells nothing of the value."""


Binding: TypeAlias = Assigned | Entered | Defined | Imported | Obscure
Bindings: TypeAlias = "Mapping[str, tuple[Binding, ...]]"


def bindings_of(block: Block) -> Bindings:
    """Every binding of every name that the statements of a body bind.

    What an inner function rebinds, or an expression by `:=`, is not seen here: see `Inferring.is_rebound`.
    """
    found: dict[str, list[Binding]] = {}
    for statement in statements(block):
        for name, binding in _bound_by(statement):
            found.setdefault(name, []).append(binding)
    return {name: tuple(each) for name, each in found.items()}


def _bound_by(statement: Statement) -> Iterator[tuple[str, Binding]]:
    for target, binding in bound_targets(statement):
        yield from _bound_to(target, binding)
    match statement:
        case Function(name=name) | Class(name=name):
            yield name, Defined(statement)
        case Import(names=names) | ImportFrom(names=names):
            for alias in names:
                yield alias.bound or alias.name.partition(".")[0], Imported(statement, alias)
        case Try(handlers=handlers):
            yield from ((handler.name, Obscure()) for handler in handlers if handler.name)
        case Match(cases=cases):
            yield from ((name, Obscure()) for case in cases for name in case.bound)


def bound_targets(statement: Statement) -> Iterator[tuple[Expression, Binding]]:
    """What a statement assigns to, and how, in the order of its targets."""
    match statement:
        case Assign(targets=targets, value=value, is_augmented=is_augmented):
            yield from ((target, Obscure() if is_augmented else Assigned(value)) for target in targets)
        case Annotate(target=target, value=value) if value is not None:
            yield target, Assigned(value)
        case With(items=items, is_async=is_async):
            yield from ((item.target, Entered(item, is_async)) for item in items if item.target is not None)
        case For(target=target):
            yield target, Obscure()


def _bound_to(target: Expression, binding: Binding) -> Iterator[tuple[str, Binding]]:
    """The names in a target; the parts of a tuple are bound to parts of the value, which are paired if they can be."""
    match target, binding:
        case Name(id=name), _:
            yield name, binding
        case Collection(items=targets), Assigned(value=Collection(items=values)) if _can_pair(targets, values):
            for each, value in zip(targets, values, strict=True):
                yield from _bound_to(each, Assigned(value))
        case Collection(items=targets), _:
            for each in targets:
                yield from _bound_to(each, Obscure())
        case Starred(value=inner), _:
            yield from _bound_to(inner, Obscure())


def _can_pair(targets: tuple[Expression, ...], values: tuple[Expression, ...]) -> bool:
    return len(targets) == len(values) and not any(isinstance(each, Starred) for each in (*targets, *values))
