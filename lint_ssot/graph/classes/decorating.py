"""What class decorators leave of a class: followed through what makes them, up to one that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_ssot.facts.expressions import Attribute, Call, Choice, Constant, Expression, Lambda, Name
from lint_ssot.facts.statements import Assign, Class, Function, Import, ImportFrom, Return
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.changes import given_by_heir, given_by_known, given_to_parameter, targets_of
from lint_ssot.graph.definitions import (
    ClassDefinition,
    FunctionDefinition,
    Module,
    Origin,
    Resolution,
    Unknown,
    ValueDefinition,
)
from lint_ssot.graph.names.names import Names

# what decorates a class may be made by what another one makes
_DEEPEST = 8

Given = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an expression stands: a module, and the functions around it, the innermost first."""

    module: Module
    functions: tuple[Function, ...] = ()

    def inside(self, function: Function) -> _Place:
        return _Place(self.module, (function, *self.functions))

    def outside(self, function: Function) -> _Place:
        """The place in which a function is defined that is visible here."""
        for at, each in enumerate(self.functions):
            if any(function is one for one in statements(each.body)):
                return _Place(self.module, self.functions[at:])
        return _Place(self.module)


class Decorating:
    """Follows decorators; an answer is what they set on the class, None if that cannot be told."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def given(self, definition: ClassDefinition, decorator: Expression) -> Given | None:
        """What a decorator of a class statement sets on the class."""
        head = decorator.function if isinstance(decorator, Call) else decorator
        found = self._names.resolve_header(definition, head)
        follow = self._of_made if isinstance(decorator, Call) else self._of_found
        return follow(found, _Place(definition.module), definition.node, _DEEPEST)

    def hands_back(self, found: Resolution, module: Module, *, is_called: bool) -> bool:
        """Whether a decorator of a function in the module, or what a call of it makes, returns that function."""
        follow = self._of_made if is_called else self._of_found
        return follow(found, _Place(module), None, _DEEPEST) is not None

    def _of_value(self, value: Expression, place: _Place, node: Class | None, depth: int) -> Given | None:
        """What it gives to call a value with the class."""
        match value:
            case Lambda(parameters=(taken,), value=Name(id=name)) if name == taken:
                return frozenset()
            case Choice(then=then, otherwise=otherwise):
                return _together(self._of_value(each, place, node, depth) for each in (then, otherwise))
            case Call(function=function):
                return self._of_made(self._resolved(function, place), place, node, depth)
            case Name() | Attribute():
                return self._of_found(self._resolved(value, place), place, node, depth)
        return None

    def _of_found(self, found: Resolution, place: _Place, node: Class | None, depth: int) -> Given | None:
        """What it gives to call what was found with the class."""
        match found:
            case _ if depth == 0:
                return None
            case ValueDefinition(module=module, value=value) if value is not None:
                at = place if found.owner is None and module is place.module else _Place(module)
                return self._of_value(value, at, node, depth - 1)
            case FunctionDefinition() if found.module.origin is Origin.PROJECT:
                at = place.outside(found.node) if found.module is place.module else _Place(found.module)
                return self._applied(found.node, at, node, depth - 1)
        return given_by_known(found, node)

    def _of_made(self, maker: Resolution, place: _Place, node: Class | None, depth: int) -> Given | None:
        """What it gives to call what a maker returns with the class: `@requires("network")`."""
        match maker:
            case _ if depth == 0:
                return None
            case FunctionDefinition() if maker.module.origin is Origin.PROJECT:
                at = place.outside(maker.node) if maker.module is place.module else _Place(maker.module)
                return self._of_returned(maker.node, at.inside(maker.node), node, depth - 1)
            case ValueDefinition(module=module, value=Lambda(value=value)):
                return self._of_value(value, _Place(module), node, depth - 1)
            case ValueDefinition(module=module, value=Call(function=function)):
                return given_by_known(self._names.resolve(module, function, maker.owner), node)
        return given_by_known(maker, node)

    def _of_returned(self, maker: Function, place: _Place, node: Class | None, depth: int) -> Given | None:
        if _is_special(maker):
            return None
        # one that may be called without arguments returns something else where it is given a class
        optional = {each.name for each in maker.parameters[:1] if each.default is not None}
        values = [each for each in _returned(maker) if not _stands_for(each, optional)]
        return _together(self._of_value(each, place, node, depth) for each in values) if values else None

    def _applied(self, function: Function, outer: _Place, node: Class | None, depth: int) -> Given | None:
        """What a function sets on the class that it takes, and those that it hands it on to when it returns."""
        if _is_special(function) or not function.parameters:
            return None
        taken = function.parameters[0].name
        values = list(_returned(function))
        handed_on = [each for each in values if isinstance(each, Call) and _stands_for(each, {taken})]
        answers = [self._of_way(each, taken, outer.inside(function), node, depth) for each in values]
        return _together([given_to_parameter(function, taken, handed_on), *answers]) if values else None

    def _of_way(self, value: Expression, taken: str, place: _Place, node: Class | None, depth: int) -> Given | None:
        match value:
            case Name(id=name) if name == taken:
                return frozenset()
            case Call(function=function) if _stands_for(value, {taken}):
                return self._of_value(function, place, node, depth)
            case Name(id=name):
                inner = statements(place.functions[0].body)
                heirs = [each for each in inner if isinstance(each, Class) and each.name == name]
                if len(heirs) == 1:
                    return given_by_heir(heirs[0], taken)
                found = self._resolved(value, place)
                # what hands out a function where it is given a class was meant to be called first
                is_maker = node is not None and isinstance(found, FunctionDefinition)
                return self._of_found(found, place, node, depth) if is_maker else None
        return None

    def _resolved(self, expression: Expression, place: _Place) -> Resolution:
        if isinstance(expression, Name):
            for function in place.functions:
                bound = list(_bound_in(function, expression.id, place.module))
                if bound:
                    return bound[0] if len(bound) == 1 else Unknown("it is bound more than once")
        return self._names.resolve(place.module, expression)


def _bound_in(function: Function, name: str, module: Module) -> Iterator[Resolution]:
    """What the statements of a function bind a name to."""
    if any(each.name == name for each in function.parameters):
        yield Unknown("a parameter")
    for statement in statements(function.body):
        match statement:
            case Function() if statement.name == name:
                yield FunctionDefinition(module, statement)
            case Assign(targets=(Name(id=bound),), value=value) if bound == name:
                yield ValueDefinition(module, value)
            case Import(names=aliases) | ImportFrom(names=aliases):
                if any((each.bound or each.name) == name for each in aliases):
                    yield Unknown("imported in a function")
            case _ if any(isinstance(each, Name) and each.id == name for each in targets_of(statement)):
                yield Unknown("bound by something else")


def _returned(function: Function) -> Iterator[Expression]:
    """The values that a function returns, each way of a choice, and what a name stands for that is bound once."""
    for statement in statements(function.body):
        if isinstance(statement, Return) and statement.value is not None:
            for value in _ways(statement.value):
                yield from _ways(_assigned_once(value, function))


def _ways(value: Expression) -> Iterator[Expression]:
    match value:
        case Choice(then=then, otherwise=otherwise):
            yield from _ways(then)
            yield from _ways(otherwise)
        case Constant(value=None):
            return
        case _:
            yield value


def _assigned_once(value: Expression, function: Function) -> Expression:
    if isinstance(value, Name) and all(each.name != value.id for each in function.parameters):
        assigned = [
            each.value
            for each in statements(function.body)
            if isinstance(each, Assign) and any(isinstance(one, Name) and one.id == value.id for one in each.targets)
        ]
        if len(assigned) == 1:
            return assigned[0]
    return value


def _stands_for(value: Expression, names: set[str]) -> bool:
    """Whether it is one of the names, or a call that is handed nothing else: `mark(cls)`."""
    match value:
        case Name(id=name):
            return name in names
        case Call(arguments=(argument,)):
            return not argument.star and isinstance(argument.value, Name) and argument.value.id in names
    return False


def _is_special(function: Function) -> bool:
    return function.is_async or function.is_generator or bool(function.decorators)


def _together(answers: Iterable[Given | None]) -> Given | None:
    known = list(answers)
    return None if None in known else frozenset().union(*(each for each in known if each is not None))
