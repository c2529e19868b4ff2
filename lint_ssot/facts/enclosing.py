"""What stands around a position: the functions and classes whose statements hold it."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Block, Class, Function, Import, ImportFrom, Statement, With
from lint_ssot.facts.traversal import blocks, expressions, subexpressions


def enclosing(body: Block, at: Position) -> tuple[Function | Class, ...]:
    """The functions and classes around a position, outermost first; decorators belong to what they decorate."""
    return tuple(_enclosing(body, at))


def _enclosing(body: Block, at: Position) -> Iterator[Function | Class]:
    holder: Statement | None = None
    for statement in body:
        start = _start(statement)
        if start is not None and start > at:
            break
        holder = statement if start is not None else holder
    if isinstance(holder, (Function, Class)):
        yield holder
        yield from _enclosing(holder.body, at)
    elif holder is not None:
        yield from _enclosing(tuple(inner for block in blocks(holder) for inner in block), at)


def _start(statement: Statement) -> Position | None:
    """Where a statement begins, as far as facts tell; None if nothing in it has a position."""
    found = [
        position
        for expression in expressions(statement)
        for part in subexpressions(expression)
        if isinstance(position := getattr(part, "at", None), Position)
    ]
    if isinstance(statement, (Function, Class, With, Import, ImportFrom)):
        found.append(statement.at)
    if not found:
        inner = (_start(each) for block in blocks(statement) for each in block)
        found = [start for start in inner if start is not None]
    return min(found, default=None)
