"""Bases that Python refuses: no order has each of them before those that it inherits from."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Name
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, Module, Origin
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.declared.certain import certain_classes


@dataclass(frozen=True, slots=True)
class Conflict:
    """A class that cannot be made.

    `base` stands before `heir`, which inherits from it, or is `heir` itself; both are None where several disagree.
    """

    definition: ClassDefinition
    base: ClassDefinition | None = None
    heir: ClassDefinition | None = None


def base_conflicts(module: Module, classes: Classes) -> Iterator[Conflict]:
    """The class statements of a module that end in a TypeError (the C3 method resolution order, PEP 253)."""
    for definition in certain_classes(module, classes):
        bases = _known_bases(definition, classes)
        if len(bases) > 1 and classes.is_refused(definition):
            yield _conflict(definition, bases, classes)


def _known_bases(definition: ClassDefinition, classes: Classes) -> tuple[ClassDefinition, ...]:
    """The bases if every one, and whatever it inherits from, is known for certain; else none."""
    written = [argument for argument in definition.node.bases if argument.keyword is None]
    bases = classes.bases(definition)
    if len(bases) != len(written) or not all(isinstance(each.value, (Name, Attribute)) for each in written):
        return ()
    return bases if all(_is_sure(base, classes) for base in bases) else ()


def _is_sure(base: ClassDefinition, classes: Classes) -> bool:
    hierarchy = classes.hierarchy(base)
    is_ours = all(each.module.origin is Origin.PROJECT for each in hierarchy.classes)
    return hierarchy.open_because is None and (is_ours or hierarchy.inherits(*TESTCASE_NAMES))


def _conflict(definition: ClassDefinition, bases: tuple[ClassDefinition, ...], classes: Classes) -> Conflict:
    for index, base in enumerate(bases):
        for heir in bases[index + 1 :]:
            if base in classes.hierarchy(heir).classes:
                return Conflict(definition, base, heir)
    return Conflict(definition)
