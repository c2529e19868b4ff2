"""The mocks of unittest that no with statement can enter: plain ones, and those whose spec cannot be entered."""

from __future__ import annotations

from lint_ssot.facts.expressions import Argument
from lint_ssot.facts.values import replace
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.functions.kinds import Kind, own_kind
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.values import MYSTERY, ClassObject, MockObject, Outside, Values

# Each was entered for real on Python 3.10 to 3.13: `Mock` has no special methods whatever its spec, those of
# `MagicMock` are the ones that its spec has, and an autospec is a `MagicMock` with a spec, as are its instances.
_PLAIN = ("Mock", "NonCallableMock")
_SPECIFIED = ("MagicMock", "NonCallableMagicMock", "AsyncMock")
_AUTOSPEC = "create_autospec"
MAKERS = (*_PLAIN, *_SPECIFIED, _AUTOSPEC)
_TO_LOOK_AT_IT = ("assert_", "await_", "call_", "called", "mock_", "method_calls", "reset_mock", "_")
CONFIGURED = ("return_value", "side_effect", "wraps")
CALLED = "()"


def made_mock(inferring: Inferring, name: str, arguments: tuple[Argument, ...], scope: Scope) -> Values:
    """What calling something of `unittest.mock` gives, if that is a mock which may lack a protocol."""
    word = name.rpartition(".")[2]
    if any(each.star for each in arguments):
        return MYSTERY
    if word in _PLAIN:
        return (MockObject(word, scope, is_plain=True, is_bare=all(each.keyword == "name" for each in arguments)),)
    spec = _spec(inferring, arguments, scope) if word in MAKERS else None
    return MYSTERY if spec is None else (MockObject(word, scope, spec),)


def _spec(inferring: Inferring, arguments: tuple[Argument, ...], scope: Scope) -> ClassDefinition | None:
    """The class that a mock is given as its spec."""
    for index, each in enumerate(arguments):
        if each.keyword in ("spec", "spec_set") or (each.keyword is None and index == 0):
            match inferring.infer(each.value, scope):
                case (ClassObject(definition=definition),):
                    return definition
            return None
    return None


def attribute_of_mock(inferring: Inferring, mock: MockObject, name: str) -> Values:
    """Whatever is read of a plain mock is one itself, except for what serves to look at it.

    What is a coroutine function in its spec is an `AsyncMock`, whatever kind of mock it is.
    """
    if mock.spec is not None and not mock.path:
        match inferring.classes.hierarchy(mock.spec).find(name):
            case FunctionDefinition(node=node) if not node.decorators and own_kind(node) is Kind.COROUTINE:
                return (Outside("unittest.mock.AsyncMock()"),)
    if not mock.is_bare or name.startswith(_TO_LOOK_AT_IT) or name in CONFIGURED:
        return MYSTERY
    return (replace(mock, path=(*mock.path, name)),)


def called_mock(mock: MockObject) -> Values:
    """What a mock gives when it is called: one of its own kind, if that can be told."""
    if mock.name == _AUTOSPEC:
        return (mock,)
    return (replace(mock, path=(*mock.path, CALLED)),) if mock.is_bare and mock.name == "Mock" else MYSTERY
