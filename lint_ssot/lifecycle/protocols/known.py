"""What well-known functions outside the project give that a with statement cares about."""

from __future__ import annotations

from lint_ssot.facts.expressions import Argument
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.protocols.values import MYSTERY, Outside, Product, Values

# Each was entered for real, by `with` and by `async with`, on Python 3.11 and pytest 8.
_CONTEXTS = frozenset(
    {
        "builtins.open",
        "bz2.open",
        "codecs.open",
        "contextlib.chdir",
        "contextlib.closing",
        "contextlib.redirect_stderr",
        "contextlib.redirect_stdout",
        "contextlib.suppress",
        "decimal.localcontext",
        "gzip.open",
        "io.open",
        "lzma.open",
        "os.fdopen",
        "os.scandir",
        "pytest.deprecated_call",
        "pytest.raises",
        "pytest.warns",
        "shelve.open",
        "socket.create_connection",
        "socket.create_server",
        "sqlite3.connect",
        "tarfile.open",
        "tempfile.NamedTemporaryFile",
        "tempfile.SpooledTemporaryFile",
        "tempfile.TemporaryDirectory",
        "tempfile.TemporaryFile",
        "threading.Condition",
        "threading.Lock",
        "threading.RLock",
        "threading.Semaphore",
        "unittest.mock.patch",
        "unittest.mock.patch.dict",
        "unittest.mock.patch.multiple",
        "unittest.mock.patch.object",
        "urllib.request.urlopen",
        "warnings.catch_warnings",
    }
)
_ASYNC_CONTEXTS = frozenset(
    {
        "asyncio.Condition",
        "asyncio.Lock",
        "asyncio.Semaphore",
        "asyncio.BoundedSemaphore",
        "asyncio.TaskGroup",
        "asyncio.timeout",
        "asyncio.timeout_at",
        "contextlib.aclosing",
    }
)
PARTIAL = "functools.partial"
# before the names of fixtures, which are no names of Python
_FIXTURE = "fixture "
# fixtures of pytest, and those of their methods that give a context manager for `with`
_OF_FIXTURES = {
    "caplog": ("at_level", "filtering"),
    "capfd": ("disabled",),
    "capfdbinary": ("disabled",),
    "capsys": ("disabled",),
    "capsysbinary": ("disabled",),
    "monkeypatch": ("context",),
}
# mocks get their special methods when they are made, and some are only given when they are called
_MOCKS = ("unittest.mock.", "mock.")
_ASYNC_MOCKS = ("unittest.mock.AsyncMock", "mock.AsyncMock")
_MADE_ASYNC_MOCKS = tuple(f"{name}()" for name in _ASYNC_MOCKS)
_OWN_TO_MOCKS = ("assert_", "await_", "call_", "called", "_", "return_value", "side_effect", "mock_", "method_calls")
# methods of unittest.TestCase that give a context manager when they are not given what to call
_ASSERTIONS = frozenset(
    {
        "assertLogs",
        "assertNoLogs",
        "assertRaises",
        "assertRaisesRegex",
        "assertWarns",
        "assertWarnsRegex",
        "subTest",
    }
)


def is_known(name: str) -> bool:
    """Whether nobody need look at the source of what has this dotted name; mocks have none that tells anything."""
    return name in _CONTEXTS or name in _ASYNC_CONTEXTS or name == PARTIAL or is_of_mocks(name)


def is_of_mocks(name: str) -> bool:
    """Whether a dotted name is one of unittest's mocks, or what makes them."""
    return name.startswith(_MOCKS)


def known_fixture(name: str) -> Values:
    """What a parameter stands for that is named like a fixture of pytest, where nothing overrides that."""
    return (Outside(f"{_FIXTURE}{name}"),) if name in _OF_FIXTURES else MYSTERY


def _is_of_fixture(name: str) -> bool:
    fixture, _, method = name.removeprefix(_FIXTURE).partition(".")
    return name.startswith(_FIXTURE) and method in _OF_FIXTURES[fixture]


def known_call(name: str, arguments: tuple[Argument, ...] = ()) -> Values:
    """What calling something outside the project by its dotted name gives."""
    if name in _ASYNC_MOCKS:
        plain = all(each.keyword in ("name", "return_value", "side_effect") for each in arguments)
        return (Outside(f"{name}()"),) if plain else MYSTERY
    if name.startswith(_MADE_ASYNC_MOCKS):
        return _async_mock_called(name.partition("().")[2])
    if name in _CONTEXTS or _is_of_fixture(name):
        return (Product(Kind.CONTEXT_MANAGER, name.removeprefix("builtins.").removeprefix(_FIXTURE)),)
    if name in _ASYNC_CONTEXTS:
        return (Product(Kind.ASYNC_CONTEXT_MANAGER, name),)
    return MYSTERY


def _async_mock_called(path: str) -> Values:
    """Every attribute of an AsyncMock is one itself, except for those that serve to look at it."""
    words = path.split(".")
    is_child = bool(path) and not any(word.startswith(_OWN_TO_MOCKS) for word in words)
    return (Product(Kind.COROUTINE, words[-1]),) if is_child or not path else MYSTERY


def known_result(function: FunctionDefinition, arguments: tuple[Argument, ...]) -> Values:
    """What calling a function gives of which only the signature is known."""
    owner, name = function.owner, function.node.name
    if owner is None:
        return known_call(f"{function.module.name}.{name}")
    if owner.identity != ("unittest.case", "TestCase") or name not in _ASSERTIONS:
        return MYSTERY
    is_bare = len(arguments) <= (2 if name.endswith("Regex") else 1) and not any(each.star for each in arguments)
    is_context = is_bare or name in ("subTest", "assertLogs", "assertNoLogs")
    return (Product(Kind.CONTEXT_MANAGER, name),) if is_context else MYSTERY
