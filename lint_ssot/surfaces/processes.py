"""Processes that share the work of a long run, and end at once when somebody wants them to."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import InvalidStateError, ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

# not on macOS, whose own libraries do not stand it
INHERIT = sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()
"""Whether processes begin with what this one knows."""

Given = TypeVar("Given")
Told = TypeVar("Told")
# a process that starts reads the rules, and learns what neighbors have in common
_WORTH_A_PROCESS = 32
_AT_ONCE = 16


@contextlib.contextmanager
def processes(
    count: int | None = None, start: Callable[..., None] | None = None, *given: object
) -> Iterator[ProcessPoolExecutor]:
    """So many processes, one a processor by default; each of them calls `start` first.

    Ctrl-C reaches them, too, and they have nothing to say to it; where the run ignores it, as behind `&`, so do they.
    Where the reader leaves, what is queued is dropped.
    What is `given` is what this process has, if they inherit it, and a copy if they do not.
    """
    context = multiprocessing.get_context("fork" if INHERIT else None)
    with ProcessPoolExecutor(count, context, initializer=_begin, initargs=(start, given)) as pool:
        told, threading.excepthook = threading.excepthook, _keep_quiet_on_canceled
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            threading.excepthook = told


def of_each(files: Sequence[Path], make: Callable[[Given], Callable[[Path], Told]], given: Given) -> Iterator[Told]:
    """What the function that `make` makes tells of each file, in order; each process makes its own."""
    count = min(os.cpu_count() or 1, len(files) // _WORTH_A_PROCESS)
    if count < 2:
        yield from map(make(given), files)
        return
    with processes(count, _Process.start, make, given) as pool:
        yield from pool.map(_Process.tell, files, chunksize=_AT_ONCE)


class _Process:
    """What this process has made to tell of files."""

    made: Callable[[Path], Any]

    @classmethod
    def start(cls, make: Callable[[Given], Callable[[Path], Any]], given: Given) -> None:
        """Make it."""
        cls.made = staticmethod(make(given))

    @classmethod
    def tell(cls, path: Path) -> Any:
        """Tell of one file."""
        return cls.made(path)


def _keep_quiet_on_canceled(thrown: threading.ExceptHookArgs) -> None:
    """The thread that finds the processes gone stumbles over what was canceled."""
    if thrown.exc_type is not InvalidStateError:
        threading.__excepthook__(thrown)


def _begin(start: Callable[..., None] | None, given: tuple[object, ...]) -> None:
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if start is not None:
        start(*given)
