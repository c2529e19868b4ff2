"""How expressions read in messages."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Await, Call, Constant, Expression, Name, Subscript


def spelled(expression: Expression) -> str:
    """The expression as it is written, arguments left out; `…` for what no message needs."""
    match expression:
        case Name(id=name):
            return name
        case Attribute(value=value, attr=attr):
            return f"{spelled(value)}.{attr}"
        case Call(function=function):
            return f"{spelled(function)}()"
        case Await(value=value):
            return f"await {spelled(value)}"
        case Subscript(value=value):
            return f"{spelled(value)}[…]"
        case Constant(value=value):
            return repr(value)
    return "…"


def dotted(expression: Expression) -> str | None:
    """The spelling of a chain of names; None for any other expression."""
    match expression:
        case Name(id=name):
            return name
        case Attribute(value=value, attr=attr):
            inner = dotted(value)
            return f"{inner}.{attr}" if inner else None
    return None
