"""What a method is bound to when it is reached through an object: its decorators decide."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Expression, Name
from lint_ssot.facts.statements import Function
from lint_ssot.facts.traversal import statements
from lint_ssot.graph.definitions import FunctionDefinition


class Binding(enum.Enum):
    """What stands in a method's first parameter, or that reading it calls it."""

    INSTANCE = "instance"
    CLASS = "class"
    STATIC = "static"
    PROPERTY = "property"


# Implicitly class or static methods, whatever their decorators (data model, "Customizing class creation").
ALWAYS_CLASS = frozenset({"__init_subclass__", "__class_getitem__"})


def binding_of(function: FunctionDefinition) -> Binding:
    """What the method is bound to; any decorator named `…property` counts as one."""
    if function.node.name in ALWAYS_CLASS:
        return Binding.CLASS
    for decorator in function.node.decorators:
        for word in _words(decorator):
            if word in ("classmethod", "abstractclassmethod", "classproperty"):
                return Binding.CLASS
            if word in ("staticmethod", "abstractstaticmethod"):
                return Binding.STATIC
            if word.endswith("property") or word in ("setter", "getter", "deleter", "lazy_attribute"):
                return Binding.PROPERTY
    return Binding.INSTANCE


def getter_of(found: FunctionDefinition) -> FunctionDefinition:
    """The function that a read of a property calls, where `found` is the last of those that make it."""
    return _accessor(found, "getter", "property") or found


def setter_of(found: FunctionDefinition) -> FunctionDefinition | None:
    """The function that an assignment to a property calls."""
    return _accessor(found, "setter")


def _accessor(found: FunctionDefinition, *endings: str) -> FunctionDefinition | None:
    same = (
        each
        for each in (statements(found.owner.node.body) if found.owner is not None else ())
        if isinstance(each, Function) and each.name == found.node.name
    )
    fitting = [
        each for each in same if any(word.endswith(endings) for made in each.decorators for word in _words(made))
    ]
    return FunctionDefinition(found.module, fitting[-1], found.owner) if fitting else None


def _words(decorator: Expression) -> Iterator[str]:
    match decorator:
        case Name(id=name):
            yield name
        case Attribute(attr=name):
            yield name
        case Call(function=function):
            yield from _words(function)
