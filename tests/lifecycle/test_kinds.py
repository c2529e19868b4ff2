"""What a decorated function is, one decorator at a time."""

from __future__ import annotations

import pytest

from lint_ssot.facts.statements import Class, Function
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from tests.lifecycle.analyzed import analyzed_test

ASYNC = "async def f(self): pass"
PLAIN = "def f(self): pass"
GENERATOR = "def f(self): yield"
ASYNC_GENERATOR = "async def f(self): yield"

FIRST_PARTY = """
import asyncio
import functools
import inspect
from functools import wraps
from typing import TypeVar, cast

def transparent(function):
    function.seen = True
    return function

def awaiting(function):
    @wraps(function)
    async def wrapper(*args):
        return await function(*args)
    return wrapper

def running(function):
    @functools.wraps(function)
    def wrapper(*args):
        return asyncio.run(function(*args))
    return wrapper

def retried(times):
    def decorate(function):
        @wraps(function)
        async def wrapper(*args):
            return await function(*args)
        return wrapper
    return decorate

def either(function):
    if inspect.iscoroutinefunction(function):
        async def wrapper(*args):
            return await function(*args)
    else:
        def wrapper(*args):
            return function(*args)
    return wraps(function)(wrapper)

def either_way(function):
    if asyncio.iscoroutinefunction(function):
        @wraps(function)
        async def async_wrapper(*args):
            return await function(*args)
        return async_wrapper
    @wraps(function)
    def sync_wrapper(*args):
        return function(*args)
    return cast("object", sync_wrapper)

def sometimes(function):
    if asyncio:
        return function
    def wrapper(*args): pass
    return wrapper

def rebound(function):
    function = asyncio.run(function)
    return function

def nothing(function):
    print(function)

def called(function):
    return asyncio.run(function)

def relayed(function):
    return awaiting(function)

def optional(function=None, *, times=1):
    if function is None:
        return lambda inner: optional(inner, times=times)
    return function

class Decorator:
    def __init__(self, function): pass
    def __call__(self): pass

def decorated_decorator(function):
    @running
    async def wrapper(*args): pass
    return wrapper

@decorated_decorator
def odd(function):
    return function

def yielding(function):
    def wrapper(*args):
        yield from function(*args)
    return wrapper
"""

HEAD = """
import abc, asyncio, contextlib, functools, types, typing, unittest
from contextlib import asynccontextmanager
from unittest import mock
from unittest.mock import patch
import pytest
import pytest_asyncio
import tornado.testing
from twisted.internet.defer import inlineCallbacks
from hypothesis import given
from parameterized import parameterized
import django.test
import somewhere
from decorators import *
from missing_here import gone
slow = pytest.mark.slow
manager = contextlib.contextmanager
class TestIt:
"""

