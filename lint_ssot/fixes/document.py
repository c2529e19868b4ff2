"""A source and its syntax tree, whose nodes are found by position and known by their place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

import libcst as cst
from libcst._nodes.internal import CodegenState

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.positions import realigned, realigned_ends

_LINE_END = re.compile(r"\r\n?|\n")
_INDENT = re.compile(r"(?:[ \t\f]*\f)?([ \t]*)")
Node = TypeVar("Node", bound=cst.CSTNode)


class Document:
    """One file to be edited; offsets are in characters of `text`, which has no byte-order mark.

    Raises libcst.ParserSyntaxError where the text is no Python.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.module = cst.parse_module(text)
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(text))]
        self._parents: dict[int, cst.CSTNode] = {}
        self.nodes = tuple(self._walked(self.module))
        self._spans, self._whole = _spans(self.module, text)

    @property
    def newline(self) -> str:
        """What ends a line."""
        return self.module.default_newline

    def offset(self, at: Position) -> int:
        """Where a position is in the text."""
        return self._lines[min(at.line, len(self._lines)) - 1] + at.column

    def start(self, node: cst.CSTNode) -> int:
        """Where a node starts, without its own parentheses and decorators."""
        return self._spans[id(node)][0]

    def end(self, node: cst.CSTNode) -> int:
        """Where a node ends."""
        return self._spans[id(node)][1]

    def whole(self, node: cst.CSTNode) -> tuple[int, int]:
        """From where to where a node reaches with its blanks, comments and line ends."""
        return self._whole[id(node)]

    def code(self, node: cst.CSTNode) -> str:
        """A node as it is written."""
        return self.text[self.start(node) : self.end(node)]

    def at(self, position: Position, kind: type[Node]) -> Iterator[Node]:
        """The nodes of a kind that start at a position, the outer ones first."""
        offset = self.offset(position)
        for node in self.nodes:
            if isinstance(node, kind) and self._spans.get(id(node), (-1, -1))[0] == offset:
                yield node

    def parents(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """What a node stands in, from the inside out."""
        while (parent := self._parents.get(id(node))) is not None:
            yield parent
            node = parent

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts."""
        return next(start for start in reversed(self._lines) if start <= offset)

    def line_after(self, offset: int) -> int:
        """Where the line after that of an offset starts; the end of the text if there is none."""
        return next((start for start in self._lines if start > offset), len(self.text))

    def indent(self, offset: int) -> str:
        """The blanks that the line of an offset starts with: those behind a form feed, which Python counts from."""
        found = _INDENT.match(self.text, self.line_start(offset))
        return found[1] if found else ""

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name that is used or bound anywhere in the file, whatever it means there."""
        used = {node.value for node in self.outside_imports(self.module) if isinstance(node, cst.Name)}
        return frozenset(used | {bound_by(node) for node in self.nodes if isinstance(node, cst.ImportAlias)})

    def outside_imports(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes inside a node, without those of import statements."""
        for child in node.children:
            if not isinstance(child, (cst.Import, cst.ImportFrom)):
                yield child
                yield from self.outside_imports(child)

    def _walked(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        for child in node.children:
            self._parents[id(child)] = node
            yield child
            yield from self._walked(child)


def bound_by(alias: cst.ImportAlias) -> str:
    """The name that an import binds: `a` for `import a.b`."""
    return alias.evaluated_alias or alias.evaluated_name.partition(".")[0]


def _spans(module: cst.Module, text: str) -> tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]]:
    state = _Spans(module.default_indent, module.default_newline)
    module._codegen(state)
    code = "".join(state.tokens)
    offsets = list(accumulate(map(len, state.tokens), initial=0))
    starts = ends = offsets
    if code != text:
        # libcst has lost a form feed or a continued line
        starts, ends = realigned(offsets, code, text), realigned_ends(offsets, code, text)
    # with its blanks, a node starts where the one before it ends
    return _placed(state.spans, starts, ends), _placed(state.whole, ends, ends)


def _placed(spans: dict[int, tuple[int, int]], starts: list[int], ends: list[int]) -> dict[int, tuple[int, int]]:
    last = len(starts) - 1  # the end of the last line is a token that is taken back where the file has none
    return {node: (starts[min(start, last)], ends[min(end, last)]) for node, (start, end) in spans.items()}


class _Spans(CodegenState):
    """Remembers between which tokens each node stands, with and without its blanks."""

    def __init__(self, default_indent: str, default_newline: str) -> None:
        super().__init__(default_indent, default_newline)
        self.spans: dict[int, tuple[int, int]] = {}
        self.whole: dict[int, tuple[int, int]] = {}

    def before_codegen(self, node: cst.CSTNode) -> None:
        self.whole[id(node)] = len(self.tokens), 0

    def after_codegen(self, node: cst.CSTNode) -> None:
        self.whole[id(node)] = self.whole[id(node)][0], len(self.tokens)

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        start = len(self.tokens)
        yield
        end = len(self.tokens) if end_node is None else self.spans.get(id(end_node), (0, len(self.tokens)))[1]
        self.spans[id(node)] = (start if start_node is None else self.spans[id(start_node)][0], end)
