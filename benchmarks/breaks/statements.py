"""Breaks of with statements: one kind in the place of the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.breaks.accident import Break, Text


def with_mixed_up(node: ast.AST, text: Text) -> Iterator[Break]:
    """`async with` has become `with`, and `with` in an async function `async with`."""
    match node:
        case ast.AsyncWith():
            yield _swapped(node, text, "async with ", "with ")
        case ast.With():
            yield _swapped(node, text, "with ", "async with ")


def _swapped(node: ast.With | ast.AsyncWith, text: Text, old: str, new: str) -> Break:
    what = ast.unparse(node.items[0].context_expr)[:40]
    return Break("with mixed up", node.lineno, what, text.swapped(node.lineno, old, new))
