"""What is known of one file: its reduced source, or why it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from re import Pattern

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Block
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file could not be read; `is_syntax` tells a defect of the file from a limit of the linter."""

    at: Position
    message: str
    is_syntax: bool


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """One file: the reduced statements of its module level, everything else nested in them.

    A file with `trouble` has an empty body and says nothing about what it defines.
    `text` is what it was made of; None if nobody has that.
    """

    body: Block
    trouble: Trouble | None = None
    text: str | None = None

    def may_speak_of(self, *words: str) -> bool:
        """Whether one of the words stands anywhere in the file, be it in a comment: a quick no, or a reason to look."""
        text = self.text
        return text is None or any(_stands_in(word, text) for word in words)

    def may_match(self, telling: Mapping[str, Pattern[str]]) -> bool:
        """The same for what one of the patterns matches; its word stands in all of that, and is found much faster."""
        text = self.text
        return text is None or any(word in text and pattern.search(text) for word, pattern in telling.items())


def _stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a text for itself; a pattern that says so takes fifty times as long."""
    at = text.find(word)
    while at >= 0:
        around = text[max(at - 1, 0) : at] + text[at + len(word) : at + len(word) + 1]
        if not any(each == "_" or each.isalnum() for each in around):
            return True
        at = text.find(word, at + 1)
    return False
