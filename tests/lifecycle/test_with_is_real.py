"""What is told of a with statement is what Python does with it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.projects import lint_project, write_project

DEFINITIONS = """
import contextlib
import functools


class Sync:
    def __enter__(self): return self
    def __exit__(self, *details): return None


class Async:
    async def __aenter__(self): return self
    async def __aexit__(self, *details): return None


class Both(Sync, Async): ...


class Neither: ...


class EnterMixin:
    def __enter__(self): return self


class ExitMixin:
    def __exit__(self, kind, error, trace): return None


class Mixed(EnterMixin, ExitMixin): ...


class ShortExit(EnterMixin):
    def __exit__(self): return None


class LongExit(EnterMixin):
    def __exit__(self, a, b, c, d): return None


class StaticExit(EnterMixin):
    @staticmethod
    def __exit__(kind, error, trace): return None


class PlainEnter:
    def __aenter__(self): return self
    async def __aexit__(self, *details): return None


class Handing:
    def __init__(self): self.inner = Async()
    def __aenter__(self): return self.inner.__aenter__()
    def __aexit__(self, *details): return self.inner.__aexit__(*details)


class Assigned:
    __enter__ = Sync.__enter__
    __exit__ = Sync.__exit__


class OnInstance:
    def __init__(self):
        self.__enter__ = lambda: self
        self.__exit__ = lambda *details: None


class Meta(type):
    def __enter__(cls): return cls
    def __exit__(cls, *details): return None


class WithMeta(metaclass=Meta): ...


@contextlib.contextmanager
def context(): yield Async()


@contextlib.asynccontextmanager
async def async_context(): yield Sync()


@contextlib.contextmanager
async def wrong_context(): yield 1


@contextlib.asynccontextmanager
def wrong_async_context(): yield 1


@contextlib.asynccontextmanager
async def coroutine_context(): return 1


def generator(): yield 1


async def async_generator(): yield 1


async def coroutine(): return Async()


async def coroutine_of_sync(): return Sync()


def plain(): return Sync()


def nothing(): a = 1


def traced(function):
    @functools.wraps(function)
    def wrapper(*args): return function(*args)
    return wrapper


@traced
@contextlib.contextmanager
def traced_context(): yield 1


class Factory:
    @classmethod
    def make(cls): return Async()
    @staticmethod
    def plain(): return Sync()
    @contextlib.contextmanager
    def context(self): yield 1
    @property
    def held(self): return Both()
    async def load(self): return Sync()
"""
ITEMS = (
    "Sync()",
    "Async()",
    "Both()",
    "Neither()",
    "EnterMixin()",
    "ExitMixin()",
    "Mixed()",
    "ShortExit()",
    "LongExit()",
    "StaticExit()",
    "PlainEnter()",
    "Handing()",
    "Assigned()",
    "OnInstance()",
    "WithMeta",
    "WithMeta()",
    "Sync",
    "context()",
    "context",
    "async_context()",
    "wrong_context()",
    "wrong_async_context()",
    "coroutine_context()",
    "generator()",
    "async_generator()",
    "coroutine()",
    "await coroutine()",
    "await coroutine_of_sync()",
    "await async_context()",
    "await Async()",
    "plain()",
    "nothing()",
    "traced_context()",
    "Factory.make()",
    "Factory().plain()",
    "Factory().context()",
    "Factory().held",
    "Factory().load()",
    "(lambda: Sync())()",
    "None",
    "'text'",
    "contextlib.nullcontext()",
    "contextlib.ExitStack()",
    "contextlib.AsyncExitStack()",
    "contextlib.suppress(KeyError)",
    "open(__file__)",
    "Sync() if context else Mixed()",
)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("statement", ["with", "async with"])
@pytest.mark.parametrize("item", ITEMS)
def test_a_with_statement_is_told_exactly_if_it_fails(statement: str, item: str, tmp_path: Path) -> None:
    source = f"import contextlib\nfrom parts import *\n\n\nasync def use():\n    {statement} {item}:\n        pass\n"
    write_project(tmp_path, {"parts.py": DEFINITIONS, "test_example.py": source})
    told = any(found.path.name == "test_example.py" for found in lint_project(tmp_path))
    assert raises(source.replace("from parts import *", DEFINITIONS)) == told


def raises(source: str) -> bool:
    """Whether the function `use` of a module dies on a protocol."""
    names: dict[str, Any] = {"__name__": "example", "__file__": __file__}
    exec(source, names)
    try:
        asyncio.run(names["use"]())
    except (TypeError, AttributeError):
        return True
    return False
