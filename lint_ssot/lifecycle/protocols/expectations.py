"""Which functions of a module are there to fail: a test calls them where it expects just that."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Expression, Name
from lint_ssot.facts.statements import Function, Statement, Try, With
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.definitions import Module
from lint_ssot.lifecycle.protocols.bodies import Body
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.tolerance import expects_failure, handles_failure


def expected_to_fail(inferring: Inferring, module: Module) -> frozenset[str]:
    """The names that stand where a TypeError or AttributeError is expected: `raises(TypeError, enter)`.

    What functions of these names do is expected to fail as well.
    """
    scope = inferring.module_scope(module)
    every = tuple(statements_of_all(module.facts.body))
    found: set[str] = set()
    waiting = [name for each in every for expression in _watched(inferring, each, scope) for name in _names(expression)]
    functions: dict[str, list[Function]] = {}
    for statement in every:
        if isinstance(statement, Function):
            functions.setdefault(statement.name, []).append(statement)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += (inner for function in functions.get(name, ()) for inner in _names_in(function))
    return frozenset(found)


def _names_in(function: Function) -> Iterator[str]:
    for statement in statements_of_all(function.body):
        for expression in expressions(statement):
            yield from _names(expression)


def functions_around(body: Body) -> frozenset[str]:
    """The names of the functions that a body is, or is in."""
    return frozenset(each.function.node.name for each in body.scope.around() if each.function is not None)


def _watched(inferring: Inferring, statement: Statement, scope: Scope) -> Iterator[Expression]:
    """The expressions whose failure a statement expects."""
    match statement:
        case With(items=items, body=body) if any(expects_failure(inferring, each.value, scope) for each in items):
            yield from (each for inner in statements_of_all(body) for each in expressions(inner))
        case Try(body=body) if handles_failure(inferring, statement, scope):
            yield from (each for inner in statements_of_all(body) for each in expressions(inner))
    for expression in expressions(statement):
        for part in subexpressions(expression):
            if isinstance(part, Call) and len(part.arguments) > 1 and expects_failure(inferring, part, scope):
                yield from (argument.value for argument in part.arguments[1:])


def _names(expression: Expression) -> Iterator[str]:
    for part in subexpressions(expression):
        match part:
            case Name(id=name) | Attribute(attr=name):
                yield name
