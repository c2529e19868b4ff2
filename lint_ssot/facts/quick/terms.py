"""Reduces the expressions of Python's syntax tree, in the order they are evaluated."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from sys import intern
from typing import Any

from lint_ssot.facts import expressions as facts
from lint_ssot.facts.expressions import Constant, Expression
from lint_ssot.facts.literals import is_countable
from lint_ssot.facts.opaque import NOTHING, is_idle, opaque
from lint_ssot.facts.quick.operations import OPERATIONS
from lint_ssot.facts.quick.scope import Reductions, Scope, expression, optional
from lint_ssot.facts.quick.texts import TEXTS


def argument(node: ast.expr | ast.keyword, scope: Scope) -> facts.Argument:
    """Return one argument of a call or class statement."""
    if isinstance(node, ast.keyword):
        value = expression(node.value, scope)
        return facts.Argument(value, None, 2) if node.arg is None else facts.Argument(value, intern(node.arg))
    if isinstance(node, ast.Starred):
        return facts.Argument(expression(node.value, scope), None, 1)
    return facts.Argument(expression(node, scope))


def parameters(node: ast.arguments) -> list[tuple[ast.arg, str, ast.expr | None]]:
    """Return the parameters in order, each with its kind and its default."""
    positional = [*node.posonlyargs, *node.args]
    lacking: list[ast.expr | None] = [None] * (len(positional) - len(node.defaults))
    found = [(arg, "positional", default) for arg, default in zip(positional, [*lacking, *node.defaults], strict=True)]
    if node.vararg is not None:
        found.append((node.vararg, "*", None))
    found += [(arg, "keyword", default) for arg, default in zip(node.kwonlyargs, node.kw_defaults, strict=True)]
    if node.kwarg is not None:
        found.append((node.kwarg, "**", None))
    return found


def _name(node: ast.Name, scope: Scope) -> Expression:
    return facts.Name(scope.at(node), scope.spelled(node.id))


def _attribute(node: ast.Attribute, scope: Scope) -> Expression:
    return facts.Attribute(scope.at(node), expression(node.value, scope), scope.spelled(node.attr))


def _call(node: ast.Call, scope: Scope) -> Expression:
    function = expression(node.func, scope)
    given: list[Any] = [*node.args, *node.keywords]
    if node.keywords and any(isinstance(each, ast.Starred) for each in node.args):
        given.sort(key=lambda each: (each.lineno, each.col_offset))  # `f(key=1, *more)` is evaluated as written
    return facts.Call(scope.at(node), function, tuple([argument(each, scope) for each in given]))


def _await(node: ast.Await, scope: Scope) -> Expression:
    return facts.Await(scope.at(node), expression(node.value, scope))


def _yield(node: ast.Yield, scope: Scope) -> Expression:
    scope.yields = True
    return facts.Yield(optional(node.value, scope))


def _yield_from(node: ast.YieldFrom, scope: Scope) -> Expression:
    scope.yields = True
    return facts.Yield(expression(node.value, scope))


def _constant(node: ast.Constant, scope: Scope) -> Expression:
    value = node.value
    if value is None or isinstance(value, (str, bool)):
        return Constant(value)
    return Constant(value) if type(value) is int and is_countable(value) else NOTHING


def _collection(node: ast.Tuple | ast.List | ast.Set, scope: Scope) -> Expression:
    return facts.Collection(_all(node.elts, scope))


def _all(nodes: Sequence[ast.expr], scope: Scope) -> tuple[Expression, ...]:
    reductions = scope.reductions
    return tuple([reductions[type(node)](node, scope) for node in nodes])


def _starred(node: ast.Starred, scope: Scope) -> Expression:
    return facts.Starred(expression(node.value, scope))


def _mapping(node: ast.Dict, scope: Scope) -> Expression:
    pairs = [
        (optional(key, scope), expression(value, scope)) for key, value in zip(node.keys, node.values, strict=True)
    ]
    return facts.Mapping(tuple([key for key, _ in pairs]), tuple([value for _, value in pairs]))


def _subscript(node: ast.Subscript, scope: Scope) -> Expression:
    at = scope.at(node)
    value = expression(node.value, scope)
    return facts.Subscript(at, value, expression(node.slice, scope))


def _slice(node: ast.Slice, scope: Scope) -> Expression:
    bounds = (node.lower, node.upper, node.step)
    return opaque([expression(bound, scope) for bound in bounds if bound is not None])


def _choice(node: ast.IfExp, scope: Scope) -> Expression:
    then = expression(node.body, scope)
    test = expression(node.test, scope)
    return facts.Choice(test, then, expression(node.orelse, scope))


def _walrus(node: ast.NamedExpr, scope: Scope) -> Expression:
    target = facts.Name(scope.at(node.target), scope.spelled(node.target.id))
    return facts.Walrus(target, expression(node.value, scope))


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, scope: Scope) -> Expression:
    elements = (expression(node.elt, scope),)
    return _generated(elements, node.generators, scope, is_lazy=isinstance(node, ast.GeneratorExp))


def _dict_comprehension(node: ast.DictComp, scope: Scope) -> Expression:
    if node.value is None:  # `{**each for each in many}`
        return _generated((facts.Starred(expression(node.key, scope)),), node.generators, scope)
    return _generated((expression(node.key, scope), expression(node.value, scope)), node.generators, scope)


def _generated(
    elements: tuple[Expression, ...], clauses: list[ast.comprehension], scope: Scope, *, is_lazy: bool = False
) -> Expression:
    generations = [
        facts.Generation(expression(clause.target, scope), expression(clause.iter, scope), _all(clause.ifs, scope))
        for clause in clauses
    ]
    return facts.Comprehension(tuple(generations), elements, is_lazy)


def _lambda(node: ast.Lambda, scope: Scope) -> Expression:
    params = parameters(node.args)
    defaults = [expression(default, scope) for _, _, default in params if default is not None]
    names = tuple([scope.spelled(arg.arg) for arg, _, _ in params])
    reduced = facts.Lambda(scope.at(node), names, expression(node.body, scope.inner("")))
    return reduced if all(map(is_idle, defaults)) else opaque((*defaults, reduced))


REDUCTIONS: Reductions = {
    **OPERATIONS,
    **TEXTS,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
    ast.Constant: _constant,
    ast.Tuple: _collection,
    ast.List: _collection,
    ast.Set: _collection,
    ast.Starred: _starred,
    ast.Dict: _mapping,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.IfExp: _choice,
    ast.NamedExpr: _walrus,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _dict_comprehension,
    ast.Lambda: _lambda,
}