TABLE = [
    ("", PLAIN, Kind.PLAIN),
    ("", ASYNC, Kind.COROUTINE),
    ("", GENERATOR, Kind.GENERATOR),
    ("", ASYNC_GENERATOR, Kind.ASYNC_GENERATOR),
    ("@contextlib.contextmanager", GENERATOR, Kind.CONTEXT_MANAGER),
    ("@manager", GENERATOR, Kind.CONTEXT_MANAGER),
    ("@asynccontextmanager", ASYNC_GENERATOR, Kind.ASYNC_CONTEXT_MANAGER),
    ("@asynccontextmanager", ASYNC, Kind.ASYNC_CONTEXT_MANAGER),
    ("@classmethod @asynccontextmanager", ASYNC_GENERATOR, Kind.ASYNC_CONTEXT_MANAGER),
    ("@staticmethod", ASYNC, Kind.COROUTINE),
    ("@property", ASYNC, Kind.PROPERTY),
    ("@functools.cached_property", PLAIN, Kind.PROPERTY),
    ("@functools.lru_cache(maxsize=None)", ASYNC, Kind.COROUTINE),
    ("@abc.abstractmethod", ASYNC, Kind.COROUTINE),
    ("@typing.override", ASYNC, Kind.COROUTINE),
    ("@unittest.skip('x')", ASYNC, Kind.COROUTINE),
    ("@unittest.skipIf(True, 'x')", PLAIN, Kind.PLAIN),
    ("@patch('a.b')", ASYNC, Kind.COROUTINE),
    ("@mock.patch.object(asyncio, 'run')", ASYNC, Kind.COROUTINE),
    ("@mock.patch.dict('os.environ', {})", ASYNC, Kind.COROUTINE),
    ("@pytest.mark.asyncio", ASYNC, Kind.COROUTINE),
    ("@pytest.mark.parametrize('a', [1])", ASYNC, Kind.COROUTINE),
    ("@slow", ASYNC, Kind.COROUTINE),
    ("@pytest.fixture(autouse=True)", ASYNC_GENERATOR, Kind.ASYNC_GENERATOR),
    ("@pytest_asyncio.fixture", ASYNC, Kind.COROUTINE),
    ("@given(1)", PLAIN, Kind.PLAIN),
    ("@parameterized.expand([1])", ASYNC, Kind.COROUTINE),
    ("@django.test.override_settings(A=1)", ASYNC, Kind.COROUTINE),
    ("@tornado.testing.gen_test(timeout=1)", ASYNC, Kind.PLAIN),
    ("@inlineCallbacks", GENERATOR, Kind.PLAIN),
    ("@types.coroutine", GENERATOR, Kind.COROUTINE),
    ("@transparent", ASYNC, Kind.COROUTINE),
    ("@transparent", GENERATOR, Kind.GENERATOR),
    ("@awaiting", PLAIN, Kind.COROUTINE),
    ("@running", ASYNC, Kind.PLAIN),
    ("@retried(3)", PLAIN, Kind.COROUTINE),
    ("@retried", PLAIN, Kind.PLAIN),
    ("@either", ASYNC, Kind.COROUTINE),
    ("@either", PLAIN, Kind.PLAIN),
    ("@either_way", ASYNC, Kind.COROUTINE),
    ("@either_way", GENERATOR, Kind.UNKNOWN),
    ("@yielding", PLAIN, Kind.GENERATOR),
    ("@running @awaiting", PLAIN, Kind.PLAIN),
    ("@sometimes", ASYNC, Kind.UNKNOWN),
    ("@sometimes", PLAIN, Kind.PLAIN),
    ("@rebound", ASYNC, Kind.UNKNOWN),
    ("@nothing", ASYNC, Kind.UNKNOWN),
    ("@called", ASYNC, Kind.UNKNOWN),
    ("@relayed", ASYNC, Kind.UNKNOWN),
    ("@optional", ASYNC, Kind.UNKNOWN),
    ("@Decorator", ASYNC, Kind.UNKNOWN),
    ("@odd", ASYNC, Kind.UNKNOWN),
    ("@gone", ASYNC, Kind.UNKNOWN),
    ("@somewhere.decorator", ASYNC, Kind.UNKNOWN),
    ("@nobody", ASYNC, Kind.UNKNOWN),
]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> list[Kind]:
    """The kinds of all specimens, in the order of the table; one project holds them all."""
    folder = tmp_path_factory.mktemp("kinds")
    bodies = []
    for index, (decorators, function, _) in enumerate(TABLE):
        lines = [*decorators.replace(" @", "\n@").splitlines(), function.replace(" f(", f" f{index}(")]
        bodies += [f"    {line}\n" for line in lines]
    module = analyzed_test(folder, {"decorators.py": FIRST_PARTY, "test_it.py": HEAD + "".join(bodies)})
    (node,) = (each for each in module.module.facts.body if isinstance(each, Class))
    owner = ClassDefinition(module.module, node)
    functions = [FunctionDefinition(module.module, each, owner) for each in node.body if isinstance(each, Function)]
    return [kind_of(function, module.classes.names) for function in functions]


@pytest.mark.parametrize(
    "index", range(len(TABLE)), ids=[f"{decorators or 'bare'} {function}" for decorators, function, _ in TABLE]
)
def test_the_kind_is_what_the_decorators_leave(index: int, kinds: list[Kind]) -> None:
    assert TABLE[index][2] is kinds[index]
