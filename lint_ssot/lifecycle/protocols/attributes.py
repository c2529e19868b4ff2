"""What an attribute of a value is: a member of its class, or what the methods assign to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lint_ssot.facts.values import replace
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import (
    ClassDefinition,
    FunctionDefinition,
    Module,
    Origin,
    ValueDefinition,
)
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.protocols.bindings import Assigned, Entered
from lint_ssot.lifecycle.protocols.mocks import attribute_of_mock
from lint_ssot.lifecycle.protocols.names import outside
from lint_ssot.lifecycle.protocols.receivers import method_scope
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope, Write
from lint_ssot.lifecycle.protocols.values import (
    MYSTERY,
    ClassObject,
    FunctionObject,
    Instance,
    MockObject,
    ModuleObject,
    Outside,
    Parent,
    Value,
    Values,
    union,
    without_none,
)


def attribute_of(inferring: Inferring, value: Value, attribute: str) -> Values:
    """Everything `value.attribute` can be."""
    match value:
        case Instance(definition=definition) if attribute == "__class__":
            return (ClassObject(definition),)
        case Instance() | ClassObject():
            return _held(inferring, value, attribute)
        case Parent(receiver=receiver, after=after):
            hierarchy = inferring.classes.hierarchy(receiver.definition)
            return _member(inferring, hierarchy, receiver, attribute, after)
        case ModuleObject(module=module):
            return _of_module(inferring, module, attribute)
        case Outside(name=name):
            return outside(inferring, f"{name}.{attribute}")
        case MockObject():
            return attribute_of_mock(inferring, value, attribute)
        case FunctionObject(definition=FunctionDefinition(module=module, node=node)) if _is_outside(module):
            return outside(inferring, f"{module.name}.{node.qualname}.{attribute}")
    return MYSTERY


def _is_outside(module: Module) -> bool:
    return module.origin is not Origin.PROJECT


def _of_module(inferring: Inferring, module: Module, name: str) -> Values:
    if _is_outside(module):
        return outside(inferring, f"{module.name}.{name}")
    if name not in inferring.module_scope(module).bindings and module.is_package:
        match inferring.classes.names.modules.find(f"{module.name}.{name}", module):
            case Module() as inner:
                return (ModuleObject(inner),)
    return inferring.named_in_module(name, module)


def _held(inferring: Inferring, value: Instance | ClassObject, attribute: str) -> Values:
    """What the class has under that name and whatever its methods assign to it."""
    hierarchy = inferring.classes.hierarchy(value.definition)
    ways = [_assigned(inferring, value, write) for write in _writes(inferring, hierarchy, attribute)]
    if not ways or hierarchy.find(attribute) is not None:
        ways.append(_member(inferring, hierarchy, value, attribute, None))
    return without_none(union(ways))


def _writes(inferring: Inferring, hierarchy: Hierarchy, attribute: str) -> Iterator[Write]:
    for definition in hierarchy.classes:
        if not _is_outside(definition.module):
            yield from inferring.writes(definition, attribute)


def _assigned(inferring: Inferring, value: Instance | ClassObject, write: Write) -> Values:
    scope = method_scope(inferring, write.method, value)
    match write.binding:
        case Assigned(value=assigned):
            return inferring.infer(assigned, scope)
        case Entered(item=item, is_async=is_async):
            return union(inferring.entered(each, is_async) for each in inferring.infer(item.value, scope))
    return MYSTERY


def _member(
    inferring: Inferring,
    hierarchy: Hierarchy,
    receiver: Instance | ClassObject,
    name: str,
    after: ClassDefinition | None,
) -> Values:
    match hierarchy.find(name, after):
        case FunctionDefinition() as function:
            return _bound(inferring, function, receiver)
        case ClassDefinition() as inner:
            return (ClassObject(inner),)
        case ValueDefinition(module=module, value=value, owner=ClassDefinition() as owner) if value is not None:
            body = Scope(module, partial(inferring.bindings, owner.node.body), outer=inferring.module_scope(module))
            return inferring.infer(value, body)
    return MYSTERY


def _bound(inferring: Inferring, function: FunctionDefinition, receiver: Instance | ClassObject) -> Values:
    """A method as it is reached through its receiver; reading a property calls it."""
    values = inferring.decorated(function, None)
    match binding_of(function), receiver:
        case Binding.STATIC, _:
            return values
        case Binding.CLASS, Instance(definition=definition):
            return _with_receiver(values, ClassObject(definition))
        case Binding.INSTANCE, ClassObject():
            return values
        case Binding.PROPERTY, Instance():
            nowhere = inferring.module_scope(function.module)
            return union(inferring.called(each, (), nowhere) for each in _with_receiver(values, receiver))
        case Binding.PROPERTY, ClassObject():
            return MYSTERY
    return _with_receiver(values, receiver)


def _with_receiver(values: Values, receiver: Instance | ClassObject) -> Values:
    """Functions become methods; anything else in a class body stays what it is."""
    return tuple(replace(each, receiver=receiver) if isinstance(each, FunctionObject) else each for each in values)
