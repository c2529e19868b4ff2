"""Who inherits whom, and which classes may have attributes that cannot be known."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Set
from typing import TypeAlias

from lint_ssot.facts.expressions import Argument, Call, Expression
from lint_ssot.facts.values import dataclass, replace
from lint_ssot.graph.classes.bases import Bases, Nothing, Outside
from lint_ssot.graph.classes.bodies import ClassBody, class_body
from lint_ssot.graph.classes.changes import (
    given_to_parameter,
    is_harmless_metaclass,
    is_meddling_metaclass,
)
from lint_ssot.graph.classes.decorating import Decorating
from lint_ssot.graph.classes.mro import linearize
from lint_ssot.graph.definitions import (
    ClassDefinition,
    FunctionDefinition,
    Missing,
    Module,
    Origin,
    Resolution,
    Unknown,
    ValueDefinition,
)
from lint_ssot.graph.names.names import Names, canonical

Member: TypeAlias = FunctionDefinition | ValueDefinition | ClassDefinition

_ATTRIBUTES_BY_CALL = ("__getattr__", "__getattribute__")


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """A class and all it inherits from.

    `classes` is the method resolution order, the class itself first, without `object` and what is not known.
    `open_because` says why there may be attributes that are not seen here; None if there cannot be.
    `missing_bases` are the bases, of the class itself, that are known not to exist.
    """

    classes: tuple[ClassDefinition, ...]
    bodies: tuple[ClassBody, ...]
    open_because: str | None = None
    missing_bases: tuple[tuple[Expression, Missing], ...] = ()

    def inherits(self, *dotted: str) -> bool:
        """Whether one of these classes is in the order; canonical names, as `unittest.case.TestCase`."""
        return any(canonical(each) in dotted for each in self.classes)

    def find(self, name: str, after: ClassDefinition | None = None) -> Member | None:
        """What an instance finds under a name or, with `after`, what `super()` in that class finds.

        A value of None stands for a member that an unknown condition decides on.
        """
        holder = self._holder(name, after)
        if holder is None:
            return None
        body = self.bodies[holder]
        member = body.members[name]
        if name in body.conditional and any(name in each.members for each in self.bodies[holder + 1 :]):
            return ValueDefinition(self.classes[holder].module, None, self.classes[holder])
        return member

    def holder(self, name: str, after: ClassDefinition | None = None) -> ClassDefinition | None:
        """The class in whose body `find` finds the name."""
        holder = self._holder(name, after)
        return None if holder is None else self.classes[holder]

    def _holder(self, name: str, after: ClassDefinition | None) -> int | None:
        start = 0 if after is None else self.classes.index(after) + 1 if after in self.classes else len(self.classes)
        return next((at for at in range(start, len(self.bodies)) if name in self.bodies[at].members), None)


class Classes:
    """The hierarchies of a project, each made once."""

    def __init__(self, names: Names, installed: Outside | None = None) -> None:
        self.names = names
        self.installed: Outside = installed if installed is not None else Nothing()
        self._bases = Bases(names, self.installed)
        self._decorating = Decorating(names)
        self._bodies: dict[ClassDefinition, ClassBody] = {}
        self._hierarchies: dict[ClassDefinition, Hierarchy] = {}
        self._open: set[ClassDefinition] = set()

    def forget(self, modules: Set[Module]) -> None:
        """Forget all that is known of these modules, which nobody else led to."""
        self._bodies = {each: body for each, body in self._bodies.items() if each.module not in modules}
        self._hierarchies = {each: made for each, made in self._hierarchies.items() if each.module not in modules}
        self.names.forget(modules)

    def members(self, definition: ClassDefinition) -> Mapping[str, Member]:
        """What a class has by itself, its last live bindings, those of branches included."""
        return self.body(definition).members

    def body(self, definition: ClassDefinition) -> ClassBody:
        """What a class has by itself, and whether that is all."""
        if definition not in self._bodies:
            try:
                self._bodies[definition] = class_body(definition, self.names)
            except RecursionError:
                self._bodies[definition] = ClassBody({}, open_because="it is nested too deeply")
        return self._bodies[definition]

    def hierarchy(self, definition: ClassDefinition) -> Hierarchy:
        """A class with its ancestors; never raises, what Python would refuse to make is open."""
        if definition in self._hierarchies:
            return self._hierarchies[definition]
        if definition in self._open:
            return self._alone(definition, f"`{definition.node.name}` inherits from itself")
        self._open.add(definition)
        try:
            self._hierarchies[definition] = self._made(definition)
        except RecursionError:
            self._hierarchies[definition] = self._alone(definition, "it inherits too deeply")
        finally:
            self._open.discard(definition)
        return self._hierarchies[definition]

    def bases(self, definition: ClassDefinition) -> tuple[ClassDefinition, ...]:
        """The direct bases that are known, in the order of the class statement."""
        return tuple(base for _, base in self._direct_bases(definition) if isinstance(base, ClassDefinition))

    def is_refused(self, definition: ClassDefinition) -> bool:
        """Whether Python can put the known bases of a class into no order."""
        return linearize(definition, [self.hierarchy(base).classes for base in self.bases(definition)]) is None

    def _alone(self, definition: ClassDefinition, because: str) -> Hierarchy:
        return Hierarchy((definition,), (self.body(definition),), because)

    def _made(self, definition: ClassDefinition) -> Hierarchy:
        found = self._direct_bases(definition)
        parents = [self.hierarchy(base) for _, base in found if isinstance(base, ClassDefinition)]
        missing = tuple((argument.value, base) for argument, base in found if isinstance(base, Missing))
        order = linearize(definition, [parent.classes for parent in parents])
        if order is None:
            return self._alone(definition, f"the bases of `{definition.node.name}` have no consistent order")
        given = self._given(definition, parents)
        bodies = (
            _with(self.body(definition), given, definition),
            *(self.hierarchy(each).bodies[0] for each in order[1:]),
        )
        because = (
            next((_why_unknown(base) for _, base in found if not isinstance(base, ClassDefinition)), None)
            or next((parent.open_because for parent in parents if parent.open_because is not None), None)
            or _why_open(definition, self.body(definition))
            or self._opened_by_metaclass(order)
            or (given if isinstance(given, str) else None)
        )
        return Hierarchy(order, bodies, because, missing)

    def _direct_bases(self, definition: ClassDefinition) -> list[tuple[Argument, ClassDefinition | Missing | Unknown]]:
        found: list[tuple[Argument, ClassDefinition | Missing | Unknown]] = []
        for argument in definition.node.bases:
            if argument.star:
                found.append((argument, Unknown("its bases are unpacked")))
            elif argument.keyword is None:
                base = self._bases.base(definition, argument.value)
                if base is not None:
                    found.append((argument, base))
        return found

    def _given(self, definition: ClassDefinition, parents: list[Hierarchy]) -> frozenset[str] | str:
        """What decorators and parents set on the class when it is made, or why that cannot be told."""
        if definition.module.origin is not Origin.PROJECT:
            return frozenset()
        given: set[str] = set()
        for decorator in definition.node.decorators:
            attributes = self._decorating.given(definition, decorator)
            if attributes is None:
                return f"a decorator of `{definition.node.name}` may change it"
            given |= attributes
        for hook in _subclass_hooks(parents):
            node = hook.node if isinstance(hook, FunctionDefinition) else None
            attributes = given_to_parameter(node, node.parameters[0].name) if node and node.parameters else None
            if attributes is None:
                return f"`__init_subclass__` may change `{definition.node.name}`"
            given |= attributes
        for told in self._told_their_name(definition):
            attributes = (
                given_to_parameter(told.node, told.node.parameters[1].name) if told.node.parameters[1:] else None
            )
            if attributes is None:
                return f"`__set_name__` may change `{definition.node.name}`"
            given |= attributes
        return frozenset(given)

    def _told_their_name(self, definition: ClassDefinition) -> Iterator[FunctionDefinition]:
        """The `__set_name__` of each object that is made in the body: it is given the class."""
        for member in self.members(definition).values():
            if isinstance(member, ValueDefinition) and isinstance(member.value, Call):
                made = self.names.resolve(definition.module, member.value.function)
                hierarchy = self.hierarchy(made) if isinstance(made, ClassDefinition) and _is_own(made) else None
                method = hierarchy.find("__set_name__") if hierarchy else None
                if isinstance(method, FunctionDefinition) and _is_own(method):
                    yield method

    def _opened_by_metaclass(self, order: tuple[ClassDefinition, ...]) -> str | None:
        """Why a metaclass may give the class, which is the first in the order, more than its body says."""
        if order[0].module.origin is not Origin.PROJECT:
            return None
        for definition in order:
            for argument in definition.node.bases:
                if argument.keyword == "metaclass":
                    resolved = self.names.resolve_header(definition, argument.value)
                    if not is_harmless_metaclass(canonical(resolved)) and self._meddles(self._bases.outside(resolved)):
                        return f"the metaclass of `{definition.node.name}` may change it"
        return None

    def _meddles(self, metaclass: Resolution) -> bool:
        if not isinstance(metaclass, ClassDefinition):
            return True
        return any(
            is_meddling_metaclass(self.members(each))
            for each in self.hierarchy(metaclass).classes
            if not is_harmless_metaclass(canonical(each))
        )


def _is_own(found: ClassDefinition | FunctionDefinition) -> bool:
    return found.module.origin is Origin.PROJECT


def _with(body: ClassBody, given: frozenset[str] | str, definition: ClassDefinition) -> ClassBody:
    if isinstance(given, str) or not given:
        return body
    members = dict.fromkeys(given, ValueDefinition(definition.module, None, definition))
    return replace(body, members={**body.members, **members})


def _subclass_hooks(parents: list[Hierarchy]) -> Iterator[Member]:
    for parent in parents:
        for definition, body in zip(parent.classes, parent.bodies, strict=True):
            if definition.module.origin is Origin.PROJECT and "__init_subclass__" in body.members:
                yield body.members["__init_subclass__"]


def _why_open(definition: ClassDefinition, body: ClassBody) -> str | None:
    """Why the body of a class does not say everything."""
    # the classes of the interpreter show the slot that every object has
    is_native = definition.module.name in sys.builtin_module_names
    for name in () if is_native else _ATTRIBUTES_BY_CALL:
        if name in body.members:
            return f"`{definition.node.name}` has a `{name}`"
    return body.open_because


def _why_unknown(base: ClassDefinition | Missing | Unknown) -> str:
    match base:
        case Missing(module=module, name=None):
            return f"there is no module `{module}`"
        case Missing(module=module, name=name):
            return f"there is no `{name}` in `{module}`"
        case Unknown(why=why):
            return why
    return ""
