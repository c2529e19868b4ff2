"""Cleanups that are async, registered where nobody awaits them."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from lint_ssot.facts.expressions import Argument, Attribute, Call, Expression, Lambda, Position
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.graph.definitions import FunctionDefinition, Module, Origin
from lint_ssot.lifecycle.collection import TestClass
from lint_ssot.lifecycle.decorations import last_word
from lint_ssot.lifecycle.fixture_definitions import fixture_of
from lint_ssot.lifecycle.kinds import Kind, kind_of
from lint_ssot.lifecycle.protocols.bodies import bodies
from lint_ssot.lifecycle.protocols.receivers import method_scope, methods_of
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.spelling import spelled
from lint_ssot.lifecycle.protocols.values import ClassObject, FunctionObject, Instance, LambdaObject, Product, Values
from lint_ssot.lifecycle.runners import Runner

_OF_TESTS = ("addCleanup", "addAsyncCleanup")
_OF_CLASSES = ("addClassCleanup",)
_OF_MODULES = ("unittest.addModuleCleanup", "unittest.case.addModuleCleanup")


class Waste(enum.Enum):
    """What is wrong with what is registered."""

    ASYNC = "is async, and nobody awaits it"
    COROUTINE = "is a coroutine already, which nobody can call"
    LAMBDA = "gives a coroutine, which nobody awaits"


@dataclass(frozen=True, slots=True)
class UnawaitedCleanup:
    """A call that registers a cleanup, and what it is given, as written."""

    at: Position
    register: str
    given: str
    waste: Waste


def unawaited_cleanups(
    inferring: Inferring, module: Module, test_classes: tuple[TestClass, ...]
) -> Iterator[UnawaitedCleanup]:
    """The async cleanups that the module's own methods and fixtures register in vain, each place once."""
    found: dict[Position, UnawaitedCleanup] = {}
    for test_class in test_classes:
        for cleanup in _of_class(inferring, module, test_class):
            found.setdefault(cleanup.at, cleanup)
    for cleanup in (*_of_fixtures(inferring, module), *_of_module(inferring, module)):
        found.setdefault(cleanup.at, cleanup)
    yield from found.values()


def _of_class(inferring: Inferring, module: Module, test_class: TestClass) -> Iterator[UnawaitedCleanup]:
    runner = test_class.runner
    if not isinstance(runner, Runner) or not runner.is_testcase:
        return
    is_awaited = any(hook.is_awaited for hook in runner.hooks)
    for owner in test_class.hierarchy.classes:
        for method in methods_of(owner) if owner.module is module else ():
            scope = method_scope(inferring, method, Instance(test_class.definition))
            for call, register, receiver in _registrations(scope):
                if register not in _OF_TESTS + _OF_CLASSES or not _is_framework(test_class, register):
                    continue
                if not _is_of(inferring.infer(receiver, scope), test_class):
                    continue
                waste = _waste(inferring, call, scope)
                if waste is Waste.COROUTINE or (waste is not None and (register in _OF_CLASSES or not is_awaited)):
                    yield _unawaited(call, waste)


def _of_fixtures(inferring: Inferring, module: Module) -> Iterator[UnawaitedCleanup]:
    """`request.addfinalizer(…)`."""
    for body in bodies(inferring, module):
        function = body.scope.function
        if function is None or not body.scope.has_parameter("request"):
            continue
        if fixture_of(function, inferring.classes.names) is None:
            continue
        for call, register, receiver in _registrations(body.scope):
            if register == "addfinalizer" and spelled(receiver) == "request":
                waste = _waste(inferring, call, body.scope)
                if waste is not None:
                    yield _unawaited(call, waste)


def _of_module(inferring: Inferring, module: Module) -> Iterator[UnawaitedCleanup]:
    """`unittest.addModuleCleanup(…)`."""
    for body in bodies(inferring, module):
        for call in _calls(body.scope.function, module):
            if last_word(call.function) != "addModuleCleanup":
                continue
            if inferring.classes.names.dotted(module, call.function) in _OF_MODULES:
                waste = _waste(inferring, call, body.scope)
                if waste is not None:
                    yield _unawaited(call, waste)


def _registrations(scope: Scope) -> Iterator[tuple[Call, str, Expression]]:
    for call in _calls(scope.function, scope.module):
        if isinstance(call.function, Attribute):
            yield call, call.function.attr, call.function.value


def _calls(function: FunctionDefinition | None, module: Module) -> Iterator[Call]:
    """The calls in a body itself, with an argument that is given by position."""
    for statement in statements(module.facts.body if function is None else function.node.body):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                if isinstance(part, Call) and part.arguments and _is_positional(part.arguments[0]):
                    yield part


def _is_positional(argument: Argument) -> bool:
    return not argument.star and argument.keyword is None


def _is_framework(test_class: TestClass, register: str) -> bool:
    """Whether the project left the method as the framework made it."""
    member = test_class.hierarchy.find(register)
    return isinstance(member, FunctionDefinition) and member.module.origin is not Origin.PROJECT


def _is_of(receivers: Values, test_class: TestClass) -> bool:
    return all(
        isinstance(each, (Instance, ClassObject)) and each.definition == test_class.definition for each in receivers
    )


def _waste(inferring: Inferring, call: Call, scope: Scope) -> Waste | None:
    """What is wrong with the first argument, whatever of its possible values it is."""
    wastes = {_waste_of(inferring, value, scope) for value in inferring.infer(call.arguments[0].value, scope)}
    return wastes.pop() if len(wastes) == 1 else None


def _waste_of(inferring: Inferring, value: object, scope: Scope) -> Waste | None:
    match value:
        case Product(kind=Kind.COROUTINE):
            return Waste.COROUTINE
        case FunctionObject(definition=definition, making=None):
            is_coroutine = kind_of(definition, inferring.classes.names) is Kind.COROUTINE
            return Waste.ASYNC if is_coroutine else None
        case LambdaObject():
            given = inferring.called(value, (), scope)
            is_coroutine = all(isinstance(each, Product) and each.kind is Kind.COROUTINE for each in given)
            return Waste.LAMBDA if is_coroutine else None
    return None


def _unawaited(call: Call, waste: Waste) -> UnawaitedCleanup:
    given = call.arguments[0].value
    written = "lambda: …" if isinstance(given, Lambda) else spelled(given)
    return UnawaitedCleanup(call.at, spelled(call.function), written, waste)
