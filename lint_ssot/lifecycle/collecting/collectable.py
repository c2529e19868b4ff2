"""What keeps a class from being collected as a test class."""

from __future__ import annotations

import enum
from fnmatch import fnmatchcase

from lint_ssot.facts.expressions import Attribute, Constant, Expression, Name
from lint_ssot.facts.statements import Assign, Function, Parameter
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import (
    ClassDefinition,
    FunctionDefinition,
    Module,
    Origin,
    ValueDefinition,
)
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.functions.decorations import Decoration, decorations_of, last_word

# Classes with these bases are data, whatever their name.
_NO_TESTS = (
    "builtins.BaseException",
    "enum.Enum",
    "typing.NamedTuple",
    "typing.Protocol",
    "typing.TypedDict",
    "typing_extensions.Protocol",
    "typing_extensions.TypedDict",
    "pydantic.BaseModel",
    "pydantic.main.BaseModel",
    "django.db.models.Model",
    "django.db.models.base.Model",
)
_ABSTRACT = ("abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod")
_WITH_INIT = {("dataclasses", "dataclass"), ("attr", "s"), ("attr", "attrs"), ("attr", "define")}
_WITH_INIT |= {("attrs", "define"), ("attrs", "frozen"), ("attr", "frozen"), ("attr", "dataclass")}


class Obstacle(enum.Enum):
    """Why a class that looks like tests is not collected as such."""

    INIT = "`__init__`"
    NEW = "`__new__`"
    INIT_WITHOUT_METHOD_NAME = "`__init__` without `methodName`"
    OTHER = "it is not meant to be"


@dataclass(frozen=True, slots=True)
class Uncollected:
    """Why a class is not collected, and the method or class that is the cause."""

    obstacle: Obstacle
    cause: FunctionDefinition | ClassDefinition


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a name starts with, or is matched by, one of pytest's `python_classes` or `python_functions`."""
    return any(
        name.startswith(each) or (not set("*?[").isdisjoint(each) and fnmatchcase(name, each)) for each in patterns
    )


def obstacle_to(hierarchy: Hierarchy, names: Names, *, minds_test: bool = True) -> Uncollected | None:
    """Why the class is not collected, whatever its name; None if nothing is in the way.

    `minds_test` tells that `__test__` counts, which it does not for unittest.
    """
    definition = hierarchy.classes[0]
    if _is_data(hierarchy, names) or _is_abstract(hierarchy, names):
        return Uncollected(Obstacle.OTHER, definition)
    if minds_test and says_test(hierarchy) is False:
        return Uncollected(Obstacle.OTHER, definition)
    if hierarchy.inherits(*TESTCASE_NAMES):
        return _init_of_testcase(hierarchy)
    return _constructor(hierarchy, names)


def set_from_outside(module: Module, name: str) -> Expression | None:
    """The value in `name.__test__ = value` at module level."""
    for statement in module.facts.body:
        match statement:
            case Assign(targets=(Attribute(value=Name(id=changed), attr="__test__"),), value=value):
                if changed == name:
                    return value
    return None


def says_test(hierarchy: Hierarchy) -> bool | None:
    """What the class's `__test__` says, None if it has none.

    Whatever is not a constant counts as False: nothing will be said about such a class.
    """
    definition = hierarchy.classes[0]
    is_nested = definition.node.qualname != definition.node.name
    outside = None if is_nested else set_from_outside(definition.module, definition.node.name)
    member = hierarchy.find("__test__")
    if outside is None and member is None:
        return None
    value = outside or (member.value if isinstance(member, ValueDefinition) else None)
    return isinstance(value, Constant) and bool(value.value)


def _is_data(hierarchy: Hierarchy, names: Names) -> bool:
    """Whether it has a base that makes it data; `NamedTuple` and the like are no classes one could inherit."""
    if hierarchy.inherits(*_NO_TESTS):
        return True
    return any(
        names.dotted(definition.module, base.value) in _NO_TESTS
        for definition in hierarchy.classes
        if definition.module.origin is Origin.PROJECT
        for base in definition.node.bases
    )


def _is_abstract(hierarchy: Hierarchy, names: Names) -> bool:
    """Whether abstract methods remain, in a class whose metaclass minds."""
    if not any(_is_abc(definition, names) for definition in hierarchy.classes):
        return False
    declared = {
        statement.name
        for definition in hierarchy.classes
        for statement in definition.node.body
        if isinstance(statement, Function) and _is_declared_abstract(statement)
    }
    remaining = map(hierarchy.find, declared)
    return any(isinstance(each, FunctionDefinition) and _is_declared_abstract(each.node) for each in remaining)


def _is_declared_abstract(method: Function) -> bool:
    return any(last_word(each) in _ABSTRACT for each in method.decorators)


def _is_abc(definition: ClassDefinition, names: Names) -> bool:
    return (definition.module.name, definition.node.name) == ("abc", "ABC") or any(
        names.dotted(definition.module, base.value) in ("abc.ABC", "abc.ABCMeta", "_py_abc.ABCMeta")
        for base in definition.node.bases
    )


def _init_of_testcase(hierarchy: Hierarchy) -> Uncollected | None:
    """An `__init__` that the loader, which passes the name of the test, cannot call."""
    init = hierarchy.find("__init__")
    if not isinstance(init, FunctionDefinition) or init.module.origin is not Origin.PROJECT:
        return None
    if init.node.decorators or _takes_one(init.node.parameters[1:]):
        return None
    return Uncollected(Obstacle.INIT_WITHOUT_METHOD_NAME, init)


def _takes_one(parameters: tuple[Parameter, ...]) -> bool:
    positional = [each for each in parameters if each.kind == "positional"]
    required = [each for each in positional if each.default is None]
    return any(each.kind == "*" for each in parameters) or bool(positional and len(required) <= 1)


def _constructor(hierarchy: Hierarchy, names: Names) -> Uncollected | None:
    """As `_pytest.python.hasinit` and `hasnew`: own or inherited, from any class but `object`."""
    for definition in hierarchy.classes:
        if any(map(_makes_init, decorations_of(names, definition.module, definition.node.decorators))):
            return Uncollected(Obstacle.INIT, definition)
    for name, obstacle in (("__init__", Obstacle.INIT), ("__new__", Obstacle.NEW)):
        member = hierarchy.find(name)
        if isinstance(member, FunctionDefinition) and not _is_of_object(member):
            return Uncollected(obstacle, member)
    return None


def _makes_init(decoration: Decoration) -> bool:
    off = decoration.keyword("init")
    is_off = isinstance(off, Constant) and off.value is False
    return (decoration.package, decoration.last) in _WITH_INIT and not is_off


def _is_of_object(member: FunctionDefinition) -> bool:
    return member.owner is not None and member.owner.identity == ("builtins", "object")
