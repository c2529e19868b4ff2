"""What is wrong with a value where a protocol is needed."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from lint_ssot.facts.expressions import Call
from lint_ssot.facts.statements import Raise
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.functions.kinds import Kind, own_kind
from lint_ssot.lifecycle.protocols.contracts import Breach, breaches, is_misdecorated
from lint_ssot.lifecycle.protocols.keeping import Keeping, keeping
from lint_ssot.lifecycle.protocols.protocol import Protocol
from lint_ssot.lifecycle.protocols.scopes import Inferring
from lint_ssot.lifecycle.protocols.values import (
    ClassObject,
    FunctionObject,
    Instance,
    MockObject,
    Plain,
    Product,
    Value,
    Values,
)


class Fault(enum.Enum):
    """The ways in which a with statement, or what it is given, is wrong."""

    NO_CONTEXT_MANAGER = "keeps neither protocol"
    UNDECORATED_GENERATOR = "a generator that nothing made a context manager of"
    MIXED_UP = "keeps the other protocol"
    HALF = "enters without leaving, or leaves without entering"
    DECORATED_NON_GENERATOR = "contextlib decorates what is no generator of that kind"
    AWAITED = "a context manager is awaited"
    WRONGLY_ENTERED = "a method that enters context managers is given one of the other protocol"
    NOT_AWAITED = "what enters a context manager is not awaited"
    BROKEN_METHOD = "a method of the protocol fails whenever it is called"


_DESCRIPTIONS = {
    Kind.PLAIN: "a function",
    Kind.COROUTINE: "a coroutine",
    Kind.GENERATOR: "a generator",
    Kind.ASYNC_GENERATOR: "an async generator",
}
_UNDECORATED = {
    Kind.GENERATOR: "a generator without `@contextmanager`",
    Kind.ASYNC_GENERATOR: "an async generator without `@asynccontextmanager`",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fault: `what` in the words of a message, the definition to blame, and how a message names that.

    `mock` is the one that lacks the protocol, if it is one.
    """

    fault: Fault
    what: str
    blamed: ClassDefinition | FunctionDefinition | None = None
    name: str = ""
    mock: MockObject | None = None


def verdict_on(inferring: Inferring, values: Values, protocol: Protocol) -> Verdict | None:
    """What is wrong with everything that the values can be; None as soon as one of them may do."""
    verdicts = [_verdict(inferring, value, protocol) for value in values]
    return None if None in verdicts else verdicts[0]


def verdict_on_awaited(inferring: Inferring, values: Values) -> Verdict | None:
    """Whether `await` is given nothing but context managers that cannot be awaited, and which."""
    verdicts = [_verdict_on_awaited(inferring, value) for value in values]
    return None if None in verdicts else verdicts[0]


def _verdict_on_awaited(inferring: Inferring, value: Value) -> Verdict | None:
    for protocol in (Protocol.ASYNC, Protocol.SYNC):
        if keeping(inferring, value, protocol) is Keeping.BOTH:
            break
    else:
        return None
    match value:
        case Product(definition=definition):
            return Verdict(Fault.AWAITED, _meant_for(protocol), definition)
        case Instance(definition=definition):
            hierarchy = inferring.classes.hierarchy(definition)
            if hierarchy.find("__await__") is None and hierarchy.open_because is None:
                return Verdict(Fault.AWAITED, _meant_for(protocol), definition)
    return None


def _verdict(inferring: Inferring, value: Value, protocol: Protocol) -> Verdict | None:
    match value:
        case Product():
            return _verdict_on_product(inferring, value, protocol)
        case Instance(definition=definition):
            return _verdict_on_instance(inferring, value, protocol)
        case Plain(type_name=name):
            what = "which is None" if name == "None" else f"a {name}"
            return Verdict(Fault.NO_CONTEXT_MANAGER, what)
        case MockObject():
            return _verdict_on_mock(inferring, value, protocol)
        case ClassObject(definition=definition):
            if keeping(inferring, value, protocol) is not Keeping.NEITHER:
                return None
            return Verdict(Fault.NO_CONTEXT_MANAGER, "a class: call it", definition)
        case FunctionObject(definition=definition):
            return Verdict(Fault.NO_CONTEXT_MANAGER, "a function: call it", definition)
    return None


