"""The bodies of a module that are judged, each in the scope it runs in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lint_ssot.facts.statements import Block, Class, Function, Statement
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass, replace
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module, Origin
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.functions.excuses import is_marked_so, is_never_run
from lint_ssot.lifecycle.imports.guards import leaves_at_once
from lint_ssot.lifecycle.protocols.receivers import method_scope, methods_of
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope, first_positional
from lint_ssot.lifecycle.protocols.tolerance import prefixes
from lint_ssot.lifecycle.protocols.uses import Use, uses_in
from lint_ssot.lifecycle.protocols.values import Instance


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What a block uses, the scope it runs in, and the outermost statement of the module that holds it."""

    block: Block
    uses: tuple[Use, ...]
    scope: Scope
    within: Statement | None = None


def bodies(inferring: Inferring, module: Module) -> Iterator[Body]:
    """The module level and every function, methods bound to the class they stand in; not what never runs."""
    scope = inferring.module_scope(module)
    yield Body(module.facts.body, uses_in(module.facts.body), scope)
    for statement in module.facts.body:
        if leaves_at_once(statement):
            return
        for body in _inside(inferring, (statement,), scope, None):
            yield replace(body, within=statement)


def inherited_bodies(inferring: Inferring, definition: ClassDefinition) -> Iterator[Body]:
    """The methods that a class inherits from the project's classes, as they run on its own instances."""
    hierarchy = inferring.classes.hierarchy(definition)
    for owner in hierarchy.classes[1:]:
        if owner.module.origin is Origin.PROJECT:
            for method, uses in inferring.uses_of_self(owner):
                if hierarchy.find(method.node.name) == method:
                    scope = method_scope(inferring, method, Instance(definition))
                    yield Body(method.node.body, uses, scope, definition.node)


def uses_of_self(definition: ClassDefinition, names: Names) -> Iterator[tuple[FunctionDefinition, tuple[Use, ...]]]:
    """The methods of a class statement that use what they reach through their first parameter."""
    for method in methods_of(definition):
        own_name = first_positional(method.node.parameters)
        if own_name is None:
            continue
        uses = tuple(use for use in uses_in(method.node.body) if own_name in prefixes(use.value))
        if uses and not is_never_run(method.node.decorators, method.module, names, method.owner):
            yield method, uses


def _inside(inferring: Inferring, block: Block, scope: Scope, owner: ClassDefinition | None) -> Iterator[Body]:
    """The functions defined in a block; `scope` is the function around it, or the module level."""
    for statement in statements(block):
        match statement:
            case Function() if not _is_never_run(inferring, statement, scope, owner):
                inner = _scope_of(inferring, FunctionDefinition(scope.module, statement, owner), scope)
                yield Body(statement.body, uses_in(statement.body), inner)
                yield from _inside(inferring, statement.body, inner, None)
            case Class(body=body) if not _is_never_run(inferring, statement, scope, owner):
                inner = Scope(scope.module, partial(inferring.bindings, body), outer=scope)
                yield Body(body, uses_in(body), inner)
                yield from _inside(inferring, body, scope, ClassDefinition(scope.module, statement))


def _scope_of(inferring: Inferring, function: FunctionDefinition, around: Scope) -> Scope:
    outer = around if around.function is not None else None
    if function.owner is None:
        return Scope(function.module, partial(inferring.bindings, function.node.body), function, outer=outer)
    return replace(method_scope(inferring, function, Instance(function.owner)), outer=outer)


def _is_never_run(
    inferring: Inferring, statement: Function | Class, scope: Scope, owner: ClassDefinition | None
) -> bool:
    names, module = inferring.classes.names, scope.module
    if statement.decorators and is_never_run(statement.decorators, module, names, owner):
        return True
    return isinstance(statement, Class) and is_marked_so(
        statement.body, module, names, ClassDefinition(module, statement)
    )
