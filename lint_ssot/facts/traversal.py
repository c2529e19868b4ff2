"""What stands inside what: the blocks and expressions of a statement, the parts of an expression."""

from __future__ import annotations

from collections.abc import Iterator

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


def blocks(statement: Statement) -> tuple[Block, ...]:
    """The blocks directly inside a compound statement; functions and classes keep theirs to themselves."""
    match statement:
        case If(body=body, orelse=orelse) | While(body=body, orelse=orelse) | For(body=body, orelse=orelse):
            return body, orelse
        case Try():
            handled = (handler.body for handler in statement.handlers)
            return (statement.body, *handled, statement.orelse, statement.finalbody)
        case With(body=body):
            return (body,)
        case Match(cases=cases):
            return tuple(case.body for case in cases)
    return ()


def statements(block: Block) -> Iterator[Statement]:
    """All statements of a body in order, nested ones after the one that holds them; not those of inner functions."""
    for statement in block:
        yield statement
        for inner in blocks(statement):
            yield from statements(inner)


def statements_of_all(block: Block) -> Iterator[Statement]:
    """All statements of a body in order, also those of inner functions and classes."""
    for statement in statements(block):
        yield statement
        if isinstance(statement, (Function, Class)):
            yield from statements_of_all(statement.body)


def expressions(statement: Statement) -> tuple[Expression, ...]:
    """The expressions that stand directly in a statement, without those of its blocks."""
    match statement:
        case (
            Evaluate(value=value)
            | Assert(test=value)
            | If(test=value)
            | While(test=value)
            | Match(subject=value)
        ):
            return (value,)
        case Assign(targets=targets, value=value):
            return (value, *targets)
        case For(iterable=value, target=target):
            return value, target
        case Return(value=value):
            return () if value is None else (value,)
        case Delete(targets=targets):
            return targets
        case Function(decorators=decorators, parameters=parameters):
            return (*decorators, *(each.default for each in parameters if each.default is not None))
        case Class(decorators=decorators, bases=bases):
            return (*decorators, *(base.value for base in bases))
    return _less_common(statement)


def _less_common(statement: Statement) -> tuple[Expression, ...]:
    match statement:
        case Annotate(target=target, value=value):
            return (target,) if value is None else (value, target)
        case Raise(value=value, cause=cause):
            return tuple(each for each in (value, cause) if each is not None)
        case Try(handlers=handlers):
            return tuple(handler.type for handler in handlers if handler.type is not None)
        case With(items=items):
            return tuple(each for item in items for each in (item.value, item.target) if each is not None)
    return ()


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an expression, in evaluation order."""
    match expression:
        case Attribute(value=value) | Await(value=value) | Starred(value=value) | Not(value=value):
            return (value,)
        case Lambda(value=value):
            return (value,)
        case Call(function=function, arguments=arguments):
            return (function, *(argument.value for argument in arguments))
        case Collection(items=inner) | Logic(values=inner) | Opaque(parts=inner):
            return inner
        case Subscript(value=value, index=index):
            return value, index
        case Compare(left=left, right=right):
            return left, right
        case Choice(test=test, then=then, otherwise=otherwise):
            return test, then, otherwise
        case Yield(value=value):
            return () if value is None else (value,)
        case Walrus(target=target, value=value):
            return value, target
    return _parts_of_displays(expression)


def _parts_of_displays(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case Mapping(keys=keys, values=values):
            return tuple(each for pair in zip(keys, values) for each in pair if each is not None)
        case Comprehension(generations=generations, elements=elements):
            heads = (each for made in generations for each in (made.iterable, made.target, *made.conditions))
            return (*heads, *elements)
    return ()


def subexpressions(expression: Expression) -> Iterator[Expression]:
    """The expression itself and everything inside it, outermost first."""
    yield expression
    for part in parts(expression):
        yield from subexpressions(part)