def _verdict_on_mock(inferring: Inferring, value: MockObject, protocol: Protocol) -> Verdict | None:
    if keeping(inferring, value, protocol) in (Keeping.BOTH, Keeping.UNKNOWN):
        return None
    if keeping(inferring, value, protocol.other) is Keeping.BOTH:
        return Verdict(Fault.MIXED_UP, _meant_for(protocol.other), value.spec, mock=value)
    enter = protocol.methods[0]
    if value.is_plain or value.spec is None:
        return Verdict(Fault.NO_CONTEXT_MANAGER, f"a `{value.name}`, which has no `{enter}`", mock=value)
    what = f"a mock of `{value.spec.node.name}`, which has no `{enter}`"
    return Verdict(Fault.NO_CONTEXT_MANAGER, what, value.spec, mock=value)


def _verdict_on_product(inferring: Inferring, value: Product, protocol: Protocol) -> Verdict | None:
    definition = value.definition
    match value.kind:
        case Kind.COROUTINE:
            awaited = inferring.awaited(value)
            is_context = all(keeping(inferring, each, protocol) is Keeping.BOTH for each in awaited)
            what = "a coroutine" if definition is not None else "a coroutine of `AsyncMock`"
            return Verdict(Fault.NO_CONTEXT_MANAGER, what + (": await it" if is_context else ""), definition)
        case Kind.GENERATOR | Kind.ASYNC_GENERATOR:
            return Verdict(Fault.UNDECORATED_GENERATOR, _UNDECORATED[value.kind], definition, value.name)
    return _verdict_on_context(value, protocol)


def _verdict_on_context(value: Product, protocol: Protocol) -> Verdict | None:
    own = Protocol.SYNC if value.kind is Kind.CONTEXT_MANAGER else Protocol.ASYNC
    definition = value.definition
    if definition is not None and value.call is not None and is_misdecorated(definition.node, value.kind):
        return misdecorated(definition, value.kind)
    if own is not protocol:
        return Verdict(Fault.MIXED_UP, _meant_for(own), definition)
    return None


def misdecorated(function: FunctionDefinition, making: Kind) -> Verdict:
    """The verdict on a function of the wrong kind under a decorator of contextlib."""
    decorator = "@contextmanager" if making is Kind.CONTEXT_MANAGER else "@asynccontextmanager"
    what = f"{_DESCRIPTIONS[own_kind(function.node)]} under `{decorator}`"
    return Verdict(Fault.DECORATED_NON_GENERATOR, what, function, function.node.name)


def broken_method(breach: Breach, holder: ClassDefinition) -> Verdict:
    """The verdict on a method of a protocol that fails whenever it is called."""
    name = f"{(breach.method.owner or holder).node.name}.{breach.method.node.name}"
    return Verdict(Fault.BROKEN_METHOD, breach.why, breach.method, name)


def half(definition: ClassDefinition, protocol: Protocol, kept: Keeping) -> Verdict:
    """The verdict on a class that has one method of a protocol and lacks the other."""
    present, absent = protocol.methods if kept is Keeping.ENTER else reversed(protocol.methods)
    return Verdict(Fault.HALF, f"`{present}` and no `{absent}`", definition, definition.node.name)


def _meant_for(protocol: Protocol) -> str:
    return f"a context manager for `{protocol.value}`"


def _verdict_on_instance(inferring: Inferring, value: Instance, protocol: Protocol) -> Verdict | None:
    definition = value.definition
    kept, other = keeping(inferring, value, protocol), keeping(inferring, value, protocol.other)
    match kept:
        case Keeping.UNKNOWN:
            return None
        case Keeping.BOTH if other is Keeping.BOTH and _refuses(inferring, value, protocol):
            return Verdict(Fault.MIXED_UP, _meant_for(protocol.other), definition)
        case Keeping.BOTH:
            return next(_broken(inferring, value, protocol), None)
    if other is Keeping.BOTH:
        return Verdict(Fault.MIXED_UP, _meant_for(protocol.other), definition)
    if kept is Keeping.NEITHER:
        return Verdict(Fault.NO_CONTEXT_MANAGER, f"an object without `{protocol.methods[0]}`", definition)
    return half(definition, protocol, kept)


# By exceptions of its own a class may mean more than that.
_REFUSALS = ("TypeError", "AttributeError", "RuntimeError")


def _refuses(inferring: Inferring, value: Instance, protocol: Protocol) -> bool:
    """Whether the class is there to be entered the other way, and says so by raising when it is entered this way."""
    enter = inferring.classes.hierarchy(value.definition).find(protocol.methods[0])
    match enter.node.body if isinstance(enter, FunctionDefinition) else ():
        case (Raise(value=raised),) if raised is not None:
            called = raised.function if isinstance(raised, Call) else raised
            return last_word(called) in _REFUSALS
    return False


def _broken(inferring: Inferring, value: Instance, protocol: Protocol) -> Iterator[Verdict]:
    for breach in breaches(inferring, value, protocol):
        yield broken_method(breach, value.definition)
