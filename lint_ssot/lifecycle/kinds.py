"""What calling a function really gives: its decorators undone."""

from __future__ import annotations

import enum


class Kind(enum.Enum):
    """What a call of a function gives."""

    PLAIN = "plain"
    COROUTINE = "coroutine"
    GENERATOR = "generator"
    ASYNC_GENERATOR = "async generator"
    CONTEXT_MANAGER = "context manager"
    ASYNC_CONTEXT_MANAGER = "async context manager"
    PROPERTY = "property"
    UNKNOWN = "unknown"
