"""Reduces statements, with their branches, to what writes, defines, imports and leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from sys import intern
from typing import Any

import libcst as cst

from lint_ssot.facts import statements as facts
from lint_ssot.facts.expressions import Argument, Name
from lint_ssot.facts.made import made_class
from lint_ssot.facts.mangling import spelling_in
from lint_ssot.facts.opaque import NOTHING, is_idle
from lint_ssot.facts.patterns import bound_names, is_irrefutable
from lint_ssot.facts.positions import Positions
from lint_ssot.facts.scope import Scope, expression, optional
from lint_ssot.facts.statements import Block, Statement
from lint_ssot.facts.terms import REDUCTIONS, argument, parameters


def reduced_module(source: str) -> Block:
    """Return the reduced statements of a whole module; raises what libcst raises."""
    module = cst.parse_module(source)
    return _block(module, Scope(Positions(module, source), REDUCTIONS))


def _block(node: cst.CSTNode | None, scope: Scope) -> Block:
    """Reduce a suite, a module, or what holds a suite (`else`, `finally`)."""
    if node is None:
        return ()
    if isinstance(node, (cst.Else, cst.Finally)):
        node = node.body
    reduced: list[Statement] = []
    _extend(reduced, node.body, scope)  # type: ignore[attr-defined]
    return tuple(reduced)


def _extend(reduced: list[Statement], nodes: Sequence[cst.CSTNode], scope: Scope) -> None:
    for node in nodes:
        if type(node) is cst.SimpleStatementLine:
            _extend(reduced, node.body, scope)
        else:
            statement = _REDUCTIONS[type(node)](node, scope)
            if statement is not None:
                reduced.append(statement)


def _evaluate(node: cst.Expr, scope: Scope) -> Statement | None:
    value = expression(node.value, scope)
    return None if is_idle(value) else facts.Evaluate(value)


def _pass(node: cst.Pass, scope: Scope) -> None:
    return None


def _assign(node: cst.Assign, scope: Scope) -> Statement:
    targets = tuple([expression(target.target, scope) for target in node.targets])
    value = expression(node.value, scope)
    return made_class(targets, value, scope.prefix) or facts.Assign(targets, value)


def _augment(node: cst.AugAssign, scope: Scope) -> Statement:
    target = expression(node.target, scope)
    return facts.Assign((target,), expression(node.value, scope), is_augmented=True)


def _annotate(node: cst.AnnAssign, scope: Scope) -> Statement:
    target = expression(node.target, scope)
    annotation = expression(node.annotation.annotation, scope)
    return facts.Annotate(target, annotation, optional(node.value, scope))


def _type_alias(node: cst.TypeAlias, scope: Scope) -> Statement:
    return facts.Assign((Name(scope.at(node.name), scope.spelled(node.name.value)),), NOTHING)


def _delete(node: cst.Del, scope: Scope) -> Statement:
    target = node.target
    if isinstance(target, (cst.Tuple, cst.List)):
        return facts.Delete(tuple([expression(element.value, scope) for element in target.elements]))
    return facts.Delete((expression(target, scope),))


def _if(node: cst.If, scope: Scope) -> Statement:
    test = expression(node.test, scope)
    body = _block(node.body, scope)
    orelse = node.orelse
    if isinstance(orelse, cst.If):
        return facts.If(test, body, (_if(orelse, scope),))
    return facts.If(test, body, _block(orelse, scope))


def _for(node: cst.For, scope: Scope) -> Statement:
    target = expression(node.target, scope)
    iterable = expression(node.iter, scope)
    body = _block(node.body, scope)
    return facts.For(target, iterable, body, _block(node.orelse, scope), node.asynchronous is not None)


def _while(node: cst.While, scope: Scope) -> Statement:
    test = expression(node.test, scope)
    body = _block(node.body, scope)
    return facts.While(test, body, _block(node.orelse, scope))


def _try(node: cst.Try | cst.TryStar, scope: Scope) -> Statement:
    body = _block(node.body, scope)
    handlers = tuple([_handler(handler, scope) for handler in node.handlers])
    orelse = _block(node.orelse, scope)
    return facts.Try(body, handlers, orelse, _block(node.finalbody, scope))


def _handler(node: cst.ExceptHandler | cst.ExceptStarHandler, scope: Scope) -> facts.Handler:
    caught = optional(node.type, scope)
    return facts.Handler(caught, _bound(node.name, scope), _block(node.body, scope))


def _with(node: cst.With, scope: Scope) -> Statement:
    at = scope.at(node)
    items = tuple([_item(item, scope) for item in node.items])
    return facts.With(at, items, _block(node.body, scope), node.asynchronous is not None)


def _item(node: cst.WithItem, scope: Scope) -> facts.Item:
    at = scope.at(node.item)
    value = expression(node.item, scope)
    target = None if node.asname is None else expression(node.asname.name, scope)
    return facts.Item(at, value, target)


def _match(node: cst.Match, scope: Scope) -> Statement:
    subject = expression(node.subject, scope)
    return facts.Match(subject, tuple([_case(case, scope) for case in node.cases]))


def _case(node: cst.MatchCase, scope: Scope) -> facts.Case:
    bound = tuple(map(scope.spelled, bound_names(node.pattern)))
    guard = optional(node.guard, scope)
    always = guard is None and is_irrefutable(node.pattern)
    return facts.Case(bound, guard, _block(node.body, scope), always)


def _return(node: cst.Return, scope: Scope) -> Statement:
    return facts.Return(optional(node.value, scope))


def _raise(node: cst.Raise, scope: Scope) -> Statement:
    value = optional(node.exc, scope)
    return facts.Raise(value, None if node.cause is None else expression(node.cause.item, scope))


def _assert(node: cst.Assert, scope: Scope) -> Statement:
    return facts.Assert(expression(node.test, scope))


def _break(node: cst.Break, scope: Scope) -> Statement:
    return facts.Break()


def _continue(node: cst.Continue, scope: Scope) -> Statement:
    return facts.Continue()


def _global(node: cst.Global | cst.Nonlocal, scope: Scope) -> Statement:
    return facts.Global(tuple([scope.spelled(item.name.value) for item in node.names]))


def _import(node: cst.Import, scope: Scope) -> Statement:
    return facts.Import(scope.at(node), _aliases(node.names, scope))


def _import_from(node: cst.ImportFrom, scope: Scope) -> Statement:
    at = scope.at(node)
    module = "" if node.module is None else _dotted(node.module)
    names = node.names
    if isinstance(names, cst.ImportStar):
        aliases: tuple[facts.Alias, ...] = (facts.Alias(scope.positions.of_star(node), "*", None),)
    else:
        aliases = _aliases(names, scope)
    return facts.ImportFrom(at, module, len(node.relative), aliases)


def _aliases(nodes: Sequence[cst.ImportAlias], scope: Scope) -> tuple[facts.Alias, ...]:
    return tuple([facts.Alias(scope.at(node.name), _dotted(node.name), _bound(node.asname, scope)) for node in nodes])


def _bound(node: cst.AsName | None, scope: Scope) -> str | None:
    return scope.spelled(node.name.value) if node is not None and isinstance(node.name, cst.Name) else None


def _dotted(node: cst.BaseExpression) -> str:
    words: list[str] = []
    while isinstance(node, cst.Attribute):
        words.append(node.attr.value)
        node = node.value
    assert isinstance(node, cst.Name)
    words.append(node.value)
    return intern(".".join(reversed(words)))


def _function(node: cst.FunctionDef, scope: Scope) -> Statement:
    decorators = tuple([expression(decorator.decorator, scope) for decorator in node.decorators])
    at = scope.at(node)
    qualname = scope.prefix + node.name.value
    params = tuple([_parameter(param, kind, scope) for param, kind in parameters(node.params)])
    returns = None if node.returns is None else expression(node.returns.annotation, scope)
    own = scope.inner(f"{qualname}.<locals>.")
    body = _block(node.body, own)
    is_async = node.asynchronous is not None
    return facts.Function(
        at, scope.spelled(node.name.value), qualname, params, decorators, body, is_async, own.yields, returns
    )


def _parameter(node: cst.Param, kind: str, scope: Scope) -> facts.Parameter:
    annotation = None if node.annotation is None else expression(node.annotation.annotation, scope)
    return facts.Parameter(scope.spelled(node.name.value), kind, optional(node.default, scope), annotation)


def _class(node: cst.ClassDef, scope: Scope) -> Statement:
    decorators = tuple([expression(decorator.decorator, scope) for decorator in node.decorators])
    at = scope.at(node)
    qualname = scope.prefix + node.name.value
    bases: tuple[Argument, ...] = tuple([argument(arg, scope) for arg in (*node.bases, *node.keywords)])
    body = _block(node.body, scope.inner(f"{qualname}.", spelling_in(node.name.value)))
    return facts.Class(at, scope.spelled(node.name.value), qualname, bases, decorators, body)


_REDUCTIONS: Mapping[type[cst.CSTNode], Callable[[Any, Scope], Statement | None]] = {
    cst.Expr: _evaluate,
    cst.Pass: _pass,
    cst.Assign: _assign,
    cst.AugAssign: _augment,
    cst.AnnAssign: _annotate,
    cst.TypeAlias: _type_alias,
    cst.Del: _delete,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.With: _with,
    cst.Match: _match,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Break: _break,
    cst.Continue: _continue,
    cst.Global: _global,
    cst.Nonlocal: _global,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    # not every supported libcst knows these
    **{
        getattr(cst, kind): reduction
        for kind, reduction in (("LazyImport", _import), ("LazyImportFrom", _import_from))
        if hasattr(cst, kind)
    },
}
