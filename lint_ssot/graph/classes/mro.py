"""C3 linearization, nothing else."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def linearize(cls: T, bases: Sequence[Sequence[T]]) -> tuple[T, ...] | None:
    """The order in which a class and its ancestors are asked, None if Python would refuse to make the class.

    `bases` holds the order of each direct base, in the order of the class statement.
    """
    rest = [list(order) for order in bases] + [[order[0] for order in bases if order]]
    found = [cls]
    while rest := [order for order in rest if order]:
        later = {each for order in rest for each in order[1:]}
        first = next((order[0] for order in rest if order[0] not in later), None)
        if first is None:
            return None
        found.append(first)
        rest = [order[1:] if order[0] == first else order for order in rest]
    return tuple(found) if len(set(found)) == len(found) else None
