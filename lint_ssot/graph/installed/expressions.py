"""Expressions of astroid's tree in our own terms, as far as installed code is followed: names, calls, constants."""

from __future__ import annotations

from astroid import nodes  # type: ignore[import-untyped]

from lint_ssot.facts.expressions import (
    Argument,
    Attribute,
    Call,
    Collection,
    Compare,
    Constant,
    Expression,
    Name,
    Not,
    Opaque,
    Position,
    Subscript,
)

# what a call passes cannot be known where it is not written down here
UNKNOWN_ARGUMENTS = (Argument(Opaque(), star=1), Argument(Opaque(), star=2))


def position(node: nodes.NodeNG) -> Position:
    """Where a node starts."""
    return Position(node.lineno or 1, node.col_offset or 0)


def lowered(node: nodes.NodeNG) -> Expression:
    """The expression or target; whatever installed code is not followed through is `Opaque`."""
    match node:
        case nodes.Name() | nodes.AssignName() | nodes.DelName():
            return Name(position(node), node.name)
        case nodes.Attribute() | nodes.AssignAttr() | nodes.DelAttr():
            return Attribute(position(node), lowered(node.expr), node.attrname)
        case nodes.Const():
            return _constant(node.value)
        case nodes.Tuple() | nodes.List() | nodes.Set():
            return Collection(tuple(lowered(each) for each in node.elts))
        case nodes.Subscript():
            return Subscript(position(node), lowered(node.value), lowered(node.slice))
        case _:
            return _compound(node)


def _compound(node: nodes.NodeNG) -> Expression:
    match node:
        case nodes.Call():
            return Call(position(node), lowered(node.func), _arguments(node))
        case nodes.UnaryOp(op="not"):
            return Not(lowered(node.operand))
        case nodes.Compare(ops=[(operator, right)]):
            return Compare(lowered(node.left), operator, lowered(right))
        case _:
            return Opaque()


def _arguments(node: nodes.Call) -> tuple[Argument, ...]:
    positional = tuple(
        Argument(lowered(each.value), star=1) if isinstance(each, nodes.Starred) else Argument(lowered(each))
        for each in node.args
    )
    keywords = tuple(Argument(lowered(each.value), each.arg, star=0 if each.arg else 2) for each in node.keywords)
    return positional + keywords


def _constant(value: object) -> Expression:
    if value is None or isinstance(value, (str, bool, int)):
        return Constant(value)
    return Opaque()
