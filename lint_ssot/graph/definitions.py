"""What a name can turn out to be: a Definition, Missing, or Unknown."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from lint_ssot.facts.expressions import Expression
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Class, Function
from lint_ssot.facts.values import dataclass


class Origin(enum.Enum):
    """Where a module's facts come from."""

    PROJECT = "project"  # a file of the linted project
    WELL_KNOWN = "well known"  # a stub that ships with the linter
    INSTALLED = "installed"  # the standard library or an installed package, told by astroid


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A module and its facts; compared by identity, as one graph holds one of each.

    `name` is the dotted name it is imported by; `path` its file (None for stubs and installed modules).
    """

    name: str
    path: Path | None
    facts: ModuleFacts
    is_package: bool
    origin: Origin = Origin.PROJECT

    @property
    def is_read(self) -> bool:
        """Whether its facts are known already, and cost nothing."""
        return True


@dataclass(frozen=True, slots=True, eq=False)
class ClassDefinition:
    """A class statement and the module it stands in; equal when it is the very same statement."""

    module: Module
    node: Class

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClassDefinition) and other.node is self.node

    def __hash__(self) -> int:
        return id(self.node)

    @property
    def identity(self) -> tuple[str, str]:
        """Module name and qualified name, which is what a declared base is compared by."""
        return self.module.name, self.node.qualname


@dataclass(frozen=True, slots=True, eq=False)
class FunctionDefinition:
    """A function or method, the module it stands in and, for a method, the class whose body holds it.

    Equal when it is the very same statement: comparing whole bodies would cost more than following them.
    """

    module: Module
    node: Function
    owner: ClassDefinition | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FunctionDefinition) and other.node is self.node

    def __hash__(self) -> int:
        return id(self.node)


@dataclass(frozen=True, slots=True)
class ValueDefinition:
    """A name bound to an expression that is neither a class, a function nor an alias of one."""

    module: Module
    value: Expression | None
    owner: ClassDefinition | None = None


@dataclass(frozen=True, slots=True)
class ModuleDefinition:
    """A name bound to a module."""

    module: Module


@dataclass(frozen=True, slots=True)
class External:
    """Something outside the project, known by its dotted name only (`pytest.fixture`, `os.path`)."""

    name: str


Definition: TypeAlias = ClassDefinition | FunctionDefinition | ValueDefinition | ModuleDefinition | External


@dataclass(frozen=True, slots=True)
class Missing:
    """Known not to exist: the module `module`, or (then `name` is set) that name in it."""

    module: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Cannot be known; `why` in a few words, for the person who asks why nothing was said."""

    why: str


Resolution: TypeAlias = Definition | Missing | Unknown


def agreement(found: Iterable[Resolution | None]) -> Resolution | None:
    """What all branches agree on; one that raises or does not bind the name has no say."""
    known = [each for each in found if each is not None]
    alive = [each for each in known if not isinstance(each, Missing)] or known
    if all(each == alive[0] for each in alive):
        return alive[0] if alive else None
    return Unknown("bound in more than one way")
