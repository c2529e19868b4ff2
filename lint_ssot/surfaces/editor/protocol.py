"""Findings and edits in the terms of the Language Server Protocol."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from lint_ssot.diagnostic import Diagnostic, Place
from lint_ssot.fixes.edits import Edit

SOURCE = "lint-ssot"
_WARNING = 2
# the protocol knows these ends of a line and no other (specification 3.17, "Position")
_LINE_END = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"(?:async\s+)?(?:with|def|class|await)\b|[\w.]+|\S")


class Positions:
    """Where things stand in a text: lines count from 0, characters are units of UTF-16."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def at(self, offset: int) -> dict[str, int]:
        """The position of a character, counted from the start of the text."""
        line = bisect_right(self._starts, offset) - 1
        return {"line": line, "character": _units(self._text[self._starts[line] : offset])}

    def offset(self, line: int, column: int) -> int:
        """The offset of a finding; `line` is 1-based, `column` 0-based in characters."""
        start = self._starts[min(line, len(self._starts)) - 1]
        return min(start + column, len(self._text))

    def range(self, start: int, end: int) -> dict[str, dict[str, int]]:
        """From one offset to another."""
        return {"start": self.at(start), "end": self.at(end)}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def diagnostic_of(found: Diagnostic, text: str) -> dict[str, Any]:
    """A finding as the editor shows it: the word it is about is marked, the places beside it are linked."""
    positions = Positions(text)
    start = positions.offset(found.line, found.column)
    word = _WORD.match(text, start)
    return {
        "source": SOURCE,
        "code": found.code,
        "message": f"{found.code} {found.text}",
        "severity": _WARNING,
        "range": positions.range(start, word.end() if word else start),
        "relatedInformation": [_related(place) for place in found.related],
    }


def _related(place: Place) -> dict[str, Any]:
    at = {"line": place.at.line - 1, "character": place.at.column}
    return {"location": {"uri": place.path.as_uri(), "range": {"start": at, "end": at}}, "message": str(place)}


def text_edit_of(edit: Edit, positions: Positions) -> dict[str, Any]:
    """An edit of the text."""
    return {"range": positions.range(edit.start, edit.end), "newText": edit.text}
