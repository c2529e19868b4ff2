"""The two protocols: the statements that need them and the methods that keep them."""

from __future__ import annotations

import enum


class Protocol(enum.Enum):
    """The two protocols; the value is the statement that needs it."""

    SYNC = "with"
    ASYNC = "async with"

    @property
    def other(self) -> Protocol:
        """The one that is taken for this one by mistake."""
        return Protocol.ASYNC if self is Protocol.SYNC else Protocol.SYNC

    @property
    def methods(self) -> tuple[str, str]:
        """How the two methods are called that enter and leave."""
        return ("__enter__", "__exit__") if self is Protocol.SYNC else ("__aenter__", "__aexit__")
