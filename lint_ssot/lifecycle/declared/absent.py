"""Base classes that are known not to exist, where no import statement is to blame for it."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Expression, Name, Subscript
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, Missing, Module, ModuleDefinition, Origin
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.declared.certain import certain_classes


@dataclass(frozen=True, slots=True)
class AbsentBase:
    """A base that does not exist, as the header of `owner` spells it; `definition` is or inherits from the owner."""

    definition: ClassDefinition
    owner: ClassDefinition
    expression: Name | Attribute
    spelled: str


def absent_bases(module: Module, classes: Classes, test_classes: tuple[TestClass, ...]) -> Iterator[AbsentBase]:
    """The classes of a module that cannot be made for want of a base; of inherited ones, those of test classes."""
    for definition in certain_classes(module, classes):
        yield from _absent_of(definition, definition, classes)
    for test_class in test_classes:
        for owner in test_class.hierarchy.classes[1:]:
            if owner.module is not module and owner.module.origin is Origin.PROJECT:
                yield from _absent_of(test_class.definition, owner, classes)


def _absent_of(definition: ClassDefinition, owner: ClassDefinition, classes: Classes) -> Iterator[AbsentBase]:
    for argument in owner.node.bases:
        base = argument.value.value if isinstance(argument.value, Subscript) else argument.value
        text = spelled(base)
        if text is None or argument.keyword is not None or not isinstance(base, (Name, Attribute)):
            continue
        found = classes.names.resolve_header(owner, base)
        if isinstance(found, Missing) and not (
            definition == owner and _is_named_by_an_import(owner, base, found, classes)
        ):
            yield AbsentBase(definition, owner, base, text)


def _is_named_by_an_import(
    definition: ClassDefinition, expression: Name | Attribute, missing: Missing, classes: Classes
) -> bool:
    """Whether it is an import of the same file that fails."""
    if isinstance(expression, Name):
        return missing != Missing(definition.module.name, expression.id)
    return not isinstance(classes.names.resolve_header(definition, expression.value), ModuleDefinition)


def spelled(expression: Expression) -> str | None:
    """A name or a chain of attributes as it is written."""
    match expression:
        case Name(id=name):
            return name
        case Attribute(value=value, attr=attr):
            owner = spelled(value)
            return None if owner is None else f"{owner}.{attr}"
    return None
