"""Whether a value keeps the protocol of `with`, and that of `async with`."""

from __future__ import annotations

import enum

from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import ClassDefinition
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.protocols.metaclasses import metaclass_of
from lint_ssot.lifecycle.protocols.protocol import Protocol
from lint_ssot.lifecycle.protocols.scopes import Inferring
from lint_ssot.lifecycle.protocols.values import (
    ClassObject,
    FunctionObject,
    Instance,
    LambdaObject,
    MockObject,
    ModuleObject,
    Plain,
    Product,
    Value,
)


class Keeping(enum.Enum):
    """How much of a protocol a value has."""

    BOTH = "both"
    ENTER = "enter only"
    EXIT = "exit only"
    NEITHER = "neither"
    UNKNOWN = "unknown"


_PRODUCTS = {Kind.CONTEXT_MANAGER: Protocol.SYNC, Kind.ASYNC_CONTEXT_MANAGER: Protocol.ASYNC}


def keeping(inferring: Inferring, value: Value, protocol: Protocol) -> Keeping:
    """How much of the protocol the value certainly has."""
    match value:
        case Instance(definition=definition):
            return keeping_of(inferring.classes.hierarchy(definition), protocol)
        case ClassObject(definition=definition):
            return _keeping_of_class(inferring, inferring.classes.hierarchy(definition), protocol)
        case MockObject(spec=None):
            return Keeping.NEITHER
        case MockObject(spec=ClassDefinition() as spec):
            return Keeping.NEITHER if value.is_plain else keeping_of(inferring.classes.hierarchy(spec), protocol)
        case Product(kind=kind):
            return Keeping.BOTH if _PRODUCTS.get(kind) is protocol else Keeping.NEITHER
        case FunctionObject() | LambdaObject() | ModuleObject() | Plain():
            return Keeping.NEITHER
    return Keeping.UNKNOWN


def keeping_of(hierarchy: Hierarchy, protocol: Protocol) -> Keeping:
    """How much of the protocol the instances of a class have; only the class counts, not what they carry."""
    enter, leave = (hierarchy.find(method) is not None for method in protocol.methods)
    if enter and leave:
        return Keeping.BOTH
    if hierarchy.open_because is not None:
        return Keeping.UNKNOWN
    if enter:
        return Keeping.ENTER
    return Keeping.EXIT if leave else Keeping.NEITHER


def _keeping_of_class(inferring: Inferring, hierarchy: Hierarchy, protocol: Protocol) -> Keeping:
    """A class object keeps what its metaclass keeps; a class without one keeps nothing."""
    metaclass = metaclass_of(inferring, hierarchy)
    if hierarchy.open_because is not None or not metaclass.is_known:
        return Keeping.UNKNOWN
    return Keeping.NEITHER if metaclass.hierarchy is None else keeping_of(metaclass.hierarchy, protocol)
