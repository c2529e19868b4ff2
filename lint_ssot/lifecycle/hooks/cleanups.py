"""Cleanups that are async, registered where nobody awaits them."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Call, Lambda, Position
from lint_ssot.facts.statements import Block, Function
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass, replace
from lint_ssot.graph.definitions import FunctionDefinition, Module, Origin
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.fixtures.definitions import fixture_of
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.protocols.bodies import bodies
from lint_ssot.lifecycle.protocols.receivers import method_scope, methods_of
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.spelling import spelled
from lint_ssot.lifecycle.protocols.values import ClassObject, FunctionObject, Instance, LambdaObject, Product
from lint_ssot.lifecycle.runners import Runner
from lint_ssot.lifecycle.standing import aside, position_in

_OF_TESTS = ("addCleanup", "addAsyncCleanup")
_OF_CLASSES = ("addClassCleanup",)
_OF_MODULES = ("unittest.addModuleCleanup", "unittest.case.addModuleCleanup")
_REGISTERS = frozenset({*_OF_TESTS, *_OF_CLASSES, "addModuleCleanup", "addfinalizer"})

# The calls that register something in each body that has any, by the identity of the block.
Registering: TypeAlias = Mapping[int, "tuple[Call, ...]"]


class Waste(enum.Enum):
    """What is wrong with what is registered."""

    ASYNC = "is async, and nobody awaits it"
    COROUTINE = "is a coroutine already, which nobody can call"
    LAMBDA = "gives a coroutine, which nobody awaits"


@dataclass(frozen=True, slots=True)
class UnawaitedCleanup:
    """A call that registers a cleanup, and what it is given, as written.

    `at` is the class that inherits the call where it stands in another file; then `aside` names the place.
    """

    at: Position
    register: str
    given: str
    waste: Waste
    aside: str = ""


def unawaited_cleanups(
    inferring: Inferring, module: Module, test_classes: tuple[TestClass, ...]
) -> Iterator[UnawaitedCleanup]:
    """The async cleanups that the module's methods and fixtures, and those of bases, register in vain, each once."""
    registering = {module: _registering(module)}
    found: dict[tuple[Position, str], UnawaitedCleanup] = {}
    for test_class in test_classes:
        for cleanup in _of_class(inferring, module, test_class, registering):
            found.setdefault((cleanup.at, cleanup.aside), cleanup)
    for cleanup in _of_bodies(inferring, module, registering[module]) if registering[module] else ():
        found.setdefault((cleanup.at, ""), cleanup)
    yield from found.values()


def _of_class(
    inferring: Inferring, module: Module, test_class: TestClass, registering: dict[Module, Registering]
) -> Iterator[UnawaitedCleanup]:
    runner = test_class.runner
    if not isinstance(runner, Runner) or not runner.is_testcase:
        return
    is_awaited = any(hook.is_awaited for hook in runner.hooks)
    for owner in test_class.hierarchy.classes:
        calls_of = _registering_in(owner.module, registering, inferring)
        for method in methods_of(owner) if calls_of else ():
            if owner.module is not module and test_class.hierarchy.find(method.node.name) != method:
                continue
            scope = method_scope(inferring, method, Instance(test_class.definition))
            for call in calls_of.get(id(method.node.body), ()):
                if not _is_of(inferring, call, scope, test_class):
                    continue
                waste = _waste(inferring, call, scope)
                is_of_class = last_word(call.function) in _OF_CLASSES
                if waste is Waste.COROUTINE or (waste is not None and (is_of_class or not is_awaited)):
                    yield _told_for(_unawaited(call, waste), test_class, owner.module)


def _registering_in(module: Module, known: dict[Module, Registering], inferring: Inferring) -> Registering:
    """What a module of the project registers; looked for only where it speaks of that at all."""
    if module not in known:
        is_ours = module.origin is Origin.PROJECT
        speaks_of_it = is_ours and inferring.classes.names.modules.mentions(module).may_name(*_REGISTERS)
        known[module] = _registering(module) if speaks_of_it else {}
    return known[module]


def _told_for(cleanup: UnawaitedCleanup, test_class: TestClass, module: Module) -> UnawaitedCleanup:
    place = aside(test_class, module, cleanup.at)
    return replace(cleanup, at=position_in(test_class, module, cleanup.at), aside=place)


def _of_bodies(inferring: Inferring, module: Module, registering: Registering) -> Iterator[UnawaitedCleanup]:
    """`request.addfinalizer(…)` in fixtures, and `unittest.addModuleCleanup(…)` anywhere."""
    for body in bodies(inferring, module):
        for call in registering.get(id(body.block), ()):
            if _is_of_fixture(inferring, call, body.scope) or _is_of_module(inferring, call, module):
                waste = _waste(inferring, call, body.scope)
                if waste is not None:
                    yield _unawaited(call, waste)


def _is_of_fixture(inferring: Inferring, call: Call, scope: Scope) -> bool:
    if spelled(call.function) != "request.addfinalizer" or not scope.has_parameter("request"):
        return False
    return scope.function is not None and fixture_of(scope.function, inferring.classes.names) is not None


def _is_of_module(inferring: Inferring, call: Call, module: Module) -> bool:
    is_called_so = last_word(call.function) == "addModuleCleanup"
    return is_called_so and inferring.classes.names.dotted(module, call.function) in _OF_MODULES


def _registering(module: Module) -> Registering:
    body = module.facts.body
    blocks = [body, *(each.body for each in statements_of_all(body) if isinstance(each, Function))]
    calls = {id(block): tuple(_calls(block)) for block in blocks}
    return {block: found for block, found in calls.items() if found}


def _calls(block: Block) -> Iterator[Call]:
    """The calls in a body itself that register a cleanup, given by position."""
    for statement in statements(block):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                if isinstance(part, Call) and last_word(part.function) in _REGISTERS and _is_given_one(part):
                    yield part


def _is_given_one(call: Call) -> bool:
    return bool(call.arguments) and not call.arguments[0].star and call.arguments[0].keyword is None


def _is_of(inferring: Inferring, call: Call, scope: Scope, test_class: TestClass) -> bool:
    """Whether it is the framework's method, left as it was made, of the test's object or its class."""
    if not isinstance(call.function, Attribute) or call.function.attr not in _OF_TESTS + _OF_CLASSES:
        return False
    member = test_class.hierarchy.find(call.function.attr)
    if not isinstance(member, FunctionDefinition) or member.module.origin is Origin.PROJECT:
        return False
    return all(
        isinstance(each, (Instance, ClassObject)) and each.definition == test_class.definition
        for each in inferring.infer(call.function.value, scope)
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
