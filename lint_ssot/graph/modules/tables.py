"""Whether a file may write to a table of names, such as `sys.modules`, or surely only reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from lint_ssot.facts.expressions import (
    Attribute,
    Choice,
    Collection,
    Compare,
    Expression,
    Logic,
    Name,
    Not,
    Starred,
    Subscript,
)
from lint_ssot.facts.statements import Annotate, Assign, Block, Delete, Evaluate, For, If, Statement, While, With
from lint_ssot.facts.traversal import expressions, parts, statements_of_all, subexpressions

IsTable: TypeAlias = Callable[[Expression], bool]

# methods that leave a table as it is
READING = frozenset({"copy", "get", "items", "keys", "values"})


def is_only_read(body: Block, is_table: IsTable) -> bool:
    """Whether nothing in a body, in its functions neither, can change what the table holds.

    Names that the table is assigned to are followed; what is passed on is not.
    """
    names = _names_of(body, is_table)

    def is_followed(expression: Expression) -> bool:
        return is_table(expression) or (isinstance(expression, Name) and expression.id in names)

    return not any(_lets_go(statement, is_followed) for statement in statements_of_all(body))


def written(statement: Statement) -> Iterator[Expression]:
    """What a statement writes to or deletes, each target by itself."""
    match statement:
        case Assign(targets=targets) | Delete(targets=targets):
            yield from _each(targets)
        case Annotate(target=target) | For(target=target):
            yield from _each((target,))
        case With(items=items):
            yield from _each(tuple(item.target for item in items if item.target is not None))


def _each(targets: tuple[Expression, ...]) -> Iterator[Expression]:
    for target in targets:
        match target:
            case Collection(items=items):
                yield from _each(items)
            case Starred(value=value):
                yield from _each((value,))
            case _:
                yield target


def _names_of(body: Block, is_table: IsTable) -> frozenset[str]:
    names: set[str] = set()
    count = -1
    while count != len(names):
        count = len(names)
        known = frozenset(names)
        for statement in statements_of_all(body):
            if isinstance(statement, Assign) and _gives(statement.value, is_table, known):
                names.update(target.id for target in statement.targets if isinstance(target, Name))
    return frozenset(names)


def _gives(expression: Expression, is_table: IsTable, names: frozenset[str]) -> bool:
    """Whether the value of an expression may be the table; what `and` drops is empty, and nobody's concern."""
    match expression:
        case Name(id=name) if name in names:
            return True
        case Logic(operator="and", values=(*_, last)):
            return _gives(last, is_table, names)
        case Logic(values=values):
            return any(_gives(each, is_table, names) for each in values)
        case Choice(then=then, otherwise=otherwise):
            return _gives(then, is_table, names) or _gives(otherwise, is_table, names)
    return is_table(expression)


def _lets_go(statement: Statement, is_table: IsTable) -> bool:
    """Whether the table is written to in a statement, or goes where it is not followed."""
    targets = tuple(written(statement))
    for target in targets:
        if isinstance(target, Subscript) and is_table(target.value):
            return True
    for expression in expressions(statement):
        if _gives(expression, is_table, frozenset()) and not _is_followed(statement, targets):
            return True
        if any(_is_passed(part, is_table) for part in subexpressions(expression)):
            return True
    return False


def _is_followed(statement: Statement, targets: tuple[Expression, ...]) -> bool:
    match statement:
        case Assign():
            return all(isinstance(target, Name) for target in targets)
        case For() | If() | While() | Evaluate() | Delete():
            return True
    return False


def _is_passed(part: Expression, is_table: IsTable) -> bool:
    match part:
        case Attribute(attr=attr):
            is_harmless = attr in READING
        case Subscript() | Compare() | Not() | Logic() | Choice():
            is_harmless = True
        case _:
            is_harmless = False
    return not is_harmless and any(_gives(each, is_table, frozenset()) for each in parts(part))
