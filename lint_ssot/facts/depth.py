"""Room for what nests deeply, which Python has only for programs that it takes to have run wild."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# What the limits let through takes up to 5 calls for each of 400 branches that hang one on the other.
# Calls of Python by Python take no stack of the machine since 3.11; before, so many take 2 of its 8 MB.
_CALLS = 4_000


@contextmanager
def room_to_recurse() -> Iterator[None]:
    """Allow as many calls as files within the limits can take; what a host allows beyond that stays allowed."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(max(usual, _CALLS))
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)
