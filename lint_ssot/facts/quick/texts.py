"""Reduces formatted and template strings of Python's syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from lint_ssot.facts.expressions import Constant, Expression
from lint_ssot.facts.opaque import opaque
from lint_ssot.facts.quick.scope import Reductions, Scope, expression


def _formatted(node: ast.JoinedStr, scope: Scope) -> Expression:
    texts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
    if len(texts) == len(node.values):
        return Constant("".join(texts))
    return opaque(_fields(node.values, scope))


def _templated(node: Any, scope: Scope) -> Expression:
    return opaque(_fields(node.values, scope))


def _fields(parts: Sequence[Any], scope: Scope) -> Iterator[Expression]:
    for part in parts:
        if isinstance(part, ast.Constant):
            continue
        yield expression(part.value, scope)
        if part.format_spec is not None:
            yield from _fields(part.format_spec.values, scope)


TEXTS: Reductions = {
    ast.JoinedStr: _formatted,
    # not every supported Python knows these
    **({ast.TemplateStr: _templated} if hasattr(ast, "TemplateStr") else {}),
}
