"""What a name stands for: through the bodies around it, the module, and what is imported there."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Name, Position
from lint_ssot.facts.statements import Alias, Class, Function, Import, ImportFrom
from lint_ssot.facts.traversal import subexpressions
from lint_ssot.graph.definitions import (
    ClassDefinition,
    External,
    FunctionDefinition,
    Module,
    ModuleDefinition,
    Origin,
    Resolution,
)
from lint_ssot.lifecycle.protocols.bindings import Assigned, Binding, Defined, Entered, Imported
from lint_ssot.lifecycle.protocols.known import is_known
from lint_ssot.lifecycle.protocols.scopes import Given, Inferring, Scope
from lint_ssot.lifecycle.protocols.values import (
    MYSTERY,
    ClassObject,
    ModuleObject,
    Outside,
    Values,
    union,
    without_none,
)


def named(inferring: Inferring, name: str, scope: Scope) -> Values:
    """Everything the name can be in the scope."""
    for inner in scope.around():
        if inner.binds(name):
            return MYSTERY if inferring.is_rebound(name, scope.module) else _local(inferring, name, inner)
        if inner.is_detached:
            return MYSTERY
    return inferring.named_in_module(name, scope.module)


def is_local(name: str, scope: Scope) -> bool:
    """Whether the name belongs to a body below the module level, or may do so."""
    return any(inner.binds(name) or inner.is_detached for inner in scope.around())


def is_builtin(inferring: Inferring, name: str, scope: Scope) -> bool:
    """Whether nothing in reach rebinds the name of a builtin."""
    return not is_local(name, scope) and name not in inferring.module_scope(scope.module).bindings


def named_in_module(inferring: Inferring, name: str, module: Module) -> Values:
    """Everything the name can be at the module level; None is only what it is before somebody assigns it."""
    scope = inferring.module_scope(module)
    if name in scope.bindings:
        if inferring.is_rebound(name, module):
            return MYSTERY
        return without_none(union(_bound(inferring, each, name, scope) for each in scope.bindings[name]))
    return resolved(inferring, inferring.classes.names.resolve(module, Name(Position(0, 0), name)))


def resolved(inferring: Inferring, resolution: Resolution) -> Values:
    """What a resolution of the graph is as a value."""
    match resolution:
        case ClassDefinition():
            return (ClassObject(resolution),)
        case FunctionDefinition(module=module, node=node):
            if module.origin is Origin.PROJECT and node.qualname == node.name:
                return inferring.named_in_module(node.name, module)
            return inferring.decorated(resolution, None)
        case ModuleDefinition(module=module):
            return (ModuleObject(module),)
        case External(name=name):
            return outside(inferring, name)
    return MYSTERY


def outside(inferring: Inferring, name: str) -> Values:
    """What stands outside the project under a dotted name."""
    if is_known(name):
        return (Outside(name),)
    match inferring.classes.installed.definition(name):
        case ClassDefinition() as definition:
            return (ClassObject(definition),)
        case FunctionDefinition() as function:
            return inferring.decorated(function, None)
    return (Outside(name),)


def imported(inferring: Inferring, statement: Import | ImportFrom, alias: Alias, module: Module) -> Values:
    """What an import binds a name to."""
    modules = inferring.classes.names.modules
    if isinstance(statement, Import):
        return _module(inferring, alias.name if alias.bound else alias.name.partition(".")[0], module)
    name: str | None = statement.module
    if statement.level:
        name = modules.relative(module, statement.module, statement.level)
    if name is None:
        return MYSTERY
    source = _module(inferring, name, module)
    return union(inferring.attribute(each, alias.name) for each in source)


def _module(inferring: Inferring, name: str, importer: Module) -> Values:
    match inferring.classes.names.modules.find(name, importer):
        case Module() as module:
            return (ModuleObject(module),)
        case External():
            return (Outside(name),)
    return MYSTERY


def _local(inferring: Inferring, name: str, scope: Scope) -> Values:
    """A parameter may be rebound, so it is what it was given and everything that it is bound to."""
    return union(_ways(inferring, name, scope))  # which asks no further than the first mystery


def _ways(inferring: Inferring, name: str, scope: Scope) -> Iterator[Values]:
    for each in scope.bindings.get(name, ()):
        yield _bound(inferring, each, name, scope)
    if name in scope.given or scope.has_parameter(name):
        yield _argument(inferring, name, scope)


def _argument(inferring: Inferring, name: str, scope: Scope) -> Values:
    if scope.receiver is not None and name == scope.own_name:
        return (scope.receiver,)
    if name not in scope.given:
        return inferring.requested(name, scope)
    given = scope.given[name]
    return inferring.infer(given.value, given.scope) if isinstance(given, Given) else given


def _bound(inferring: Inferring, binding: Binding, name: str, scope: Scope) -> Values:
    match binding:
        case Assigned(value=value):
            return inferring.infer(value, scope)
        case Entered(item=item, is_async=is_async):
            return union(inferring.entered(each, is_async) for each in inferring.infer(item.value, scope))
        case Imported(statement=statement, alias=alias):
            return imported(inferring, statement, alias, scope.module)
        case Defined(node=Function() as node):
            return inferring.decorated(FunctionDefinition(scope.module, node), scope)
        case Defined(node=Class() as node):
            return _local_class(ClassDefinition(scope.module, node), scope)
    return MYSTERY


def _local_class(definition: ClassDefinition, scope: Scope) -> Values:
    """A class inside a function is resolved by the module's names, so one that needs others is a mystery."""
    needed = (*(base.value for base in definition.node.bases), *definition.node.decorators)
    names = (part.id for each in needed for part in subexpressions(each) if isinstance(part, Name))
    return MYSTERY if any(is_local(name, scope) for name in names) else (ClassObject(definition),)
