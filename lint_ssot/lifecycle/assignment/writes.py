"""Who assigns an attribute at all, reached or not: the question behind why it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Name, Starred
from lint_ssot.facts.statements import Annotate, Assign, Evaluate, For, Function, Statement, With
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition


@dataclass(slots=True)
class Writes:
    """Remembers, for each class, which of its methods assign which attributes of their first parameter."""

    known: dict[ClassDefinition, dict[str, tuple[FunctionDefinition, ...]]] = field(default_factory=dict)
    functions: dict[FunctionDefinition, frozenset[str]] = field(default_factory=dict)

    def of(self, hierarchy: Hierarchy, attribute: str) -> tuple[FunctionDefinition, ...]:
        """The methods of the hierarchy that assign it, nearest class first."""
        return tuple(
            function for owner in hierarchy.classes for function in self._by_attribute(owner).get(attribute, ())
        )

    def is_written_by(self, function: FunctionDefinition, attribute: str) -> bool:
        """Whether a function, such as a fixture, assigns it through `request.cls` or its first parameter."""
        return attribute in self._by_function(function)

    def reach_through(self, owner: ClassDefinition) -> bool:
        """Whether a class assigns attributes of what it keeps, `self.kept.x = …`, or with setattr."""
        return any(
            _reaches_through(statement, function)
            for function in _methods(owner)
            for statement in statements(function.body)
        )

    def _by_function(self, function: FunctionDefinition) -> frozenset[str]:
        if function not in self.functions:
            names = [p.name for p in function.node.parameters if p.name == "request"]
            own = attributes_written(function.node) if function.owner is not None else ()
            self.functions[function] = frozenset((*own, *attributes_written(function.node, *names)))
        return self.functions[function]

    def _by_attribute(self, owner: ClassDefinition) -> dict[str, tuple[FunctionDefinition, ...]]:
        found = self.known.get(owner)
        if found is None:
            found = {}
            for method in _methods(owner):
                function = FunctionDefinition(owner.module, method, owner)
                for attribute in dict.fromkeys(attributes_written(method)):
                    found[attribute] = (*found.get(attribute, ()), function)
            self.known[owner] = found
        return found


def attributes_written(function: Function, subject: str | None = None) -> Iterator[str]:
    """The attributes of the first parameter (or of `subject`) that a function assigns, in nested functions too."""
    if not function.parameters and subject is None:
        return
    first = subject or function.parameters[0].name
    for statement in statements(function.body):
        if isinstance(statement, Function):
            yield from attributes_written(statement, first)
        for target in _targets(statement):
            if isinstance(target, Attribute) and _leads_to(target.value, first):
                yield target.attr
        yield from _set_by_name(statement, first)


def attributes_shared(function: Function, hierarchy: Hierarchy) -> Iterator[str]:
    """The attributes of the class itself that a test or a function of the module assigns, for all its tests."""
    names = {owner.node.name for owner in hierarchy.classes}
    first = function.parameters[0].name if function.parameters else ""
    for statement in statements(function.body):
        for target in _targets(statement):
            match target:
                case Attribute(value=Name(id=name) | Attribute(attr=name), attr=attribute) if name in names:
                    yield attribute
                case Attribute(value=Attribute(attr="instance")):
                    continue  # `request.instance` is one object of the class
                case Attribute(value=Attribute() | Call() as value, attr=attribute) if _leads_to(value, first):
                    yield attribute


def _methods(owner: ClassDefinition) -> Iterator[Function]:
    for statement in statements(owner.node.body):
        if isinstance(statement, Function):
            yield statement


def _targets(statement: Statement) -> Iterator[Expression]:
    match statement:
        case Assign(targets=targets, is_augmented=False):
            yield from _flat(targets)
        case Annotate(target=target, value=value) if value is not None:
            yield target
        case For(target=target):
            yield from _flat((target,))
        case With(items=items):
            yield from _flat(tuple(item.target for item in items if item.target is not None))


def _flat(targets: tuple[Expression, ...]) -> Iterator[Expression]:
    for target in targets:
        match target:
            case Collection(items=items):
                yield from _flat(items)
            case Starred(value=value):
                yield from _flat((value,))
            case _:
                yield target


def _leads_to(value: Expression, first: str) -> bool:
    match value:
        case Name(id=name):
            return name == first
        case Attribute(value=Name(id=name), attr="__class__" | "cls" | "instance"):
            return name == first
        case Call(function=Name(id="type"), arguments=(argument,)):
            return _leads_to(argument.value, first)
    return False


def _set_by_name(statement: Statement, first: str) -> Iterator[str]:
    match statement:
        case Evaluate(value=Call(function=Name(id="setattr"), arguments=(subject, named, _))):
            key = named.value.value if isinstance(named.value, Constant) else None
            if _leads_to(subject.value, first) and isinstance(key, str):
                yield key


def _reaches_through(statement: Statement, method: Function) -> bool:
    match statement:
        case Evaluate(value=Call(function=Name(id="setattr"), arguments=(subject, *_))):
            return not (method.parameters and _leads_to(subject.value, method.parameters[0].name))
    return any(isinstance(target, Attribute) and isinstance(target.value, Attribute) for target in _targets(statement))
