"""Reduces expressions, in the order they are evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any

import libcst as cst

from lint_ssot.facts import expressions as facts
from lint_ssot.facts.expressions import Constant, Expression
from lint_ssot.facts.literals import integer_value
from lint_ssot.facts.opaque import NOTHING, is_idle, opaque
from lint_ssot.facts.operations import OPERATIONS
from lint_ssot.facts.scope import Reductions, Scope, expression, optional
from lint_ssot.facts.texts import TEXTS


def argument(node: cst.Arg, scope: Scope) -> facts.Argument:
    """Return one argument of a call or class statement."""
    keyword = node.keyword
    value = expression(node.value, scope)
    return facts.Argument(value, None if keyword is None else intern(keyword.value), len(node.star))


def parameters(node: cst.Parameters) -> tuple[tuple[cst.Param, str], ...]:
    """Return the parameters in order, each with its kind."""
    star = node.star_arg
    found = [(param, "positional") for param in (*node.posonly_params, *node.params)]
    if isinstance(star, cst.Param):
        found.append((star, "*"))
    found += [(param, "keyword") for param in node.kwonly_params]
    if node.star_kwarg is not None:
        found.append((node.star_kwarg, "**"))
    return tuple(found)


def _name(node: cst.Name, scope: Scope) -> Expression:
    word = node.value
    if word in _SINGLETONS:
        return _SINGLETONS[word]
    return facts.Name(scope.at(node), scope.spelled(word))


def _attribute(node: cst.Attribute, scope: Scope) -> Expression:
    return facts.Attribute(scope.at(node), expression(node.value, scope), scope.spelled(node.attr.value))


def _call(node: cst.Call, scope: Scope) -> Expression:
    function = expression(node.func, scope)
    return facts.Call(scope.at(node), function, tuple([argument(arg, scope) for arg in node.args]))


def _await(node: cst.Await, scope: Scope) -> Expression:
    return facts.Await(scope.at(node), expression(node.expression, scope))


def _yield(node: cst.Yield, scope: Scope) -> Expression:
    scope.yields = True
    value = node.value
    if isinstance(value, cst.From):
        return facts.Yield(expression(value.item, scope))
    return facts.Yield(optional(value, scope))


def _integer(node: cst.Integer, scope: Scope) -> Expression:
    value = integer_value(node.value)
    return NOTHING if value is None else Constant(value)


def _nothing(node: cst.CSTNode, scope: Scope) -> Expression:
    return NOTHING


def _collection(node: cst.Tuple | cst.List | cst.Set, scope: Scope) -> Expression:
    return facts.Collection(tuple([_element(element, scope) for element in node.elements]))


def _element(node: cst.BaseElement, scope: Scope) -> Expression:
    value = expression(node.value, scope)
    return value if type(node) is cst.Element else facts.Starred(value)


def _starred(node: cst.StarredElement, scope: Scope) -> Expression:
    return facts.Starred(expression(node.value, scope))


def _mapping(node: cst.Dict, scope: Scope) -> Expression:
    keys: list[Expression | None] = []
    values: list[Expression] = []
    for element in node.elements:
        keys.append(expression(element.key, scope) if isinstance(element, cst.DictElement) else None)
        values.append(expression(element.value, scope))
    return facts.Mapping(tuple(keys), tuple(values))


def _subscript(node: cst.Subscript, scope: Scope) -> Expression:
    at = scope.at(node)
    value = expression(node.value, scope)
    indexes = tuple([_index(element.slice, scope) for element in node.slice])
    # `x[a,]` and `x[*a]` are given a tuple
    is_tuple = len(indexes) > 1 or isinstance(node.slice[0].comma, cst.Comma) or isinstance(indexes[0], facts.Starred)
    return facts.Subscript(at, value, facts.Collection(indexes) if is_tuple else indexes[0])


def _index(node: cst.BaseSlice, scope: Scope) -> Expression:
    if isinstance(node, cst.Index):
        value = expression(node.value, scope)
        return facts.Starred(value) if node.star else value
    assert isinstance(node, cst.Slice)
    bounds = (node.lower, node.upper, node.step)
    return opaque([expression(bound, scope) for bound in bounds if bound is not None])


def _choice(node: cst.IfExp, scope: Scope) -> Expression:
    then = expression(node.body, scope)
    test = expression(node.test, scope)
    return facts.Choice(test, then, expression(node.orelse, scope))


def _walrus(node: cst.NamedExpr, scope: Scope) -> Expression:
    assert isinstance(node.target, cst.Name)
    target = facts.Name(scope.at(node.target), scope.spelled(node.target.value))
    return facts.Walrus(target, expression(node.value, scope))


def _comprehension(node: cst.ListComp | cst.SetComp | cst.GeneratorExp, scope: Scope) -> Expression:
    is_lazy = isinstance(node, cst.GeneratorExp)
    return _generated((expression(node.elt, scope),), node.for_in, scope, is_lazy=is_lazy)


def _dict_comprehension(node: cst.DictComp, scope: Scope) -> Expression:
    return _generated((expression(node.key, scope), expression(node.value, scope)), node.for_in, scope)


def _starred_comprehension(node: Any, scope: Scope) -> Expression:
    return _generated((facts.Starred(expression(node.value, scope)),), node.for_in, scope)


def _generated(
    elements: tuple[Expression, ...], clause: cst.CompFor | None, scope: Scope, *, is_lazy: bool = False
) -> Expression:
    generations: list[facts.Generation] = []
    while clause is not None:
        target = expression(clause.target, scope)
        iterable = expression(clause.iter, scope)
        conditions = tuple([expression(condition.test, scope) for condition in clause.ifs])
        generations.append(facts.Generation(target, iterable, conditions))
        clause = clause.inner_for_in
    return facts.Comprehension(tuple(generations), elements, is_lazy)


def _lambda(node: cst.Lambda, scope: Scope) -> Expression:
    params = [param for param, _ in parameters(node.params)]
    defaults = [expression(param.default, scope) for param in params if param.default is not None]
    names = tuple([scope.spelled(param.name.value) for param in params])
    reduced = facts.Lambda(scope.at(node), names, expression(node.body, scope.inner("")))
    return reduced if all(map(is_idle, defaults)) else opaque((*defaults, reduced))


_SINGLETONS: Mapping[str, Expression] = {
    "None": Constant(None),
    "True": Constant(True),
    "False": Constant(False),
}
REDUCTIONS: Reductions = {
    **OPERATIONS,
    **TEXTS,
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.Integer: _integer,
    cst.Float: _nothing,
    cst.Imaginary: _nothing,
    cst.Ellipsis: _nothing,
    cst.Tuple: _collection,
    cst.List: _collection,
    cst.Set: _collection,
    cst.StarredElement: _starred,
    cst.Dict: _mapping,
    cst.Subscript: _subscript,
    cst.IfExp: _choice,
    cst.NamedExpr: _walrus,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.DictComp: _dict_comprehension,
    cst.Lambda: _lambda,
    # not every supported libcst knows these
    **({cst.StarredDictComp: _starred_comprehension} if hasattr(cst, "StarredDictComp") else {}),
}
