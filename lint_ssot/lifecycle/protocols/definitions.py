"""What a module defines for with statements that cannot work, whoever uses it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Block, Class, Function
from lint_ssot.facts.traversal import statements, statements_of_all
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.protocols.contracts import breaches, is_misdecorated
from lint_ssot.lifecycle.protocols.faults import Verdict, broken_method, half, misdecorated
from lint_ssot.lifecycle.protocols.keeping import Keeping, keeping_of
from lint_ssot.lifecycle.protocols.protocol import Protocol
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.values import FunctionObject, Instance

_MAKERS = ("contextmanager", "asynccontextmanager")
# a class that is meant to be completed by those who inherit from it
_PARTIAL = ("Mixin", "Base", "Abstract", "Protocol", "Interface")


def faulty_definitions(inferring: Inferring, module: Module) -> Iterator[tuple[Position, Verdict]]:
    """Every definition of the module that cannot work, and where it stands."""
    yield from _in_block(inferring, module.facts.body, inferring.module_scope(module), None)


def _in_block(
    inferring: Inferring, block: Block, scope: Scope, owner: ClassDefinition | None
) -> Iterator[tuple[Position, Verdict]]:
    for statement in statements(block):
        match statement:
            case Function():
                function = FunctionDefinition(scope.module, statement, owner)
                yield from _misdecorated(inferring, function, scope)
                outer = scope if scope.function is not None else None
                inner = Scope(scope.module, partial(inferring.bindings, statement.body), function, outer=outer)
                yield from _in_block(inferring, statement.body, inner, None)
            case Class():
                definition = ClassDefinition(scope.module, statement)
                yield from _broken_methods(inferring, definition)
                yield from _half(inferring, definition)
                yield from _in_block(inferring, statement.body, scope, definition)


def _misdecorated(
    inferring: Inferring, function: FunctionDefinition, scope: Scope
) -> Iterator[tuple[Position, Verdict]]:
    if not any(last_word(each) in _MAKERS for each in function.node.decorators):
        return
    around = scope if scope.function is not None else None
    match inferring.decorated(function, around):
        case (FunctionObject(definition=inner, making=Kind() as making),) if inner == function:
            if is_misdecorated(function.node, making):
                yield function.node.at, misdecorated(function, making)


def _broken_methods(inferring: Inferring, definition: ClassDefinition) -> Iterator[tuple[Position, Verdict]]:
    """The protocol methods that the class statement itself holds and that fail whenever they are called."""
    for protocol in Protocol:
        for breach in breaches(inferring, Instance(definition), protocol):
            if breach.method.owner == definition:
                yield breach.method.node.at, broken_method(breach, definition)


def _half(inferring: Inferring, definition: ClassDefinition) -> Iterator[tuple[Position, Verdict]]:
    """A class that can be entered and not left; one that can only be left may serve an exit stack."""
    hierarchy = inferring.classes.hierarchy(definition)
    if _is_partial(definition):
        return
    for protocol in Protocol:
        is_own = protocol.methods[0] in inferring.classes.members(definition)
        if not is_own or keeping_of(hierarchy, protocol) is not Keeping.ENTER:
            continue
        if not any(_completes(inferring, heir, protocol) for heir in _heirs(inferring, definition)):
            yield definition.node.at, half(definition, protocol, Keeping.ENTER)


def _heirs(inferring: Inferring, definition: ClassDefinition) -> Iterator[ClassDefinition]:
    """The classes of the same module that inherit from the class."""
    for statement in statements_of_all(definition.module.facts.body):
        if isinstance(statement, Class) and statement is not definition.node:
            heir = ClassDefinition(definition.module, statement)
            if definition in inferring.classes.hierarchy(heir).classes:
                yield heir


def _completes(inferring: Inferring, heir: ClassDefinition, protocol: Protocol) -> bool:
    return keeping_of(inferring.classes.hierarchy(heir), protocol) is not Keeping.ENTER


def _is_partial(definition: ClassDefinition) -> bool:
    names = (definition.node.name, *(last_word(base.value) or "" for base in definition.node.bases))
    return any(word in name for name in names for word in _PARTIAL) or definition.node.name.startswith("_")
