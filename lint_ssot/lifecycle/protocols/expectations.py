"""Which functions of a module are there to fail: a test calls them where it expects just that."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Expression, Name
from lint_ssot.facts.statements import Statement, Try, With
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.definitions import Module
from lint_ssot.lifecycle.protocols.bodies import Body
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.tolerance import expects_failure, handles_failure


def expected_to_fail(inferring: Inferring, module: Module) -> frozenset[str]:
    """The names that stand where a TypeError or AttributeError is expected: `raises(TypeError, enter)`."""
    scope = inferring.module_scope(module)
    return frozenset(
        name
        for statement in statements_of_all(module.facts.body)
        for expression in _watched(inferring, statement, scope)
        for name in _names(expression)
    )


def is_expected(body: Body, names: frozenset[str]) -> bool:
    """Whether the body is that of a function, or inside one, that is only there to fail."""
    return any(inner.function is not None and inner.function.node.name in names for inner in body.scope.around())


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
