"""Reduces strings: plain, concatenated, formatted and template ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import libcst as cst

from lint_ssot.facts.expressions import Constant, Expression
from lint_ssot.facts.literals import string_value, text_value
from lint_ssot.facts.opaque import NOTHING, opaque
from lint_ssot.facts.scope import Reductions, Scope, expression


def _string(node: cst.SimpleString, scope: Scope) -> Expression:
    value = string_value(node.value)
    return NOTHING if value is None else Constant(value)


def _concatenation(node: cst.ConcatenatedString, scope: Scope) -> Expression:
    parts: list[Expression] = []
    rest: cst.CSTNode = node
    while isinstance(rest, cst.ConcatenatedString):
        parts.append(expression(rest.left, scope))
        rest = rest.right
    parts.append(expression(rest, scope))
    texts = [part.value for part in parts if isinstance(part, Constant) and isinstance(part.value, str)]
    return Constant("".join(texts)) if len(texts) == len(parts) else opaque(parts)


def _formatted(node: cst.FormattedString, scope: Scope) -> Expression:
    texts = [part.value for part in node.parts if isinstance(part, cst.FormattedStringText)]
    if len(texts) == len(node.parts):
        text = "".join(texts).replace("{{", "{").replace("}}", "}")
        return Constant(text_value(text, is_raw="r" in node.start.lower()))
    return opaque(_fields(node.parts, scope))


def _templated(node: Any, scope: Scope) -> Expression:
    return opaque(_fields(node.parts, scope))


def _fields(parts: Sequence[Any], scope: Scope) -> Iterable[Expression]:
    for part in parts:
        value = getattr(part, "expression", None)
        if value is not None:
            yield expression(value, scope)
            yield from _fields(part.format_spec or (), scope)


TEXTS: Reductions = {
    cst.SimpleString: _string,
    cst.ConcatenatedString: _concatenation,
    cst.FormattedString: _formatted,
    # not every supported libcst knows these
    **({cst.TemplatedString: _templated} if hasattr(cst, "TemplatedString") else {}),
}
