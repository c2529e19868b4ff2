"""What a block leaves bound to each name when it has run, choices and guarded imports left open."""

from __future__ import annotations

from dataclasses import field
from typing import TypeAlias

from lint_ssot.facts.expressions import Expression
from lint_ssot.facts.statements import Class, Function, Import, ImportFrom
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Defined:
    """A class or function statement."""

    node: Class | Function


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """The module that `import` binds: `a` of `import a.b`, `a.b` of `import a.b as c`."""

    statement: Import
    module: str


@dataclass(frozen=True, slots=True, eq=False)
class ImportedFrom:
    """One name of a from-import."""

    statement: ImportFrom
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """The value of an expression; `root` is what its first name was bound to when it was evaluated."""

    value: Expression
    root: Named | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Unclear:
    """Bound, but to what cannot be told."""

    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Unbound:
    """Not bound here: a builtin, or an enclosing scope's."""


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """Bound by one of several branches, and which one runs cannot be told."""

    choices: tuple[Binding, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Guarded:
    """`then` if all the imports succeed, else `otherwise`: a try that catches ImportError.

    `possible` are those imports that some branch may leave out.
    """

    imports: tuple[Import | ImportFrom, ...]
    possible: tuple[Import | ImportFrom, ...]
    then: Binding
    otherwise: Binding


@dataclass(frozen=True, slots=True, eq=False)
class Starred:
    """What a star import gives the name; if it gives nothing, what the name was before."""

    statement: ImportFrom
    before: Binding


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """What another name was bound to: `b` after `a = b` is what `a` was, whatever becomes of `a`."""

    name: str
    binding: Binding


Binding: TypeAlias = (
    Defined | Imported | ImportedFrom | Assigned | Unclear | Unbound | Either | Guarded | Starred | Named
)

# nobody reads a name that more branches than this bind, and comparing all with all takes its time
_MOST_CHOICES = 16

UNBOUND = Unbound()
# code after `raise` or a module-level skip: nothing is ever seen of it
UNREACHED = Unclear("the code never gets here")


@dataclass(slots=True)
class Bindings:
    """The names of one scope, and `rest`: what every other name is (bound by a star import, or not at all)."""

    names: dict[str, Binding] = field(default_factory=dict)
    rest: Binding = UNBOUND

    def get(self, name: str) -> Binding:
        """What a name is bound to."""
        return self.names.get(name, self.rest)

    def copy(self) -> Bindings:
        """The same names, to be changed on one branch only."""
        return Bindings(dict(self.names), self.rest)


def either(first: Binding, second: Binding) -> Binding:
    """One of two bindings; the same if both branches left it alone."""
    if first is second:
        return first
    choices = list(_choices(first))
    choices += [each for each in _choices(second) if all(each is not one for one in choices)]
    if len(choices) > _MOST_CHOICES:
        return Unclear("bound in very many ways")
    return choices[0] if len(choices) == 1 else Either(tuple(choices))


def _choices(binding: Binding) -> tuple[Binding, ...]:
    return binding.choices if isinstance(binding, Either) else (binding,)


def joined(first: Bindings | None, second: Bindings | None) -> Bindings | None:
    """The names after one of two branches; None stands for a branch that never arrives."""
    if first is None or second is None:
        return second if first is None else first
    names = dict.fromkeys((*first.names, *second.names))
    return Bindings(
        {name: either(first.get(name), second.get(name)) for name in names}, either(first.rest, second.rest)
    )


def may_be_unbound(binding: Binding) -> bool:
    """Whether some branch leaves the name unbound."""
    match binding:
        case Unbound():
            return True
        case Either(choices=choices):
            return any(may_be_unbound(each) for each in choices)
        case Guarded(then=then, otherwise=otherwise):
            return may_be_unbound(then) or may_be_unbound(otherwise)
        case Starred(before=before):
            return may_be_unbound(before)
    return False
