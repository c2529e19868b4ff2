"""What is left of an expression whose value is not known: the parts that read a name or run something."""

from __future__ import annotations

from collections.abc import Iterable

from lint_ssot.facts import expressions as facts
from lint_ssot.facts.expressions import Constant, Expression, Opaque

NOTHING = Opaque()


def opaque(parts: Iterable[Expression]) -> Opaque:
    """Return an expression that evaluates these parts and whose value is not known."""
    kept: list[Expression] = []
    for part in parts:
        if type(part) is Opaque:
            kept += (each for each in part.parts if not is_idle(each))
        elif not is_idle(part):
            kept.append(part)
    return Opaque(tuple(kept)) if kept else NOTHING


def is_idle(value: Expression) -> bool:
    """Whether evaluating this reads no name and runs nothing."""
    match value:
        case Constant():
            return True
        case Opaque(inner) | facts.Collection(inner):
            return all(map(is_idle, inner))
        case facts.Mapping(keys, values):
            return all(map(is_idle, values)) and all(key is not None and is_idle(key) for key in keys)
        case _:
            return False
