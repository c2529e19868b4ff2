"""Which class a base of a class statement is."""

from __future__ import annotations

from typing import Protocol

from lint_ssot.facts.expressions import Call, Choice, Expression, Subscript
from lint_ssot.facts.statements import Function
from lint_ssot.graph.definitions import (
    ClassDefinition,
    External,
    FunctionDefinition,
    Missing,
    ModuleDefinition,
    Resolution,
    Unknown,
    ValueDefinition,
)
from lint_ssot.graph.names.names import Names

# bases that add nothing a test could use, and stand at the end of every order
_EMPTY_BASES = frozenset(
    {
        "builtins.object",
        "typing.Generic",
        "typing.Protocol",
        "typing_extensions.Generic",
        "typing_extensions.Protocol",
    }
)
# bases whose metaclass makes something else of the body
_MAKING_BASES = frozenset(
    {"typing.NamedTuple", "typing.TypedDict", "typing_extensions.NamedTuple", "typing_extensions.TypedDict"}
)
# factories that return what another one returns
_DEEPEST = 5


class Outside(Protocol):
    """Whoever knows the classes of other packages."""

    def definition(self, dotted: str) -> Resolution:
        """What an absolute dotted name outside the project stands for."""
        ...


class Nothing:
    """Knows no other packages."""

    def definition(self, dotted: str) -> Resolution:
        """Unknown, whatever it is."""
        return Unknown(f"`{dotted}` is not of the project")


class Bases:
    """Resolves the bases and metaclasses of class statements."""

    def __init__(self, names: Names, installed: Outside) -> None:
        self._names = names
        self._installed = installed

    def base(self, definition: ClassDefinition, expression: Expression) -> ClassDefinition | Missing | Unknown | None:
        """The class that a base expression is; None for one that adds nothing (`object`, `Generic[T]`)."""
        if isinstance(expression, Subscript):
            return self.base(definition, expression.value)
        if isinstance(expression, Choice):
            both = [self.base(definition, each) for each in (expression.then, expression.otherwise)]
            return both[0] if both[0] == both[1] else Unknown("a base depends on a condition")
        if isinstance(expression, Call):
            made = self._names.resolve_header(definition, expression.function)
            return self._class(self._made_by(made, _DEEPEST))
        return self._class(self._names.resolve_header(definition, expression))

    def outside(self, found: Resolution) -> Resolution:
        """The definition of what stands outside the project, if it can be had; other things as they are."""
        return self._installed.definition(found.name) if isinstance(found, External) else found

    def _class(self, found: Resolution) -> ClassDefinition | Missing | Unknown | None:
        if isinstance(found, External) and found.name in _EMPTY_BASES:
            return None
        if isinstance(found, External) and found.name in _MAKING_BASES:
            return Unknown(f"`{found.name}` makes fields of annotations")
        if isinstance(found, ValueDefinition) and isinstance(found.value, Call):
            maker = self._names.resolve(found.module, found.value.function, found.owner)
            found = self._made_by(maker, _DEEPEST)
        match self.outside(found):
            case ClassDefinition() | Missing() | Unknown() as known:
                return known
            case External(name=name):
                return Unknown(f"`{name}` is not known")
            case FunctionDefinition() | ValueDefinition() | ModuleDefinition():
                return Unknown("a base is not a class statement")

    def _made_by(self, factory: Resolution, depth: int) -> Resolution:
        """The one class that a function of the project always returns."""
        if not isinstance(factory, FunctionDefinition) or _is_special(factory.node) or depth == 0:
            return Unknown("a base is made by a call")
        scope, ran = self._names.scopes.of_function(factory.module, factory.node)
        made: list[Resolution] = [] if not ran.ends else [Unknown("it may return None")]
        for binding in ran.returned:
            found = self._names.bound_in(scope, "return", binding)
            if isinstance(found, ValueDefinition) and isinstance(found.value, Call):
                found = self._made_by(self._names.resolve(found.module, found.value.function), depth - 1)
            made.append(found)
        if made and all(each == made[0] for each in made):
            return made[0]
        return Unknown(f"`{factory.node.name}` does not always return the same class")


def _is_special(function: Function) -> bool:
    return function.is_async or function.is_generator or bool(function.decorators)
