"""Facts written briefly: the same tree with every position at the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from sysconfig import get_path
from typing import Any

from lint_ssot.facts.expressions import (
    Argument,
    Attribute,
    Await,
    Call,
    Expression,
    Lambda,
    Name,
    Position,
    Subscript,
)
from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.statements import (
    Alias,
    Block,
    Class,
    Evaluate,
    Function,
    Import,
    ImportFrom,
    Item,
    Parameter,
    Statement,
    With,
)

START = Position(1, 0)


def body_of(source: bytes | str) -> Block:
    """The reduced statements of a source that can be read, without their positions."""
    facts = extract_facts(source)
    assert facts.trouble is None
    found = unplaced(facts.body)
    assert isinstance(found, tuple)
    return found


def value_of(source: str) -> Expression:
    """What one expression is reduced to, without positions."""
    (statement,) = body_of(f"async def _():\n    _ = ({source}\n    )\n")
    assert isinstance(statement, Function)
    (assign,) = statement.body
    value: Expression = assign.value  # type: ignore[union-attr, assignment]
    return value


def unplaced(value: Any) -> Any:
    """The same facts with every position at the start."""
    if isinstance(value, Position):
        return START
    if isinstance(value, tuple):
        return tuple(unplaced(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: unplaced(getattr(value, field.name)) for field in fields(value)})
    return value


def nodes_of(value: Any) -> Iterator[Any]:
    """Every node of some facts, outer ones first."""
    if isinstance(value, tuple) and not isinstance(value, Position):
        for each in value:
            yield from nodes_of(each)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from nodes_of(getattr(value, field.name))


def standard_library(*patterns: str) -> list[Path]:
    """Modules of the standard library, real code that nobody wrote for us."""
    folder = Path(get_path("stdlib"))
    return sorted(path for pattern in patterns for path in folder.glob(pattern))


def name(word: str) -> Name:
    return Name(START, word)


def attribute(value: Expression | str, *words: str) -> Expression:
    reached: Expression = name(value) if isinstance(value, str) else value
    for word in words:
        reached = Attribute(START, reached, word)
    return reached


def call(function: Expression | str, *arguments: Argument | Expression) -> Call:
    called = name(function) if isinstance(function, str) else function
    return Call(START, called, tuple(each if isinstance(each, Argument) else Argument(each) for each in arguments))


def awaited(value: Expression) -> Await:
    return Await(START, value)


def subscript(value: Expression, index: Expression) -> Subscript:
    return Subscript(START, value, index)


def lambda_of(value: Expression, *parameters: str) -> Lambda:
    return Lambda(START, parameters, value)


def evaluate(word: str) -> Evaluate:
    return Evaluate(name(word))


def with_of(*items: tuple[Expression, Expression | None], body: Block = (), is_async: bool = False) -> With:
    return With(START, tuple(Item(START, value, target) for value, target in items), body, is_async)


def importing(*names: tuple[str, str | None]) -> Import:
    return Import(START, tuple(Alias(START, name, bound) for name, bound in names))


def importing_from(module: str, level: int, *names: tuple[str, str | None]) -> ImportFrom:
    return ImportFrom(START, module, level, tuple(Alias(START, name, bound) for name, bound in names))


def function(
    qualname: str,
    *body: Statement,
    parameters: tuple[Parameter, ...] = (),
    decorators: tuple[Expression, ...] = (),
    is_async: bool = False,
    is_generator: bool = False,
    returns: Expression | None = None,
) -> Function:
    own = qualname.rpartition(".")[2]
    return Function(START, own, qualname, parameters, decorators, body, is_async, is_generator, returns)


def class_of(
    qualname: str, *body: Statement, bases: tuple[Argument, ...] = (), decorators: tuple[Expression, ...] = ()
) -> Class:
    return Class(START, qualname.rpartition(".")[2], qualname, bases, decorators, body)
