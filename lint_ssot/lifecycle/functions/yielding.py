"""What of a generator function runs behind its first yield."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Position, Yield
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.definitions import FunctionDefinition


def is_behind_yield(function: FunctionDefinition, read: Position) -> bool:
    """Whether the attribute that is read at a position is read when the function goes on after its first yield."""
    is_behind = False
    for statement in statements_of_all(function.node.body):
        found = [part for each in expressions(statement) for part in subexpressions(each)]
        if is_behind and any(isinstance(part, Attribute) and part.at == read for part in found):
            return True
        is_behind = is_behind or any(isinstance(part, Yield) for part in found)
    return False
