"""The constant strings that a module lists under a name, as in `pytest_plugins` and `collect_ignore`."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Name
from lint_ssot.facts.statements import Annotate, Assign, Block, Evaluate
from lint_ssot.facts.traversal import statements

_ADDING = ("append", "extend")


def listed(body: Block, name: str) -> Iterator[str | None]:
    """The strings that are assigned or added to the name, under whatever condition; None for one not known."""
    for statement in statements(body):
        match statement:
            case Assign(targets=targets, value=value) if any(_is(target, name) for target in targets):
                yield from strings(value)
            case Annotate(target=target, value=value) if value is not None and _is(target, name):
                yield from strings(value)
            case Evaluate(value=Call(function=Attribute(value=Name(id=listing), attr=attr)) as call):
                if listing == name and attr in _ADDING:
                    for argument in call.arguments:
                        yield from strings(argument.value)


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
