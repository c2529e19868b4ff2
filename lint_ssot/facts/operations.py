"""Reduces operators: logic, comparison and arithmetic."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst

from lint_ssot.facts import expressions as facts
from lint_ssot.facts.expressions import Constant, Expression, Opaque
from lint_ssot.facts.opaque import NOTHING, opaque
from lint_ssot.facts.scope import Reductions, Scope, expression

# what makes a list of lists, or a path of its parts
_JOINING: Mapping[type[cst.BaseBinaryOp], str] = {cst.Add: "+", cst.Divide: "/"}
_OPERATORS: Mapping[type[cst.BaseCompOp], str] = {
    cst.LessThan: "<",
    cst.GreaterThan: ">",
    cst.Equal: "==",
    cst.LessThanEqual: "<=",
    cst.GreaterThanEqual: ">=",
    cst.In: "in",
    cst.NotIn: "not in",
    cst.Is: "is",
    cst.IsNot: "is not",
}


def _logic(node: cst.BooleanOperation, scope: Scope) -> Expression:
    operator = type(node.operator)
    values: list[Expression] = []
    rest: cst.BaseExpression = node
    while isinstance(rest, cst.BooleanOperation) and type(rest.operator) is operator:
        values.append(expression(rest.right, scope))
        rest = rest.left
    values.append(expression(rest, scope))
    return facts.Logic("and" if operator is cst.And else "or", tuple(reversed(values)))


def _binary(node: cst.BinaryOperation, scope: Scope) -> Expression:
    parts: list[Expression] = []
    operators: set[str | None] = set()
    rest: cst.BaseExpression = node
    while isinstance(rest, cst.BinaryOperation):
        parts.append(expression(rest.right, scope))
        operators.add(_JOINING.get(type(rest.operator)))
        rest = rest.left
    parts.append(expression(rest, scope))
    operator = operators.pop() if len(operators) == 1 else None
    if operator is None or all(isinstance(part, Constant) or part == NOTHING for part in parts):
        return opaque(reversed(parts))
    return Opaque(tuple(reversed(parts)), operator)


def _unary(node: cst.UnaryOperation, scope: Scope) -> Expression:
    value = expression(node.expression, scope)
    if isinstance(node.operator, cst.Not):
        return facts.Not(value)
    if isinstance(node.operator, cst.Minus) and isinstance(value, Constant) and type(value.value) is int:
        return Constant(-value.value)
    return opaque((value,))


def _comparison(node: cst.Comparison, scope: Scope) -> Expression:
    left = expression(node.left, scope)
    links: list[Expression] = []
    for target in node.comparisons:
        right = expression(target.comparator, scope)
        links.append(facts.Compare(left, _operator(target.operator), right))
        left = right
    return links[0] if len(links) == 1 else facts.Logic("and", tuple(links))


def _operator(node: cst.BaseCompOp) -> str:
    return node.value if isinstance(node, cst.NotEqual) else _OPERATORS[type(node)]


OPERATIONS: Reductions = {
    cst.BooleanOperation: _logic,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
}
