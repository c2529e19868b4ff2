"""Every break of every kind that a file offers."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from benchmarks.breaks.accident import Break, Text
from benchmarks.breaks.attributes import assignments_late, assignments_moved, assignments_removed
from benchmarks.breaks.decorators import decorators_gone
from benchmarks.breaks.functions import hooks_made_async, hooks_made_sync, parents_dropped, plain_bases
from benchmarks.breaks.imports import Spelling
from benchmarks.breaks.statements import with_mixed_up

_MAKERS: tuple[Callable[[ast.AST, Text], Iterator[Break]], ...] = (
    assignments_removed,
    assignments_moved,
    assignments_late,
    parents_dropped,
    decorators_gone,
    hooks_made_async,
    hooks_made_sync,
    plain_bases,
    with_mixed_up,
)

KINDS = (
    "assignment removed",
    "assignment moved",
    "assignment late",
    "super dropped",
    "classmethod gone",
    "decorator gone",
    "fixture gone",
    "property gone",
    "async hook",
    "sync hook",
    "plain TestCase",
    "name misspelt",
    "module misspelt",
    "with mixed up",
)


def breaks(source: str, first_party: frozenset[str]) -> Iterator[Break]:
    """Every break of a file, also those that Python cannot parse; `first_party` are the project's top-level names.

    Raises SyntaxError if the file could not be parsed before.
    """
    text = Text(tuple(source.splitlines(keepends=True)))
    makers = (*_MAKERS, Spelling(first_party).misspelt)
    for node in ast.walk(ast.parse(source)):
        for maker in makers:
            yield from maker(node, text)
