"""The classes that a module certainly makes, whatever the conditions are."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.statements import Block, Class, Statement, Try
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, Module


def certain_classes(module: Module, classes: Classes) -> Iterator[ClassDefinition]:
    """Those with bases that the module binds at last, but not those that a handler waits for."""
    for statement in _certain(module.facts.body):
        if isinstance(statement, Class) and statement.bases:
            definition = ClassDefinition(module, statement)
            if classes.names.lookup(module, statement.name) == definition:
                yield definition


def _certain(block: Block) -> Iterator[Statement]:
    for statement in block:
        yield statement
        if isinstance(statement, Try) and not statement.handlers:
            yield from _certain(statement.body + statement.finalbody)
