"""Where the walk over Python's syntax tree stands, and where its nodes do."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from lint_ssot.facts.deferred import Lines
from lint_ssot.facts.expressions import Expression, Position
from lint_ssot.facts.mangling import Spelling, spelling_in

Place: TypeAlias = Callable[[Any], Position]
Leave: TypeAlias = Callable[[Any, str], "Lines | None"]


class Scope:
    """A module, class or function body that is being reduced.

    `at` tells where nodes stand, `prefix` begins the qualified names of what is defined here, `inside` is the class
    around it, by which `spelled` tells how an identifier is known here, and `yields` is true once a yield was found.
    `leave` tells of which functions the body can be left for later.
    """

    __slots__ = ("at", "inside", "leave", "prefix", "reductions", "spelled", "yields")

    def __init__(
        self, at: Place, reductions: Reductions, prefix: str = "", inside: str = "", leave: Leave = lambda node, _: None
    ) -> None:
        self.at = at
        self.reductions = reductions
        self.prefix = prefix
        self.inside = inside
        self.leave = leave
        self.spelled: Spelling = spelling_in(inside)
        self.yields = False

    def inner(self, prefix: str, inside: str | None = None) -> Scope:
        """Return the scope of a class, function or lambda that stands in this one."""
        return Scope(self.at, self.reductions, prefix, self.inside if inside is None else inside, self.leave)


Reductions: TypeAlias = Mapping[type[ast.AST], Callable[[Any, Scope], Expression]]


def places(source: str, above: int = 0) -> Place:
    """What tells where a node starts, with so many lines above: `ast` counts columns in bytes, facts in characters."""
    lines = () if source.isascii() else source.encode().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    known: dict[tuple[int, int], Position] = {}  # `a`, `a.b` and `a.b()` share one

    def place(node: Any) -> Position:
        start = node.lineno, node.col_offset
        found = known.get(start)
        if found is None:
            line, column = start
            before = lines[line - 1][:column] if lines else b""
            column = column if before.isascii() else len(before.decode(errors="replace"))
            found = known[start] = Position(line + above, column)
        return found

    return place


def expression(node: ast.AST, scope: Scope) -> Expression:
    """Return what the expression is reduced to."""
    return scope.reductions[type(node)](node, scope)


def optional(node: ast.AST | None, scope: Scope) -> Expression | None:
    """Return what the expression, if there is one, is reduced to."""
    return None if node is None else scope.reductions[type(node)](node, scope)
