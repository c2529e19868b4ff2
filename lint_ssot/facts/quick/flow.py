"""Reduces the statements of Python's syntax tree, with their branches."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from sys import intern
from typing import Any

from lint_ssot.facts import statements as facts
from lint_ssot.facts.deferred import Lines, deferred
from lint_ssot.facts.expressions import Name, Position
from lint_ssot.facts.made import made_class
from lint_ssot.facts.opaque import NOTHING, is_idle
from lint_ssot.facts.quick.leaving import leaving
from lint_ssot.facts.quick.patterns import bound_names, is_irrefutable
from lint_ssot.facts.quick.scope import Scope, expression, optional, places
from lint_ssot.facts.quick.terms import REDUCTIONS, argument, parameters
from lint_ssot.facts.statements import Block, Statement


def reduced_tree(tree: ast.Module, source: str) -> Block:
    """Return the reduced statements of a whole module; `source` is the text that `tree` was made of."""
    return _block(tree.body, Scope(places(source), REDUCTIONS))


def reduced_outline(tree: ast.Module, source: str) -> Block:
    """Return the same with the bodies of functions left in the text, as far as they can be told from its lines."""
    return _block(tree.body, Scope(places(source), REDUCTIONS, leave=leaving(source)))


def reduced_body(lines: Lines, qualname: str) -> Block:
    """Return the body of the function in these lines; raises what `ast.parse` does."""
    text = lines.text[lines.start : lines.end]
    around = "if 1:\n" if text[:1] in " \t" else ""
    (found,) = ast.parse(around + text).body
    node: Any = found.body[0] if isinstance(found, ast.If) else found
    place = places(around + text, lines.first - len(around.splitlines()) - 1)
    return _block(node.body, Scope(place, REDUCTIONS, f"{qualname}.<locals>.", lines.inside))


def _block(nodes: Iterable[ast.stmt], scope: Scope) -> Block:
    found = [_REDUCTIONS[type(node)](node, scope) for node in nodes]
    return tuple([statement for statement in found if statement is not None])


def _evaluate(node: ast.Expr, scope: Scope) -> Statement | None:
    value = expression(node.value, scope)
    return None if is_idle(value) else facts.Evaluate(value)


def _pass(node: ast.Pass, scope: Scope) -> None:
    return None


def _assign(node: ast.Assign, scope: Scope) -> Statement:
    targets = tuple([expression(target, scope) for target in node.targets])
    value = expression(node.value, scope)
    return made_class(targets, value, scope.prefix) or facts.Assign(targets, value)


def _augment(node: ast.AugAssign, scope: Scope) -> Statement:
    target = expression(node.target, scope)
    return facts.Assign((target,), expression(node.value, scope), is_augmented=True)


def _annotate(node: ast.AnnAssign, scope: Scope) -> Statement:
    target = expression(node.target, scope)
    annotation = expression(node.annotation, scope)
    return facts.Annotate(target, annotation, optional(node.value, scope))


def _type_alias(node: Any, scope: Scope) -> Statement:
    return facts.Assign((Name(scope.at(node.name), scope.spelled(node.name.id)),), NOTHING)


def _delete(node: ast.Delete, scope: Scope) -> Statement:
    targets = node.targets
    if len(targets) == 1 and isinstance(targets[0], (ast.Tuple, ast.List)):
        targets = targets[0].elts
    return facts.Delete(tuple([expression(target, scope) for target in targets]))


def _if(node: ast.If, scope: Scope) -> Statement:
    test = expression(node.test, scope)
    body = _block(node.body, scope)
    return facts.If(test, body, _block(node.orelse, scope))


def _for(node: ast.For | ast.AsyncFor, scope: Scope) -> Statement:
    target = expression(node.target, scope)
    iterable = expression(node.iter, scope)
    body = _block(node.body, scope)
    return facts.For(target, iterable, body, _block(node.orelse, scope), isinstance(node, ast.AsyncFor))


def _while(node: ast.While, scope: Scope) -> Statement:
    test = expression(node.test, scope)
    body = _block(node.body, scope)
    return facts.While(test, body, _block(node.orelse, scope))


def _try(node: Any, scope: Scope) -> Statement:
    body = _block(node.body, scope)
    handlers = tuple([_handler(handler, scope) for handler in node.handlers])
    orelse = _block(node.orelse, scope)
    return facts.Try(body, handlers, orelse, _block(node.finalbody, scope))


def _handler(node: ast.ExceptHandler, scope: Scope) -> facts.Handler:
    caught = optional(node.type, scope)
    return facts.Handler(caught, _bound(node.name, scope), _block(node.body, scope))


def _with(node: ast.With | ast.AsyncWith, scope: Scope) -> Statement:
    items = tuple([_item(item, scope) for item in node.items])
    return facts.With(scope.at(node), items, _block(node.body, scope), isinstance(node, ast.AsyncWith))


def _item(node: ast.withitem, scope: Scope) -> facts.Item:
    value = expression(node.context_expr, scope)
    return facts.Item(scope.at(node.context_expr), value, optional(node.optional_vars, scope))


def _match(node: ast.Match, scope: Scope) -> Statement:
    subject = expression(node.subject, scope)
    return facts.Match(subject, tuple([_case(case, scope) for case in node.cases]))


def _case(node: ast.match_case, scope: Scope) -> facts.Case:
    bound = tuple(map(scope.spelled, bound_names(node.pattern)))
    guard = optional(node.guard, scope)
    always = guard is None and is_irrefutable(node.pattern)
    return facts.Case(bound, guard, _block(node.body, scope), always)


def _return(node: ast.Return, scope: Scope) -> Statement:
    return facts.Return(optional(node.value, scope))


def _raise(node: ast.Raise, scope: Scope) -> Statement:
    return facts.Raise(optional(node.exc, scope), optional(node.cause, scope))


def _assert(node: ast.Assert, scope: Scope) -> Statement:
    return facts.Assert(expression(node.test, scope))


def _break(node: ast.Break, scope: Scope) -> Statement:
    return facts.Break()


def _continue(node: ast.Continue, scope: Scope) -> Statement:
    return facts.Continue()


def _global(node: ast.Global | ast.Nonlocal, scope: Scope) -> Statement:
    return facts.Global(tuple(map(scope.spelled, node.names)))


def _import(node: ast.Import, scope: Scope) -> Statement:
    return facts.Import(scope.at(node), _aliases(node.names, scope))


def _import_from(node: ast.ImportFrom, scope: Scope) -> Statement:
    module = intern(node.module or "")
    return facts.ImportFrom(scope.at(node), module, node.level, _aliases(node.names, scope))


def _aliases(nodes: list[ast.alias], scope: Scope) -> tuple[facts.Alias, ...]:
    return tuple([facts.Alias(scope.at(node), intern(node.name), _bound(node.asname, scope)) for node in nodes])


def _bound(name: str | None, scope: Scope) -> str | None:
    return None if name is None else scope.spelled(name)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Statement:
    decorators = tuple([expression(decorator, scope) for decorator in node.decorator_list])
    at: Position = scope.at(node)
    qualname = scope.prefix + node.name
    params = tuple([_parameter(arg, kind, default, scope) for arg, kind, default in parameters(node.args)])
    returns = optional(node.returns, scope)
    own = scope.inner(f"{qualname}.<locals>.")
    lines = scope.leave(node, scope.inside)
    body = () if lines is not None else _block(node.body, own)
    is_async = isinstance(node, ast.AsyncFunctionDef)
    made = facts.Function(
        at, scope.spelled(node.name), qualname, params, decorators, body, is_async, own.yields, returns
    )
    return made if lines is None else deferred(made, lines)


def _parameter(node: ast.arg, kind: str, default: ast.expr | None, scope: Scope) -> facts.Parameter:
    return facts.Parameter(scope.spelled(node.arg), kind, optional(default, scope), optional(node.annotation, scope))


def _class(node: ast.ClassDef, scope: Scope) -> Statement:
    decorators = tuple([expression(decorator, scope) for decorator in node.decorator_list])
    qualname = scope.prefix + node.name
    given: list[Any] = [*node.bases, *node.keywords]
    bases = tuple([argument(each, scope) for each in given])
    body = _block(node.body, scope.inner(f"{qualname}.", node.name))
    return facts.Class(scope.at(node), scope.spelled(node.name), qualname, bases, decorators, body)


_REDUCTIONS: Mapping[type[ast.AST], Callable[[Any, Scope], Statement | None]] = {
    ast.Expr: _evaluate,
    ast.Pass: _pass,
    ast.Assign: _assign,
    ast.AugAssign: _augment,
    ast.AnnAssign: _annotate,
    ast.Delete: _delete,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.Try: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Match: _match,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Global: _global,
    ast.Nonlocal: _global,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    # not every supported Python knows these
    **{
        getattr(ast, kind): reduction
        for kind, reduction in (("TryStar", _try), ("TypeAlias", _type_alias))
        if hasattr(ast, kind)
    },
}
