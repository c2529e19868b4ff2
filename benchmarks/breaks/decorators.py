"""Breaks by a decorator that is gone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.breaks.accident import FUNCTIONS, HOOKS, Break, Function, Text, last_line, name_of

_KINDS = {
    "contextmanager": "decorator gone",
    "asynccontextmanager": "decorator gone",
    "fixture": "fixture gone",
    "property": "property gone",
    "cached_property": "property gone",
}


def decorators_gone(node: ast.AST, text: Text) -> Iterator[Break]:
    """A function lacks the decorator that it is written for."""
    if isinstance(node, FUNCTIONS):
        for decorator in node.decorator_list:
            if (kind := _kind(name_of(decorator), node)) is not None:
                source = text.with_lines(decorator.lineno, last_line(decorator), "")
                yield Break(kind, decorator.lineno, node.name, source)


def _kind(decorator: str, node: Function) -> str | None:
    if decorator == "classmethod" and node.name in HOOKS:
        return "classmethod gone"
    return _KINDS.get(decorator)
