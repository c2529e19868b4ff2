"""Tells where nodes stand, from one run of libcst's own code generator."""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import nullcontext
from itertools import accumulate
from typing import Any

import libcst as cst
from libcst._nodes.internal import CodegenState

from lint_ssot.facts.expressions import Position

_LINE_END = re.compile(r"\r\n?|\n")
_BLANK = frozenset(" \t\f\r\n\\")


class Positions:
    """Where the nodes of one module start: lines 1-based, columns 0-based in characters.

    Equal to the starts of libcst's `PositionProvider`: a node's own parentheses and decorators are left out.
    """

    __slots__ = ("_lines", "_offsets", "_places", "_source", "_starts")

    def __init__(self, module: cst.Module, source: str) -> None:
        state = _Starts(module.default_indent, module.default_newline)
        module._codegen(state)
        self._source = source
        self._starts = state.starts
        self._offsets = list(accumulate(map(len, state.tokens), initial=0))
        self._lines = [0, *[end.end() for end in _LINE_END.finditer(source)]]
        self._places: dict[int, Position] = {}  # `a`, `a.b` and `a.b()` share one
        code = "".join(state.tokens)
        if code != source:
            self._offsets = realigned(self._offsets, code, source)

    def of(self, node: cst.CSTNode) -> Position:
        """Return where an expression, a statement or an import alias starts."""
        return self._place(self._offsets[self._starts[id(node)]])

    def of_star(self, node: cst.CSTNode) -> Position:
        """Return where the asterisk of a star import stands."""
        return self._place(self._source.index("*", self._offsets[self._starts[id(node)]]))

    def _place(self, offset: int) -> Position:
        place = self._places.get(offset)
        if place is None:
            line = bisect_right(self._lines, offset)
            place = self._places[offset] = Position(line, offset - self._lines[line - 1])
        return place


def realigned(offsets: list[int], code: str, source: str) -> list[int]:
    """Carry offsets over to a source whose form feeds or continued lines libcst has lost."""
    solid, before = _solid(code, source)
    solid.append(len(source))
    return [solid[min(before[offset], len(solid) - 1)] for offset in offsets]


def realigned_ends(offsets: list[int], code: str, source: str) -> list[int]:
    """The same for ends: each stands right behind the last character before it that is no blank."""
    solid, before = _solid(code, source)
    return [solid[before[offset] - 1] + 1 if before[offset] else 0 for offset in offsets]


def _solid(code: str, source: str) -> tuple[list[int], list[int]]:
    """Where the characters of the source are that are no blanks, and how many of them stand before each in the code."""
    places = [offset for offset, character in enumerate(source) if character not in _BLANK]
    return places, list(accumulate((character not in _BLANK for character in code), initial=0))


class _Starts(CodegenState):
    """Remembers before which token each node starts."""

    # called twice for every node: a builtin costs less than a method, and neither does anything
    before_codegen = id  # type: ignore[assignment]
    after_codegen = id  # type: ignore[assignment]

    def __init__(self, default_indent: str, default_newline: str) -> None:
        super().__init__(default_indent, default_newline)
        self.starts: dict[int, int] = {}
        self.add_token = self.tokens.append  # type: ignore[method-assign, assignment]
        self._no_end = nullcontext()

    def record_syntactic_position(self, node: cst.CSTNode, **_: object) -> Any:
        self.starts[id(node)] = len(self.tokens)
        return self._no_end
