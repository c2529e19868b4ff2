"""What an expression can turn out to be when it runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from lint_ssot.facts.expressions import Lambda
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.lifecycle.functions.kinds import Kind

if TYPE_CHECKING:
    from lint_ssot.lifecycle.protocols.scopes import Scope

# a name that can be more things than this is not worth following
_ALTERNATIVES = 8


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of exactly this class."""

    definition: ClassDefinition


@dataclass(frozen=True, slots=True)
class ClassObject:
    """A class itself."""

    definition: ClassDefinition


@dataclass(frozen=True, slots=True)
class Parent:
    """`super()`: the receiver, looked at from behind `after` in its order of resolution."""

    receiver: Instance | ClassObject
    after: ClassDefinition


@dataclass(frozen=True, slots=True, eq=False)
class FunctionObject:
    """A function or bound method, not called yet.

    `outer` is the call in which an inner function was defined, `receiver` what a method is bound to,
    `making` the kind of context manager that a decorator of contextlib makes of it.
    """

    definition: FunctionDefinition
    outer: Scope | None = None
    receiver: Instance | ClassObject | None = None
    making: Kind | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LambdaObject:
    """A lambda, and where its free names live."""

    node: Lambda
    scope: Scope


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """What a call gave, of a kind that depends on how its function is written, not on what it returns.

    `call` is the scope of the called body; None for functions whose body cannot be read.
    """

    kind: Kind
    name: str
    definition: FunctionDefinition | None = None
    call: Scope | None = None


@dataclass(frozen=True, slots=True)
class ModuleObject:
    """A module."""

    module: Module


@dataclass(frozen=True, slots=True)
class Partial:
    """`functools.partial(of, …)`, not called yet."""

    of: Value


@dataclass(frozen=True, slots=True)
class Outside:
    """Something outside the project of which only the dotted name is known."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class MockObject:
    """A mock of unittest that lacks a protocol: a plain one, or one with a class as its spec.

    `made` is where it was made, `path` what was read of it and called since.
    A plain one has no special methods at all; a bare one was made without being told anything.
    """

    name: str
    made: Scope
    spec: ClassDefinition | None = None
    is_plain: bool = False
    is_bare: bool = False
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """A value of a built-in type that keeps neither protocol; `type_name` is `None` for None itself."""

    type_name: str


@dataclass(frozen=True, slots=True)
class Mystery:
    """Anything at all."""


Value: TypeAlias = (
    Instance
    | ClassObject
    | Parent
    | FunctionObject
    | LambdaObject
    | Product
    | ModuleObject
    | Partial
    | Outside
    | MockObject
    | Plain
    | Mystery
)

# everything that an expression can be; one Mystery among them means that nothing is known
Values: TypeAlias = "tuple[Value, ...]"

MYSTERY: Values = (Mystery(),)
NONE: Values = (Plain("None"),)


def union(alternatives: Iterable[Values]) -> Values:
    """All of the alternatives, each once; a mystery if there is one among them, or none, or too many."""
    found: dict[Value, None] = {}
    for values in alternatives:
        found.update(dict.fromkeys(values))
        if any(isinstance(value, Mystery) for value in values) or len(found) > _ALTERNATIVES:
            return MYSTERY
    return tuple(found) or MYSTERY


def without_none(values: Values) -> Values:
    """The values of a name that others may assign: None is there only until they do."""
    return tuple(value for value in values if value not in NONE) or MYSTERY
