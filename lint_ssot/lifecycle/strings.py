"""The constant strings that a module lists under a name, as in `pytest_plugins` and `collect_ignore`."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Name
from lint_ssot.facts.statements import Annotate, Assign, Block, Evaluate, For
from lint_ssot.facts.traversal import statements

_ADDING = ("append", "extend")


def listed(body: Block, name: str) -> Iterator[str | None]:
    """The strings that are assigned or added to the name, under whatever condition; None for one not known.

    Other names of the module stand for the strings that they were given in the same ways.
    """
    yield from _listed(body, name, frozenset())


def _listed(body: Block, name: str, asked: frozenset[str]) -> Iterator[str | None]:
    for value in _given(body, name):
        if isinstance(value, Name) and value.id not in asked and any(True for _ in _given(body, value.id)):
            yield from _listed(body, value.id, asked | {name})
        else:
            yield from strings(value)


def _given(body: Block, name: str) -> Iterator[Expression]:
    """The values that are assigned or added to the name."""
    for statement in statements(body):
        match statement:
            case Assign(targets=targets, value=value) if any(_is(target, name) for target in targets):
                yield value
            case Annotate(target=target, value=value) if value is not None and _is(target, name):
                yield value
            case For(target=target, iterable=value) if _is(target, name):
                # what a loop takes out of it is no list, but one of its strings
                yield value
            case Evaluate(value=Call(function=Attribute(value=Name(id=listing), attr=attr)) as call):
                if listing == name and attr in _ADDING:
                    yield from (argument.value for argument in call.arguments)


def strings(value: Expression) -> Iterator[str | None]:
    """The strings in a display, or the one string; None for one not known."""
    match value:
        case Constant(value=str() as text):
            yield text
        case Collection(items=items):
            for item in items:
                yield from strings(item)
        case _:
            yield None


def _is(target: Expression, name: str) -> bool:
    return isinstance(target, Name) and target.id == name
