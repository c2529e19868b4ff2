"""Which functions can be told from the lines of their file, so that their bodies may be left there."""

from __future__ import annotations

import ast
from itertools import accumulate

from lint_ssot.facts.deferred import Lines
from lint_ssot.facts.quick.scope import Leave


def leaving(source: str) -> Leave:
    """What tells where the lines of a function are; it finds none for one that has to be read at once.

    That is one that may be a generator, for which its body has to be looked at, or that does not begin its line.
    """
    lines = source.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    is_plain = "\r" not in source and "\f" not in source  # Python ends lines with the one, and indents with the other

    def leave(node: ast.FunctionDef | ast.AsyncFunctionDef, inside: str) -> Lines | None:
        first, last = node.lineno, node.end_lineno
        if not is_plain or last is None or not _begins_its_line(node, lines):
            return None
        start, end = starts[first - 1], starts[last] - 1
        return None if source.find("yield", start, end) >= 0 else Lines(source, start, end, first, inside)

    return leave


def _begins_its_line(node: ast.stmt, lines: list[str]) -> bool:
    before = lines[node.lineno - 1][: node.col_offset]
    return not before.strip() and (node.lineno == 1 or not lines[node.lineno - 2].endswith("\\"))
