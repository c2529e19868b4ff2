"""What the module level binds, which statement does so, and in which line."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Collection, Expression, Name
from lint_ssot.facts.statements import Annotate, Assign, Block, Class, Function, Import, ImportFrom, Statement
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A name, its line (1-based) and the statement that binds it."""

    name: str
    line: int
    by: Statement


def bound_names(body: Block) -> Iterator[Bound]:
    """Every name that a statement of the body binds, nested ones included; loops and patterns aside."""
    for statement in statements(body):
        for name, line in _bound_by(statement):
            yield Bound(name, line, statement)


def _bound_by(statement: Statement) -> Iterator[tuple[str, int]]:
    match statement:
        case Function(name=name, at=at) | Class(name=name, at=at):
            yield name, at.line
        case Import(names=aliases) | ImportFrom(names=aliases):
            for alias in aliases:
                yield alias.bound or alias.name.partition(".")[0], alias.at.line
        case Assign(targets=targets):
            for target in targets:
                yield from _named(target)
        case Annotate(target=target):
            yield from _named(target)


def _named(target: Expression) -> Iterator[tuple[str, int]]:
    match target:
        case Name(id=name, at=at):
            yield name, at.line
        case Collection(items=items):
            for item in items:
                yield from _named(item)
