"""How a command ends: its exit status, or the one line that says why it could not do its work."""

from __future__ import annotations

import enum


class Status(enum.IntEnum):
    """The exit status of every command."""

    CLEAN = 0  # done, and nothing to object
    FOUND = 1  # done, and there is something to mend
    TROUBLE = 2  # not done: wrong arguments, wrong configuration, a file that cannot be read
    INTERRUPTED = 130  # Ctrl-C, as shells count it: 128 + SIGINT
    PIPE_CLOSED = 141  # the reader left, as in `lint-ssot … | head`: 128 + SIGPIPE


class CommandError(Exception):
    """Why a command cannot do its work; the message is one line that a person can act on."""
