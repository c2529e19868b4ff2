"""Tests that a module has by their names, and that no runner collects."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Class, Function
from lint_ssot.facts.traversal import statements
from lint_ssot.graph.definitions import ClassDefinition
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.collecting.collectable import matches
from lint_ssot.lifecycle.collecting.collection import named_tests
from lint_ssot.lifecycle.module import LintedModule


def tests_by_name(module: LintedModule) -> Iterator[tuple[str, Position]]:
    """The tests of a module of which nothing is collected: their node ids without the file, and their places."""
    patterns = module.project.pytest
    for statement in statements(module.module.facts.body):
        if isinstance(statement, Class):
            yield from tests_of_class(module, ClassDefinition(module.module, statement))
        elif isinstance(statement, Function) and matches(statement.name, patterns.python_functions):
            yield statement.name, statement.at


def tests_of_class(module: LintedModule, definition: ClassDefinition) -> Iterator[tuple[str, Position]]:
    """The tests of a class by their names, its own and inherited ones."""
    hierarchy = module.classes.hierarchy(definition)
    is_testcase = hierarchy.inherits(*TESTCASE_NAMES)
    patterns = module.project.pytest
    if not is_testcase and not matches(definition.node.name, patterns.python_classes):
        return
    prefixes = ("test",) if is_testcase else patterns.python_functions
    path = definition.node.qualname.replace(".", "::")
    for name, function in named_tests(hierarchy, module.classes, prefixes):
        is_own = function.module is module.module
        yield f"{path}::{name}", function.node.at if is_own else definition.node.at
