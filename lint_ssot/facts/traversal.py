"""What stands inside what: the blocks and expressions of a statement, the parts of an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, TypeVar

from lint_ssot.facts.expressions import (
    Attribute,
    Await,
    Call,
    Choice,
    Collection,
    Compare,
    Comprehension,
    Expression,
    Lambda,
    Logic,
    Mapping,
    Not,
    Opaque,
    Starred,
    Subscript,
    Walrus,
    Yield,
)
from lint_ssot.facts.statements import (
    Annotate,
    Assert,
    Assign,
    Block,
    Class,
    Delete,
    Evaluate,
    For,
    Function,
    If,
    Match,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)

Inner = TypeVar("Inner")
Table: TypeAlias = "dict[type, Callable[[Any], Inner]]"


def blocks(statement: Statement) -> tuple[Block, ...]:
    """The blocks directly inside a compound statement; functions and classes keep theirs to themselves."""
    inner = _BLOCKS.get(type(statement))
    return () if inner is None else inner(statement)


def statements(block: Block) -> Iterator[Statement]:
    """All statements of a body in order, nested ones after the one that holds them; not those of inner functions."""
    # not recursive: bodies are walked by every stage, and a generator in a generator costs more than the walk
    rest = list(block[::-1])
    while rest:
        statement = rest.pop()
        yield statement
        inner = _BLOCKS.get(type(statement))
        if inner is not None:
            for each in inner(statement)[::-1]:
                rest += each[::-1]


def statements_of_all(block: Block) -> Iterator[Statement]:
    """All statements of a body in order, also those of inner functions and classes."""
    rest = list(block[::-1])
    while rest:
        statement = rest.pop()
        yield statement
        inner = _BODIES.get(type(statement))
        if inner is not None:
            for each in inner(statement)[::-1]:
                rest += each[::-1]


def expressions(statement: Statement) -> tuple[Expression, ...]:
    """The expressions that stand directly in a statement, without those of its blocks."""
    found = _EXPRESSIONS.get(type(statement))
    return () if found is None else found(statement)


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an expression, in evaluation order."""
    found = _PARTS.get(type(expression))
    return () if found is None else found(expression)


def subexpressions(expression: Expression) -> Iterator[Expression]:
    """The expression itself and everything inside it, outermost first."""
    rest = [expression]
    while rest:
        each = rest.pop()
        yield each
        found = _PARTS.get(type(each))
        if found is not None:
            rest += found(each)[::-1]


def _present(*expressions: Expression | None) -> tuple[Expression, ...]:
    return tuple([each for each in expressions if each is not None])


def _of_function(statement: Function) -> tuple[Expression, ...]:
    return (*statement.decorators, *[each.default for each in statement.parameters if each.default is not None])


def _of_class(statement: Class) -> tuple[Expression, ...]:
    return (*statement.decorators, *[base.value for base in statement.bases])


def _of_try(statement: Try) -> tuple[Expression, ...]:
    return _present(*[handler.type for handler in statement.handlers])


def _of_with(statement: With) -> tuple[Expression, ...]:
    return _present(*[each for item in statement.items for each in (item.value, item.target)])


def _of_mapping(display: Mapping) -> tuple[Expression, ...]:
    return _present(*[each for pair in zip(display.keys, display.values, strict=True) for each in pair])


def _of_comprehension(display: Comprehension) -> tuple[Expression, ...]:
    heads = [each for made in display.generations for each in (made.iterable, made.target, *made.conditions)]
    return (*heads, *display.elements)


_BLOCKS: Table[tuple[Block, ...]] = {
    If: lambda each: (each.body, each.orelse),
    While: lambda each: (each.body, each.orelse),
    For: lambda each: (each.body, each.orelse),
    Try: lambda each: (each.body, *[handler.body for handler in each.handlers], each.orelse, each.finalbody),
    With: lambda each: (each.body,),
    Match: lambda each: tuple([case.body for case in each.cases]),
}
_BODIES: Table[tuple[Block, ...]] = {
    **_BLOCKS,
    Function: lambda each: (each.body,),
    Class: lambda each: (each.body,),
}
_EXPRESSIONS: Table[tuple[Expression, ...]] = {
    Evaluate: lambda each: (each.value,),
    Assert: lambda each: (each.test,),
    If: lambda each: (each.test,),
    While: lambda each: (each.test,),
    Match: lambda each: (each.subject,),
    Assign: lambda each: (each.value, *each.targets),
    For: lambda each: (each.iterable, each.target),
    Return: lambda each: _present(each.value),
    Delete: lambda each: each.targets,
    Annotate: lambda each: _present(each.value, each.target),
    Raise: lambda each: _present(each.value, each.cause),
    Function: _of_function,
    Class: _of_class,
    Try: _of_try,
    With: _of_with,
}
_PARTS: Table[tuple[Expression, ...]] = {
    Attribute: lambda each: (each.value,),
    Await: lambda each: (each.value,),
    Starred: lambda each: (each.value,),
    Not: lambda each: (each.value,),
    Lambda: lambda each: (each.value,),
    Call: lambda each: (each.function, *[argument.value for argument in each.arguments]),
    Collection: lambda each: each.items,
    Logic: lambda each: each.values,
    Opaque: lambda each: each.parts,
    Subscript: lambda each: (each.value, each.index),
    Compare: lambda each: (each.left, each.right),
    Choice: lambda each: (each.test, each.then, each.otherwise),
    Yield: lambda each: _present(each.value),
    Walrus: lambda each: (each.value, each.target),
    Mapping: _of_mapping,
    Comprehension: _of_comprehension,
}
