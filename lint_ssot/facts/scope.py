"""Where the walk stands, and how it goes on: to the reduction of the next expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from sys import intern
from typing import Any, TypeAlias

import libcst as cst

from lint_ssot.facts.expressions import Expression
from lint_ssot.facts.mangling import Spelling
from lint_ssot.facts.positions import Positions


class Scope:
    """A module, class or function body that is being reduced.

    `at` tells where nodes stand, `prefix` begins the qualified names of what is defined here, `spelled` tells how an
    identifier is known here, and `yields` is true once a yield was found.
    """

    __slots__ = ("at", "positions", "prefix", "reductions", "spelled", "yields")

    def __init__(
        self, positions: Positions, reductions: Reductions, prefix: str = "", spelled: Spelling = intern
    ) -> None:
        self.positions = positions
        self.reductions = reductions
        self.at = positions.of
        self.prefix = prefix
        self.spelled = spelled
        self.yields = False

    def inner(self, prefix: str, spelled: Spelling | None = None) -> Scope:
        """Return the scope of a class, function or lambda that stands in this one."""
        return Scope(self.positions, self.reductions, prefix, spelled or self.spelled)


Reductions: TypeAlias = Mapping[type[cst.CSTNode], Callable[[Any, Scope], Expression]]


def expression(node: cst.CSTNode, scope: Scope) -> Expression:
    """Return what the expression is reduced to."""
    return scope.reductions[type(node)](node, scope)


def optional(node: cst.CSTNode | None, scope: Scope) -> Expression | None:
    """Return what the expression, if there is one, is reduced to."""
    return None if node is None else scope.reductions[type(node)](node, scope)
