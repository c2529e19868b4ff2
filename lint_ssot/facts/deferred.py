"""Bodies of functions that are read when somebody asks for them: nobody does for most of what other files define."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from lint_ssot.facts.values import dataclass

if TYPE_CHECKING:
    from lint_ssot.facts.statements import Block, Function


@dataclass(frozen=True, slots=True)
class Lines:
    """The whole lines of a `def` in the text of its file: where they start and end in it, and their first, 1-based.

    `inside` is the name of the class around it, by which private names are known.
    """

    text: str
    start: int
    end: int
    first: int
    inside: str


class Deferrable:
    """A function whose body may be left where it is, in lines that are read at the first look at it."""

    __slots__ = ("lines",)
    lines: Lines

    def __getattr__(self, name: str) -> Block:
        """Python comes here for what is not there: the body that was left."""
        if name != "body":
            raise AttributeError(name)
        made: Any = self
        lines = lines_left(self)
        if lines is not None:
            # imported late: what is only recalled is never read
            from lint_ssot.facts.extract import body_in

            made.body = body_in(lines, made.qualname)
            with contextlib.suppress(AttributeError):  # another thread of an editor was quicker
                del made.lines
        found: Block = type(made).body.__get__(made)  # its own AttributeError if there are neither
        return found


def deferred(function: Function, lines: Lines) -> Function:
    """The function, without the body that it was made with."""
    made: Any = function
    del made.body
    made.lines = lines
    return function


def may_speak_of(function: Deferrable, word: str) -> bool:
    """Whether a word stands anywhere in a function: a quick no for one whose body nobody has looked at, else a yes."""
    lines = lines_left(function)
    return lines is None or lines.text.find(word, lines.start, lines.end) >= 0


def lines_left(function: Deferrable) -> Lines | None:
    """The lines that hold the body, as long as nobody has looked at it."""
    try:
        return function.lines
    except AttributeError:
        return None
