"""What a test class that ran before leaves on itself, and so gives the classes that stand on it."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.assignment.writes import attributes_written
from lint_ssot.lifecycle.collecting.collection import Collection, TestClass
from lint_ssot.lifecycle.collecting.files import is_test_file
from lint_ssot.lifecycle.invocation import Program
from lint_ssot.lifecycle.runners import Phase, Runner


def left_behind(test_class: TestClass, runner: Runner, collection: Collection) -> frozenset[str]:
    """The attributes that `setUpClass` of a base assigns on it, where the base has tests of its own that run first.

    pytest runs classes as they are defined, unittest by their names (unittest/loader.py, `loadTestsFromModule`).
    """
    found: set[str] = set()
    for base in test_class.hierarchy.classes[1:]:
        if base.module.origin is Origin.PROJECT:
            hierarchy = collection.classes.hierarchy(base)
            kept = set(_class_attributes(hierarchy, runner, collection)) - found
            if kept and _runs_before(hierarchy, test_class, collection):
                found |= kept
    return frozenset(found)


def _class_attributes(hierarchy: Hierarchy, runner: Runner, collection: Collection) -> Iterator[str]:
    names = [hook.name for hook in runner.hooks if hook.phase is Phase.CLASS_SETUP]
    for owner in hierarchy.classes:
        members = collection.classes.members(owner)
        for hook in map(members.get, names):
            if isinstance(hook, FunctionDefinition) and owner.module.origin is Origin.PROJECT:
                yield from attributes_written(hook.node)


def _runs_before(hierarchy: Hierarchy, test_class: TestClass, collection: Collection) -> bool:
    base, module = hierarchy.classes[0], test_class.definition.module
    is_here = collection.classes.names.lookup(module, base.node.name) == base
    if not is_here and (base.module.path is None or not is_test_file(base.module.path, collection.project)):
        return False
    is_sorted = collection.invocation.program is Program.UNITTEST and collection.invocation.is_certain
    if is_here and is_sorted and base.node.name > test_class.definition.node.name:
        return False
    return collection.takes(hierarchy)
