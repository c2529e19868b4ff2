"""Processes that share the work of a long run, and end at once when somebody wants them to."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import InvalidStateError, ProcessPoolExecutor


@contextlib.contextmanager
def processes(
    count: int | None = None, start: Callable[..., None] | None = None, *given: object
) -> Iterator[ProcessPoolExecutor]:
    """So many processes, one a processor by default; each of them calls `start` first.

    Ctrl-C reaches them, too, and they have nothing to say to it; where the run ignores it, as behind `&`, so do they.
    Where the reader leaves, what is queued is dropped.
    """
    with ProcessPoolExecutor(count, initializer=_begin, initargs=(start, given)) as pool:
        told, threading.excepthook = threading.excepthook, _keep_quiet_on_canceled
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            threading.excepthook = told


def _keep_quiet_on_canceled(thrown: threading.ExceptHookArgs) -> None:
    """The thread that finds the processes gone stumbles over what was canceled."""
    if thrown.exc_type is not InvalidStateError:
        threading.__excepthook__(thrown)


def _begin(start: Callable[..., None] | None, given: tuple[object, ...]) -> None:
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if start is not None:
        start(*given)
