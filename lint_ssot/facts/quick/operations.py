"""Reduces operators of Python's syntax tree: logic, comparison and arithmetic."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from lint_ssot.facts import expressions as facts
from lint_ssot.facts.expressions import Constant, Expression, Opaque
from lint_ssot.facts.opaque import NOTHING, opaque
from lint_ssot.facts.quick.scope import Reductions, Scope, expression

# what makes a list of lists, or a path of its parts
_JOINING: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Div: "/"}
_OPERATORS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.Gt: ">",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.LtE: "<=",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


def _logic(node: ast.BoolOp, scope: Scope) -> Expression:
    operator = type(node.op)
    values: list[Expression] = []
    rest: ast.expr = node
    while isinstance(rest, ast.BoolOp) and type(rest.op) is operator:
        first, *others = rest.values
        values += [expression(each, scope) for each in reversed(others)]
        rest = first
    values.append(expression(rest, scope))
    return facts.Logic("and" if operator is ast.And else "or", tuple(reversed(values)))


def _binary(node: ast.BinOp, scope: Scope) -> Expression:
    parts: list[Expression] = []
    operators: set[str | None] = set()
    rest: ast.expr = node
    while isinstance(rest, ast.BinOp):
        parts.append(expression(rest.right, scope))
        operators.add(_JOINING.get(type(rest.op)))
        rest = rest.left
    parts.append(expression(rest, scope))
    operator = operators.pop() if len(operators) == 1 else None
    if operator is None or all(isinstance(part, Constant) or part == NOTHING for part in parts):
        return opaque(reversed(parts))
    return Opaque(tuple(reversed(parts)), operator)


def _unary(node: ast.UnaryOp, scope: Scope) -> Expression:
    value = expression(node.operand, scope)
    if isinstance(node.op, ast.Not):
        return facts.Not(value)
    if isinstance(node.op, ast.USub) and isinstance(value, Constant) and type(value.value) is int:
        return Constant(-value.value)
    return opaque((value,))


def _comparison(node: ast.Compare, scope: Scope) -> Expression:
    left = expression(node.left, scope)
    links: list[Expression] = []
    for operator, comparator in zip(node.ops, node.comparators, strict=True):
        right = expression(comparator, scope)
        links.append(facts.Compare(left, _OPERATORS[type(operator)], right))
        left = right
    return links[0] if len(links) == 1 else facts.Logic("and", tuple(links))


OPERATIONS: Reductions = {
    ast.BoolOp: _logic,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _comparison,
}
