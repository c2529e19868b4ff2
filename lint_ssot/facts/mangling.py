"""Private names, which Python knows by another spelling in a class than the one they are written with."""

from __future__ import annotations

from collections.abc import Callable
from sys import intern
from typing import TypeAlias

Spelling: TypeAlias = Callable[[str], str]


def spelling_in(name: str) -> Spelling:
    """Return what tells how the body of the class of that name knows an identifier: `__x` of `Test` as `_Test__x`.

    Names of keyword arguments are the ones that Python leaves as they are.
    Source: the Python Language Reference, 6.2.1, "Private name mangling".
    """
    bare = name.lstrip("_")
    if not bare:
        return intern

    def spelling(identifier: str) -> str:
        if identifier[:2] != "__" or identifier.endswith("__"):
            return intern(identifier)
        return intern(f"_{bare}{identifier}")

    return spelling
