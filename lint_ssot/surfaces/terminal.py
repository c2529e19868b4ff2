"""The terminal that commands write to: its colors, its width, and how much a person wants to read."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

from rich.console import Console


class Terminal(Console):
    """A rich console that leaves a closed pipe to the caller, and knows whether a person reads it."""

    def on_broken_pipe(self) -> NoReturn:
        """Let the command end as after any other closed pipe."""
        raise BrokenPipeError

    @property
    def draws(self) -> bool:
        """Whether the encoding has more than ASCII, for lines, arrows and marks."""
        return not self.options.ascii_only


def open_terminal(arguments: argparse.Namespace, *, stderr: bool = False) -> Terminal:
    """The terminal as the arguments and the environment want it.

    `--color` and `--no-color` win over `NO_COLOR` and `FORCE_COLOR`, and these over what the stream is.
    """
    wanted: bool | None = getattr(arguments, "color", None)
    environment = dict(os.environ)
    if wanted is not None:
        environment.pop("NO_COLOR", None)
    return Terminal(
        stderr=stderr,
        force_terminal=True if wanted else None,
        no_color=True if wanted is False else None,
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=False,
        quiet=bool(getattr(arguments, "quiet", False)) and stderr,
        _environ=environment,
    )


@contextlib.contextmanager
def progress(terminal: Terminal, doing: str) -> Iterator[Callable[[int, int], None]]:
    """Tell a person who sits there how many files are done, and of how many."""
    if not terminal.is_terminal or terminal.quiet:
        yield lambda done, total: None
        return
    with terminal.status(f"{doing} …") as status:
        yield lambda done, total: status.update(f"{doing}: {done} of {total} files")


def is_interactive() -> bool:
    """Whether a person sits there and can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()
