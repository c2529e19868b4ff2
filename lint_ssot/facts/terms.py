"""Reduces expressions, in the order they are evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from sys import intern
from typing import Any

import libcst as cst

from lint_ssot.facts import expressions as facts
from lint_ssot.facts.expressions import Constant, Expression, Opaque
from lint_ssot.facts.literals import integer_value, string_value, text_value
from lint_ssot.facts.positions import Positions

NOTHING = Opaque()


class Scope:
    """Where the walk stands: `at` tells positions, `prefix` begins qualified names, `yields` is found out."""

    __slots__ = ("at", "positions", "prefix", "yields")

    def __init__(self, positions: Positions, prefix: str = "") -> None:
        self.positions = positions
        self.at = positions.of
        self.prefix = prefix
        self.yields = False


def expression(node: cst.CSTNode, scope: Scope) -> Expression:
    """Return what the expression is reduced to."""
    return _REDUCTIONS[type(node)](node, scope)


def optional(node: cst.CSTNode | None, scope: Scope) -> Expression | None:
    """Return what the expression, if there is one, is reduced to."""
    return None if node is None else _REDUCTIONS[type(node)](node, scope)


def argument(node: cst.Arg, scope: Scope) -> facts.Argument:
    """Return one argument of a call or class statement."""
    value = node.value
    reduced = _REDUCTIONS[type(value)](value, scope)
    keyword = node.keyword
    return facts.Argument(reduced, None if keyword is None else intern(keyword.value), len(node.star))


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


def is_idle(value: Expression) -> bool:
    """Whether evaluating this reads no name and runs nothing."""
    match value:
        case Constant():
            return True
        case Opaque(inner) | facts.Collection(inner):
            return all(map(is_idle, inner))
        case facts.Mapping(keys, values):
            return all(map(is_idle, values)) and all(key is not None and is_idle(key) for key in keys)
        case _:
            return False


# what makes a list of lists, or a path of its parts
_JOINING: Mapping[type[cst.BaseBinaryOp], str] = {cst.Add: "+", cst.Divide: "/"}


def opaque(parts: Iterable[Expression]) -> Opaque:
    """Return an expression that evaluates these parts and whose value is not known."""
    kept: list[Expression] = []
    for part in parts:
        if type(part) is Opaque:
            kept += (each for each in part.parts if not is_idle(each))
        elif not is_idle(part):
            kept.append(part)
    return Opaque(tuple(kept)) if kept else NOTHING


def _name(node: cst.Name, scope: Scope) -> Expression:
    word = node.value
    if word in _SINGLETONS:
        return _SINGLETONS[word]
    return facts.Name(scope.at(node), intern(word))


def _attribute(node: cst.Attribute, scope: Scope) -> Expression:
    value = node.value
    return facts.Attribute(scope.at(node), _REDUCTIONS[type(value)](value, scope), intern(node.attr.value))


def _call(node: cst.Call, scope: Scope) -> Expression:
    function = node.func
    reduced = _REDUCTIONS[type(function)](function, scope)
    return facts.Call(scope.at(node), reduced, tuple([argument(arg, scope) for arg in node.args]))


def _await(node: cst.Await, scope: Scope) -> Expression:
    return facts.Await(scope.at(node), expression(node.expression, scope))


def _yield(node: cst.Yield, scope: Scope) -> Expression:
    scope.yields = True
    value = node.value
    if isinstance(value, cst.From):
        return facts.Yield(expression(value.item, scope), is_from=True)
    return facts.Yield(optional(value, scope))


def _string(node: cst.SimpleString, scope: Scope) -> Expression:
    value = string_value(node.value)
    return NOTHING if value is None else Constant(value)


def _concatenation(node: cst.ConcatenatedString, scope: Scope) -> Expression:
    parts: list[Expression] = []
    rest: cst.CSTNode = node
    while isinstance(rest, cst.ConcatenatedString):
        parts.append(expression(rest.left, scope))
        rest = rest.right
    parts.append(expression(rest, scope))
    texts = [part.value for part in parts if isinstance(part, Constant) and isinstance(part.value, str)]
    return Constant("".join(texts)) if len(texts) == len(parts) else opaque(parts)


def _formatted(node: cst.FormattedString, scope: Scope) -> Expression:
    texts = [part.value for part in node.parts if isinstance(part, cst.FormattedStringText)]
    if len(texts) == len(node.parts):
        text = "".join(texts).replace("{{", "{").replace("}}", "}")
        return Constant(text_value(text, is_raw="r" in node.start.lower()))
    return opaque(_fields(node.parts, scope))


def _templated(node: Any, scope: Scope) -> Expression:
    return opaque(_fields(node.parts, scope))


def _fields(parts: Sequence[Any], scope: Scope) -> Iterable[Expression]:
    for part in parts:
        value = getattr(part, "expression", None)
        if value is not None:
            yield expression(value, scope)
            yield from _fields(part.format_spec or (), scope)


def _integer(node: cst.Integer, scope: Scope) -> Expression:
    value = integer_value(node.value)
    return NOTHING if value is None else Constant(value)


def _nothing(node: cst.CSTNode, scope: Scope) -> Expression:
    return NOTHING


def _collection(node: cst.Tuple | cst.List | cst.Set, scope: Scope) -> Expression:
    return facts.Collection(tuple([_element(element, scope) for element in node.elements]))


def _element(node: cst.BaseElement, scope: Scope) -> Expression:
    value = node.value
    reduced = _REDUCTIONS[type(value)](value, scope)
    return reduced if type(node) is cst.Element else facts.Starred(reduced)


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
    is_single = len(indexes) == 1 and not isinstance(node.slice[0].comma, cst.Comma)
    return facts.Subscript(at, value, indexes[0] if is_single else facts.Collection(indexes))


def _index(node: cst.BaseSlice, scope: Scope) -> Expression:
    if isinstance(node, cst.Index):
        value = expression(node.value, scope)
        return facts.Starred(value) if node.star else value
    assert isinstance(node, cst.Slice)
    bounds = (node.lower, node.upper, node.step)
    return opaque([expression(bound, scope) for bound in bounds if bound is not None])


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


def _choice(node: cst.IfExp, scope: Scope) -> Expression:
    then = expression(node.body, scope)
    test = expression(node.test, scope)
    return facts.Choice(test, then, expression(node.orelse, scope))


def _walrus(node: cst.NamedExpr, scope: Scope) -> Expression:
    assert isinstance(node.target, cst.Name)
    target = facts.Name(scope.at(node.target), intern(node.target.value))
    return facts.Walrus(target, expression(node.value, scope))


def _comprehension(node: cst.ListComp | cst.SetComp | cst.GeneratorExp, scope: Scope) -> Expression:
    return _generated((expression(node.elt, scope),), node.for_in, scope, isinstance(node, cst.GeneratorExp))


def _dict_comprehension(node: cst.DictComp, scope: Scope) -> Expression:
    return _generated((expression(node.key, scope), expression(node.value, scope)), node.for_in, scope)


def _starred_comprehension(node: Any, scope: Scope) -> Expression:
    return _generated((facts.Starred(expression(node.value, scope)),), node.for_in, scope)


def _generated(
    elements: tuple[Expression, ...], clause: cst.CompFor | None, scope: Scope, is_lazy: bool = False
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
    names = tuple([intern(param.name.value) for param in params])
    reduced = facts.Lambda(scope.at(node), names, expression(node.body, Scope(scope.positions)))
    return reduced if all(map(is_idle, defaults)) else opaque((*defaults, reduced))


_SINGLETONS: Mapping[str, Expression] = {
    "None": Constant(None),
    "True": Constant(True),
    "False": Constant(False),
}
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
_REDUCTIONS: Mapping[type[cst.CSTNode], Callable[[Any, Scope], Expression]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.SimpleString: _string,
    cst.ConcatenatedString: _concatenation,
    cst.FormattedString: _formatted,
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
    cst.BooleanOperation: _logic,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.IfExp: _choice,
    cst.NamedExpr: _walrus,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.DictComp: _dict_comprehension,
    cst.Lambda: _lambda,
    # not every supported libcst knows these
    **{
        getattr(cst, kind): reduction
        for kind, reduction in (("TemplatedString", _templated), ("StarredDictComp", _starred_comprehension))
        if hasattr(cst, kind)
    },
}
