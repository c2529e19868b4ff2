"""The bodies of a module that are judged, each in the scope it runs in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from lint_ssot.facts.statements import Block, Class, Function, Statement
from lint_ssot.facts.traversal import statements
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module, Origin
from lint_ssot.lifecycle.protocols.receivers import method_scope, methods_of
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.tolerance import is_never_run
from lint_ssot.lifecycle.protocols.values import Instance


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A block, the scope it runs in, and the outermost statement of the module that holds it."""

    block: Block
    scope: Scope
    within: Statement | None = None


def bodies(inferring: Inferring, module: Module) -> Iterator[Body]:
    """The module level and every function, methods bound to the class they stand in; not what never runs."""
    scope = inferring.module_scope(module)
    yield Body(module.facts.body, scope)
    for statement in module.facts.body:
        for body in _inside(inferring, (statement,), scope, None):
            yield replace(body, within=statement)


def inherited_bodies(inferring: Inferring, definition: ClassDefinition) -> Iterator[Body]:
    """The methods that a class inherits from the project's classes, as they run on its own instances."""
    hierarchy = inferring.classes.hierarchy(definition)
    for owner in hierarchy.classes[1:]:
        if owner.module.origin is Origin.PROJECT:
            for method in methods_of(owner):
                if hierarchy.find(method.node.name) == method and not is_never_run(method.node.decorators):
                    scope = method_scope(inferring, method, Instance(definition))
                    yield Body(method.node.body, scope, definition.node)


def _inside(inferring: Inferring, block: Block, scope: Scope, owner: ClassDefinition | None) -> Iterator[Body]:
    """The functions defined in a block; `scope` is the function around it, or the module level."""
    for statement in statements(block):
        match statement:
            case Function(decorators=decorators) if not is_never_run(decorators):
                inner = _scope_of(inferring, FunctionDefinition(scope.module, statement, owner), scope)
                yield Body(statement.body, inner)
                yield from _inside(inferring, statement.body, inner, None)
            case Class(decorators=decorators, body=body) if not is_never_run(decorators):
                yield Body(body, Scope(scope.module, partial(inferring.bindings, body), outer=scope))
                yield from _inside(inferring, body, scope, ClassDefinition(scope.module, statement))


def _scope_of(inferring: Inferring, function: FunctionDefinition, around: Scope) -> Scope:
    outer = around if around.function is not None else None
    if function.owner is None:
        return Scope(function.module, partial(inferring.bindings, function.node.body), function, outer=outer)
    return replace(method_scope(inferring, function, Instance(function.owner)), outer=outer)
