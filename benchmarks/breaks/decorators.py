"""Breaks by a decorator that is gone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.breaks.accident import FUNCTIONS, HOOKS, Break, Text, is_of_tests, last_line, name_of

_OF_ANY_FUNCTION = {
    "contextmanager": "decorator gone",
    "asynccontextmanager": "decorator gone",
    "fixture": "fixture gone",
}
_PROPERTIES = dict.fromkeys(("property", "cached_property"), "property gone")


def decorators_gone(node: ast.AST, text: Text) -> Iterator[Break]:
    """A function lacks the decorator that it is written for; a property counts if the test's object has it."""
    if isinstance(node, FUNCTIONS):
        hooks = {"classmethod": "classmethod gone"} if node.name in HOOKS else {}
        yield from _gone(node, _OF_ANY_FUNCTION | hooks, text)
    elif isinstance(node, ast.ClassDef) and is_of_tests(node):
        for method in node.body:
            yield from _gone(method, _PROPERTIES, text)


def _gone(node: ast.stmt, kinds: dict[str, str], text: Text) -> Iterator[Break]:
    if isinstance(node, FUNCTIONS):
        for decorator in node.decorator_list:
            if (kind := kinds.get(name_of(decorator))) is not None:
                source = text.with_lines(decorator.lineno, last_line(decorator), "")
                yield Break(kind, decorator.lineno, node.name, source)
