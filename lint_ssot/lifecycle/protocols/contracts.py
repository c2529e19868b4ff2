"""Whether functions are what their place demands: protocol methods, and what contextlib decorates."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.statements import Function, Parameter
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.protocols.calls import is_placeholder
from lint_ssot.lifecycle.protocols.protocol import Protocol
from lint_ssot.lifecycle.protocols.scopes import Inferring
from lint_ssot.lifecycle.protocols.values import (
    ClassObject,
    FunctionObject,
    Instance,
    LambdaObject,
    ModuleObject,
    Plain,
    Product,
    Value,
)

# the exception, its value and its traceback (data model, "With Statement Context Managers")
_PASSED_ON_EXIT = 3


@dataclass(frozen=True, slots=True)
class Breach:
    """A protocol method that cannot do its part, and why, in the words of a message."""

    method: FunctionDefinition
    why: str


def breaches(inferring: Inferring, value: Instance, protocol: Protocol) -> Iterator[Breach]:
    """The methods of the protocol, as the object has them, that fail whenever they are called."""
    hierarchy = inferring.classes.hierarchy(value.definition)
    for name, passed in zip(protocol.methods, (0, _PASSED_ON_EXIT), strict=True):
        method = hierarchy.find(name)
        if not isinstance(method, FunctionDefinition) or method.module.origin is not Origin.PROJECT:
            continue
        why = _breach(inferring, value, method, protocol, passed)
        if why is not None:
            yield Breach(method, why)


def _breach(
    inferring: Inferring, value: Instance, method: FunctionDefinition, protocol: Protocol, passed: int
) -> str | None:
    results = inferring.result_of(value, method.node.name)
    if protocol is Protocol.SYNC and _is_coroutine(results):
        return "is async, and `with` drops the coroutine"
    if protocol is Protocol.ASYNC and all(_is_unawaitable(inferring, each) for each in results):
        return "returns nothing that can be awaited"
    # what a metaclass that is not known makes of a function, as `zope.interface` does, need not be a method
    is_method = inferring.classes.hierarchy(value.definition).open_because is None
    if is_method and _is_signature_known(method) and not _accepts(method, passed):
        return f"must take {passed} arguments" if passed else "must do without arguments"
    return None


def _is_coroutine(results: tuple[Value, ...]) -> bool:
    return all(isinstance(each, Product) and each.kind is Kind.COROUTINE for each in results)


def _is_unawaitable(inferring: Inferring, value: Value) -> bool:
    match value:
        case Product(kind=kind):
            return kind is not Kind.COROUTINE
        case Instance(definition=definition):
            hierarchy = inferring.classes.hierarchy(definition)
            return hierarchy.find("__await__") is None and hierarchy.open_because is None
        case ClassObject() | FunctionObject() | LambdaObject() | ModuleObject() | Plain():
            return True
    return False


def _is_signature_known(method: FunctionDefinition) -> bool:
    """Whether no decorator but those that bind stands between a call and the function."""
    return not method.node.decorators or (
        len(method.node.decorators) == 1 and binding_of(method) in (Binding.STATIC, Binding.CLASS)
    )


def _accepts(method: FunctionDefinition, passed: int) -> bool:
    parameters = method.node.parameters
    count = passed if binding_of(method) is Binding.STATIC else passed + 1
    positional = [each for each in parameters if each.kind == "positional"]
    required = [each for each in positional if each.default is None]
    has_room = len(positional) >= count or any(each.kind == "*" for each in parameters)
    return len(required) <= count and has_room and not any(map(_is_required_keyword, parameters))


def _is_required_keyword(parameter: Parameter) -> bool:
    return parameter.kind == "keyword" and parameter.default is None


def is_misdecorated(node: Function, making: Kind) -> bool:
    """Whether a decorator of contextlib stands on a function that is not of the kind it needs.

    A plain function may return a generator that it got elsewhere, so it is never wrong.
    """
    if is_placeholder(node.body):
        return False
    if making is Kind.CONTEXT_MANAGER:
        return node.is_async
    return node.is_async is not node.is_generator
