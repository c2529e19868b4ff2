"""Whether a decorator, metaclass or `__init_subclass__` gives a class attributes that its body does not spell."""

from __future__ import annotations

from collections.abc import Iterable

from lint_ssot.facts.expressions import Attribute, Call, Collection, Expression, Name, Starred, Subscript
from lint_ssot.facts.statements import Annotate, Assign, Delete, For, Function, Return, Statement, With
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.definitions import FunctionDefinition, Origin, Resolution
from lint_ssot.graph.names import canonical

# class decorators after which the class has the attributes it had before, generated special methods aside
_HARMLESS_DECORATORS = frozenset(
    {
        "abc.update_abstractmethods",
        "attr.attrs",
        "attr.attributes",
        "attr.define",
        "attr.dataclass",
        "attr.frozen",
        "attr.mutable",
        "attr.s",
        "attrs.define",
        "attrs.frozen",
        "attrs.mutable",
        "dataclasses.dataclass",
        "ddt.ddt",
        "django.test.modify_settings",
        "django.test.override_settings",
        "django.test.tag",
        "django.test.utils.modify_settings",
        "django.test.utils.override_settings",
        "django.test.utils.tag",
        "enum.unique",
        "enum.verify",
        "flaky.flaky",
        "freezegun.freeze_time",
        "freezegun.api.freeze_time",
        "functools.total_ordering",
        "mock.patch",
        "requests_mock.Mocker",
        "requests_mock.mock",
        "six.python_2_unicode_compatible",
        "time_machine.travel",
        "typing.final",
        "typing.runtime_checkable",
        "typing_extensions.deprecated",
        "typing_extensions.final",
        "typing_extensions.runtime_checkable",
        "unittest.mock.patch",
        "unittest.expectedFailure",
        "unittest.skip",
        "unittest.skipIf",
        "unittest.skipUnless",
        "unittest.case.expectedFailure",
        "unittest.case.skip",
        "unittest.case.skipIf",
        "unittest.case.skipUnless",
        "warnings.deprecated",
    }
)
_HARMLESS_FAMILIES = (
    "pytest.mark.",
    "unittest.mock.patch.",
    "mock.patch.",
    "allure.",
    "hypothesis.",
    "twisted.python.util.",
)
_HARMLESS_METACLASSES = frozenset(
    {"abc.ABCMeta", "_py_abc.ABCMeta", "builtins.type", "enum.EnumMeta", "enum.EnumType", "typing.NamedTupleMeta"}
)
_TELLING_METHODS = frozenset({"__new__", "__init__", "__call__", "__prepare__", "__getattr__", "__getattribute__"})
# calls that only look at a class, or keep it somewhere
_READING_CALLS = frozenset(
    {"isinstance", "issubclass", "hasattr", "getattr", "super", "print", "str", "repr", "id", "vars", "dir"}
    | {"append", "add", "register", "setdefault", "debug", "info", "warning", "get_type_hints"}
)


def is_harmless_decorator(found: Resolution) -> bool:
    """Whether a class decorator, or a call that makes one, leaves the attributes of the class as they are."""
    if isinstance(found, FunctionDefinition) and found.module.origin is Origin.PROJECT:
        return _returns_its_class(found.node) or _makes_harmless_decorator(found.node)
    name = canonical(found)
    return name is not None and (name in _HARMLESS_DECORATORS or name.startswith(_HARMLESS_FAMILIES))


def is_harmless_metaclass(name: str | None) -> bool:
    """Whether a metaclass from outside the project is known to add no attributes."""
    return name in _HARMLESS_METACLASSES


def is_meddling_metaclass(methods: Iterable[str]) -> bool:
    """Whether a metaclass with these methods may make of a class what its body does not spell."""
    return not _TELLING_METHODS.isdisjoint(methods)


def changes_parameter(function: Function, name: str) -> bool:
    """Whether a function may set something on one of its parameters, or hands it to one that might."""
    for statement in statements_of_all(function.body):
        if any(_is_part_of(target, name) for target in _targets(statement)):
            return True
        for expression in expressions(statement):
            if any(_is_handed_on(part, name) for part in subexpressions(expression) if isinstance(part, Call)):
                return True
    return False


def _returns_its_class(function: Function) -> bool:
    if not function.parameters or function.is_async or function.is_generator or function.decorators:
        return False
    name = function.parameters[0].name
    returned = _returned(function)
    returns_it = bool(returned) and all(isinstance(each, Name) and each.id == name for each in returned)
    return returns_it and not changes_parameter(function, name)


def _makes_harmless_decorator(function: Function) -> bool:
    inner = {each.name: each for each in statements(function.body) if isinstance(each, Function)}
    returned = _returned(function)
    return bool(returned) and all(
        isinstance(each, Name) and each.id in inner and _returns_its_class(inner[each.id]) for each in returned
    )


def _returned(function: Function) -> list[Expression | None]:
    return [each.value for each in statements(function.body) if isinstance(each, Return)]


def _targets(statement: Statement) -> tuple[Expression, ...]:
    match statement:
        case Assign(targets=targets) | Delete(targets=targets):
            return targets
        case Annotate(target=target) | For(target=target):
            return (target,)
        case With(items=items):
            return tuple(item.target for item in items if item.target is not None)
    return ()


def _is_part_of(target: Expression, name: str) -> bool:
    """Whether a target is the parameter, an attribute of it or an item of one."""
    match target:
        case Name(id=id):
            return id == name
        case Attribute(value=value) | Subscript(value=value) | Starred(value=value):
            return _is_part_of(value, name)
        case Collection(items=items):
            return any(_is_part_of(each, name) for each in items)
    return False


def _is_handed_on(call: Call, name: str) -> bool:
    match call.function:
        case Name(id=word) | Attribute(attr=word) if word in _READING_CALLS:
            return False
        case Attribute(value=Name(id=receiver)) if receiver == name:
            return True
    return any(isinstance(each.value, Name) and each.value.id == name for each in call.arguments)
