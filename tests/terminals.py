"""Stand-ins for a person at a terminal, who looks at what is written and may press Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator


def open_terminal() -> tuple[int, int]:
    """Our end, to type at, and theirs, to hand to a program; what is written to it is taken away at once."""
    import pty

    ours, theirs = pty.openpty()
    threading.Thread(target=_look_at, args=(ours,), daemon=True).start()
    return ours, theirs


def _look_at(end: int) -> None:
    with contextlib.suppress(OSError):
        while os.read(end, 1024):
            pass


@contextlib.contextmanager
def ctrl_c_is_heard() -> Iterator[None]:
    """Programs started here react to SIGINT, also where a shell had us ignore it, as it does for `command &`."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
