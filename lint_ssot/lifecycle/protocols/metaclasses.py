"""The class of a class: it decides what calling the class gives, and whether the class itself can be entered."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Expression, Name
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin
from lint_ssot.lifecycle.protocols.scopes import Inferring
from lint_ssot.lifecycle.protocols.values import ClassObject


@dataclass(frozen=True, slots=True)
class Metaclass:
    """The metaclass of a class; `hierarchy` is None for `type` and its like, or if it is not known which."""

    is_known: bool
    hierarchy: Hierarchy | None = None

    @property
    def makes_instances(self) -> bool:
        """Whether calling the class surely gives an instance of it."""
        if not self.is_known or self.hierarchy is None:
            return self.is_known
        call = self.hierarchy.find("__call__")
        is_own = not isinstance(call, FunctionDefinition) or call.module.origin is Origin.PROJECT
        return call is None or not is_own


def metaclass_of(inferring: Inferring, hierarchy: Hierarchy) -> Metaclass:
    """The metaclass that a class names or inherits."""
    for definition in hierarchy.classes:
        for base in definition.node.bases:
            if base.keyword == "metaclass" and not _is_abc_meta(base.value):
                return _named(inferring, definition, base.value)
    return Metaclass(is_known=True)


def _named(inferring: Inferring, definition: ClassDefinition, expression: Expression) -> Metaclass:
    if definition.module.origin is not Origin.PROJECT:
        return Metaclass(is_known=False)
    match inferring.infer(expression, inferring.module_scope(definition.module)):
        case (ClassObject(definition=found),):
            return Metaclass(is_known=True, hierarchy=inferring.classes.hierarchy(found))
    return Metaclass(is_known=False)


def _is_abc_meta(expression: Expression) -> bool:
    """ABCMeta changes nothing here, whoever names it."""
    match expression:
        case Name(id="ABCMeta") | Attribute(attr="ABCMeta"):
            return True
    return False
