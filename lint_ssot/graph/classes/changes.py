"""Which attributes a decorator, a metaclass or `__init_subclass__` gives to a class beyond its body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Name, Starred
from lint_ssot.facts.statements import Annotate, Assign, Class, Delete, For, Function, Statement, With
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.definitions import Resolution
from lint_ssot.graph.names.names import canonical

# class decorators after which the class has the attributes it had before, generated special methods aside
_HARMLESS_DECORATORS = frozenset(
    {
        "abc.update_abstractmethods",
        "ddt.ddt",
        "django.utils.deconstruct.deconstructible",
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
        "zope.interface.implementer",
    }
)
# those of which every annotated name becomes an attribute of each instance
_FIELD_MAKERS = frozenset(
    {
        "attr.attrs",
        "attr.attributes",
        "attr.dataclass",
        "attr.define",
        "attr.frozen",
        "attr.mutable",
        "attr.s",
        "attrs.define",
        "attrs.frozen",
        "attrs.mutable",
        "dataclasses.dataclass",
    }
)
_HARMLESS_FAMILIES = (
    "django.test.testcases.skip",
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


def given_by_known(found: Resolution, node: Class | None) -> frozenset[str] | None:
    """What a decorator from outside the project sets on a class (None is a function), if it is one that is known."""
    name = canonical(found)
    if name in _FIELD_MAKERS and node is not None:
        return frozenset(_annotated(node))
    is_harmless = name is not None and (name in _HARMLESS_DECORATORS or name.startswith(_HARMLESS_FAMILIES))
    return frozenset() if is_harmless else None


def _annotated(node: Class) -> Iterator[str]:
    for statement in statements(node.body):
        if isinstance(statement, Annotate) and isinstance(statement.target, Name):
            yield statement.target.id


def is_harmless_metaclass(name: str | None) -> bool:
    """Whether a metaclass from outside the project is known to add no attributes."""
    return name in _HARMLESS_METACLASSES


def is_meddling_metaclass(methods: Iterable[str]) -> bool:
    """Whether a metaclass with these methods may make of a class what its body does not spell."""
    return not _TELLING_METHODS.isdisjoint(methods)


def given_to_parameter(function: Function, name: str, trusted: Sequence[Call] = ()) -> frozenset[str] | None:
    """The attributes that a function sets on one of its parameters; None if there may be others.

    What `trusted` calls do with it is somebody else's business.
    """
    given: set[str] = set()
    for statement in statements_of_all(function.body):
        is_kept = isinstance(statement, Assign) and _is(statement.value, name)
        for target in targets_of(statement):
            # under another name it may be given anything
            if _is(target, name) or (is_kept and isinstance(target, Name)):
                return None
            if isinstance(target, Attribute) and _is(target.value, name):
                given.add(target.attr)
        calls = (part for each in expressions(statement) for part in subexpressions(each) if isinstance(part, Call))
        for call in calls:
            attributes = frozenset() if call in trusted else _given_by_call(call, name)
            if attributes is None:
                return None
            given |= attributes
    return frozenset(given)


def given_by_heir(node: Class, base: str) -> frozenset[str] | None:
    """What a class that a decorator puts in the place of `base`, its only parent, gives to its objects."""
    if len(node.bases) != 1 or not _is(node.bases[0].value, base) or node.decorators:
        return None
    given: set[str] = set()
    for method in node.body:
        if isinstance(method, Function) and method.parameters:
            attributes = given_to_parameter(method, method.parameters[0].name)
            if attributes is None:
                return None
            given |= attributes
    return frozenset(given)


def targets_of(statement: Statement) -> Iterator[Expression]:
    """What a statement binds or deletes, each part of a tuple by itself."""
    match statement:
        case Assign(targets=targets) | Delete(targets=targets):
            yield from _flat(targets)
        case Annotate(target=target) | For(target=target):
            yield from _flat((target,))
        case With(items=items):
            yield from _flat(item.target for item in items if item.target is not None)


def _flat(targets: Iterable[Expression]) -> Iterator[Expression]:
    for target in targets:
        if isinstance(target, Collection):
            yield from _flat(target.items)
        else:
            yield target.value if isinstance(target, Starred) else target


def _is(expression: Expression, name: str) -> bool:
    return isinstance(expression, Name) and expression.id == name


def _given_by_call(call: Call, name: str) -> frozenset[str] | None:
    """What a call sets on the parameter: nothing if it is not handed on, None if it is and nobody knows why."""
    match call:
        case Call(function=Name(id="setattr"), arguments=(first, second, _)) if _is(first.value, name):
            text = second.value.value if isinstance(second.value, Constant) else None
            return frozenset({text}) if isinstance(text, str) else None
        case Call(function=Name(id=word) | Attribute(attr=word)) if word in _READING_CALLS:
            return frozenset()
        case Call(function=Attribute(value=receiver)) if _is(receiver, name):
            return None
    is_handed_on = any(_is(argument.value, name) for argument in call.arguments)
    return None if is_handed_on else frozenset()
