"""How a module's tests are run: by which program, with which async plug-in, on which versions."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Program(enum.Enum):
    """Who collects and runs the tests."""

    PYTEST = "pytest"
    UNITTEST = "unittest"


class AsyncioMode(enum.Enum):
    """What pytest-asyncio does with async tests and fixtures; NONE where there is no such plug-in."""

    STRICT = "strict"
    AUTO = "auto"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Invocation:
    """How the tests of one module are run.

    `is_certain` tells that the user or the project says so; else it is the likelier of two.
    `oldest_pytest` and `oldest_python` are the oldest versions the project says it runs on, None for any recent one.
    `has_foreign_hooks` tells that a conftest decides for itself how tests are collected or called.
    """

    program: Program
    asyncio_mode: AsyncioMode
    is_certain: bool = True
    oldest_pytest: tuple[int, ...] | None = None
    oldest_python: tuple[int, int] | None = None
    extra_hooks: tuple[str, ...] = ()
    has_foreign_hooks: bool = False
