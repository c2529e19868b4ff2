"""Keeps Python's cyclic collector from walking over and over what only grows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# new objects that the collector would keep track of, those of a file or two: the old ones are not looked at again
_MANY = 3_000


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Collect no cycles meanwhile: facts have none, and the search for them took a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Settling:
    """Exempts from all later collections what has come to stay, whenever that is much.

    Not after every file: the syntax tree that the host holds at the time would be exempt as well.
    A host that lives on gives everything back by `gc.unfreeze()`.
    """

    def __init__(self, many: int = _MANY) -> None:
        """`many` new objects are much: where the host does not collect, seldom is cheaper."""
        self._many = many
        self._new = 0
        self._counted = 0

    def is_due(self) -> bool:
        """Count what came since the collector was put to rest, and tell whether that is much by now."""
        count = gc.get_count()[0]
        # it begins at zero whenever the collector has run, which a host may keep from running at all
        self._new += count - self._counted if count > self._counted else count
        self._counted = count
        return self._new > self._many

    def settle(self) -> None:
        """Exempt what is there, once the garbage is gone: the syntax trees of the host would stay for ever."""
        self._new = self._counted = 0
        gc.collect()
        gc.freeze()
