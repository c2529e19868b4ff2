"""Where a name is looked up: the body that runs, the call that runs it, and what is around both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Protocol

from lint_ssot.facts.expressions import Argument, Expression
from lint_ssot.facts.statements import Block, Parameter
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.lifecycle.fixtures.definitions import Fixture
from lint_ssot.lifecycle.protocols.bindings import Binding, Bindings
from lint_ssot.lifecycle.protocols.uses import MethodUses
from lint_ssot.lifecycle.protocols.values import ClassObject, Instance, Value, Values


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """The argument of a call: an expression and where it is evaluated."""

    value: Expression
    scope: Scope


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """One body and the names around it; a `function` of None is the module level or a class body.

    `receiver` is what the first parameter of a method is, `given` what is known of the others.
    `bind` tells what the body binds, when somebody asks for it.
    """

    module: Module
    bind: Callable[[], Bindings]
    function: FunctionDefinition | None = None
    receiver: Instance | ClassObject | None = None
    given: Mapping[str, Given | Values] = field(default_factory=dict)
    outer: Scope | None = None

    @property
    def bindings(self) -> Bindings:
        """What the body binds."""
        return self.bind()

    @property
    def is_detached(self) -> bool:
        """Whether the function stands in another one whose names are not at hand."""
        return self.function is not None and self.outer is None and "<locals>" in self.function.node.qualname

    def around(self) -> Iterator[Scope]:
        """This scope and those around it, innermost first, without the module level."""
        scope: Scope | None = self
        while scope is not None and (scope.outer is not None or scope.function is not None):
            yield scope
            scope = scope.outer

    def binds(self, name: str) -> bool:
        """Whether the name belongs to this body itself."""
        return name in self.bindings or name in self.given or self.has_parameter(name)

    def has_parameter(self, name: str) -> bool:
        """Whether the function has a parameter of that name."""
        return self.function is not None and any(each.name == name for each in self.function.node.parameters)

    @property
    def own_name(self) -> str | None:
        """The name that the receiver of a method goes by: `self`, `cls`."""
        if self.function is None or self.receiver is None:
            return None
        return first_positional(self.function.node.parameters)


@dataclass(frozen=True, slots=True, eq=False)
class Write:
    """An attribute of the receiver is bound in a method."""

    binding: Binding
    method: FunctionDefinition


def nothing_bound() -> Bindings:
    """For a scope that binds no names but those it is given."""
    return {}


class Inferring(Protocol):
    """What the parts of the inference ask of the whole."""

    @property
    def classes(self) -> Classes:
        """The graph that is followed."""

    def infer(self, expression: Expression, scope: Scope) -> Values:
        """Everything the expression can be."""

    def bounded(self, step: Callable[[], Values]) -> Values:
        """Take a step unless the way here was too long already."""

    def module_scope(self, module: Module) -> Scope:
        """The module level of a module."""

    def is_rebound(self, name: str, module: Module) -> bool:
        """Whether a function of the module declares the name global or nonlocal, or `:=` binds it."""

    def bindings(self, block: Block) -> Bindings:
        """What a body binds."""

    def writes(self, definition: ClassDefinition, attribute: str) -> Iterator[Write]:
        """What the methods of a class statement assign to attributes of their first parameter."""

    def fixtures(self, module: Module) -> Mapping[str, Fixture]:
        """The fixtures among a module's names."""

    def requested(self, name: str, scope: Scope) -> Values:
        """Everything that pytest can give to a parameter."""

    def uses_of_self(self, definition: ClassDefinition) -> MethodUses:
        """The methods of a class statement that use what they reach through their first parameter."""

    def named(self, name: str, scope: Scope) -> Values:
        """Everything the name can be."""

    def named_in_module(self, name: str, module: Module) -> Values:
        """Everything the name can be at the module level of a module of the project."""

    def attribute(self, value: Value, attribute: str) -> Values:
        """Everything `value.attribute` can be."""

    def called(self, value: Value, arguments: tuple[Argument, ...], scope: Scope) -> Values:
        """Everything a call of the value can give; the arguments are evaluated in `scope`."""

    def result_of(self, value: Instance, method: str) -> Values:
        """Everything a call of the object's method, without arguments, can give."""

    def awaited(self, value: Value) -> Values:
        """Everything `await value` can give."""

    def entered(self, value: Value, is_async: bool) -> Values:
        """Everything `with value as …` can bind."""

    def decorated(self, function: FunctionDefinition, scope: Scope | None) -> Values:
        """Everything the name of a function can be after its decorators; `scope` is where it is defined."""


def first_positional(parameters: tuple[Parameter, ...]) -> str | None:
    """The name of the first positional parameter, if there is one."""
    return parameters[0].name if parameters and parameters[0].kind == "positional" else None


def matched(
    parameters: tuple[Parameter, ...], arguments: tuple[Argument, ...], scope: Scope
) -> dict[str, Given | Values]:
    """What a call gives to each parameter, as far as stars leave it certain."""
    positional = [each.name for each in parameters if each.kind == "positional"]
    given: dict[str, Given | Values] = {}
    for index, argument in enumerate(arguments):
        if argument.star or (argument.keyword is None and index >= len(positional)):
            break
        given[argument.keyword or positional[index]] = Given(argument.value, scope)
    return given
