"""Where the walk over Python's syntax tree stands, and where its nodes do."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from sys import intern
from typing import Any, TypeAlias

from lint_ssot.facts.expressions import Expression, Position
from lint_ssot.facts.mangling import Spelling

Place: TypeAlias = Callable[[Any], Position]


class Scope:
    """A module, class or function body that is being reduced.

    `at` tells where nodes stand, `prefix` begins the qualified names of what is defined here, `spelled` tells how an
    identifier is known here, and `yields` is true once a yield was found.
    """

    __slots__ = ("at", "prefix", "reductions", "spelled", "yields")

    def __init__(self, at: Place, reductions: Reductions, prefix: str = "", spelled: Spelling = intern) -> None:
        self.at = at
        self.reductions = reductions
        self.prefix = prefix
        self.spelled = spelled
        self.yields = False

    def inner(self, prefix: str, spelled: Spelling | None = None) -> Scope:
        """Return the scope of a class, function or lambda that stands in this one."""
        return Scope(self.at, self.reductions, prefix, spelled or self.spelled)


Reductions: TypeAlias = Mapping[type[ast.AST], Callable[[Any, Scope], Expression]]


def places(source: str) -> Place:
    """What tells where a node starts: `ast` counts columns in bytes of UTF-8, facts in characters."""
    lines = () if source.isascii() else source.encode().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    known: dict[tuple[int, int], Position] = {}  # `a`, `a.b` and `a.b()` share one

    def place(node: Any) -> Position:
        start = node.lineno, node.col_offset
        found = known.get(start)
        if found is None:
            line, column = start
            before = lines[line - 1][:column] if lines else b""
            column = column if before.isascii() else len(before.decode(errors="replace"))
            found = known[start] = Position(line, column)
        return found

    return place


def expression(node: ast.AST, scope: Scope) -> Expression:
    """Return what the expression is reduced to."""
    return scope.reductions[type(node)](node, scope)


def optional(node: ast.AST | None, scope: Scope) -> Expression | None:
    """Return what the expression, if there is one, is reduced to."""
    return None if node is None else scope.reductions[type(node)](node, scope)
