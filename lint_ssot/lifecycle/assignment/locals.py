"""Which names are local to a function: its parameters and everything its body binds."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Collection, Expression, Name, Starred
from lint_ssot.facts.statements import (
    Annotate,
    Assign,
    Block,
    Class,
    For,
    Function,
    Global,
    Import,
    ImportFrom,
    Match,
    Statement,
    Try,
    With,
)
from lint_ssot.facts.traversal import statements


def local_names(function: Function) -> frozenset[str]:
    """The names that belong to the function itself, without those it declares global."""
    bound = {parameter.name for parameter in function.parameters}
    bound.update(_bound_in(function.body))
    return frozenset(bound - set(_declared_global(function.body)))


def is_rebound(function: Function, name: str) -> bool:
    """Whether the body binds the name, which is that of a parameter, to anything else."""
    return name in _bound_in(function.body)


def _bound_in(block: Block) -> Iterator[str]:
    for statement in statements(block):
        yield from _bound_by(statement)


def _bound_by(statement: Statement) -> Iterator[str]:
    match statement:
        case Assign(targets=targets):
            yield from _names_of(targets)
        case Annotate(target=target) | For(target=target):
            yield from _names_of((target,))
        case With(items=items):
            yield from _names_of(tuple(item.target for item in items if item.target is not None))
        case Function(name=name) | Class(name=name):
            yield name
        case Import(names=names) | ImportFrom(names=names):
            yield from (alias.bound or alias.name.partition(".")[0] for alias in names)
        case Try(handlers=handlers):
            yield from (handler.name for handler in handlers if handler.name)
        case Match(cases=cases):
            yield from (name for case in cases for name in case.bound)


def _names_of(targets: tuple[Expression, ...]) -> Iterator[str]:
    for target in targets:
        match target:
            case Name(id=name):
                yield name
            case Collection(items=items):
                yield from _names_of(items)
            case Starred(value=value):
                yield from _names_of((value,))


def _declared_global(block: Block) -> Iterator[str]:
    for statement in statements(block):
        if isinstance(statement, Global):
            yield from statement.names
