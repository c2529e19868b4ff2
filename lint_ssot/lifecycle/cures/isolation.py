"""Cures by a base that awaits: `TestCase` → `IsolatedAsyncioTestCase`."""

from __future__ import annotations

from lint_ssot.cure import Cure, Decorate, Rebase
from lint_ssot.facts.expressions import Expression
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, Module, Origin
from lint_ssot.graph.projects.project import Project
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.cures.fixtures import has_pytest_asyncio
from lint_ssot.lifecycle.invocation import Invocation
from lint_ssot.lifecycle.protocols.spelling import dotted
from lint_ssot.lifecycle.runners import AsyncTests, Runner
from lint_ssot.lifecycle.tests.unrun import UnrunTest

_ISOLATED = "unittest.IsolatedAsyncioTestCase"


def awaited_test(
    test_class: TestClass | None, unrun: UnrunTest, classes: Classes, project: Project, invocation: Invocation
) -> tuple[Cure, ...]:
    """For an async test that nobody awaits: the base that does or, where pytest-asyncio is asked for it, a mark."""
    function = unrun.function
    if not function.node.is_async or function.node.is_generator:
        return ()
    if test_class is not None and isinstance(test_class.runner, Runner) and test_class.runner.is_testcase:
        return _isolated(test_class, classes)
    path = function.module.path
    if path is None or not has_pytest_asyncio(project, invocation):
        return ()
    return (Cure(f"Mark `{function.node.name}`", path, (Decorate(function.node.at, "pytest.mark.asyncio"),)),)


def _isolated(test_class: TestClass, classes: Classes) -> tuple[Cure, ...]:
    found = isolation(test_class, classes)
    if found is None:
        return ()
    module, change = found
    if module.path is None:
        return ()
    is_safe = module is test_class.definition.module
    return (Cure("Stand on `IsolatedAsyncioTestCase`", module.path, (change,), is_safe),)


def isolation(test_class: TestClass, classes: Classes) -> tuple[Module, Rebase] | None:
    """The change by which a plain `TestCase` of unittest awaits, and the module to change."""
    runner = test_class.runner
    if not isinstance(runner, Runner) or runner.name != "unittest" or runner.async_tests is not AsyncTests.DROPPED:
        return None
    standing = [
        (definition, base)
        for definition in test_class.hierarchy.classes
        if definition.module.origin is Origin.PROJECT
        for base in definition.node.bases
        if base.keyword is None and _is_testcase(definition, base.value, classes)
    ]
    if len(standing) != 1:
        return None
    definition, base = standing[0]
    old = dotted(base.value)
    return None if old is None else (definition.module, Rebase(definition.node.at, old, _ISOLATED))


def _is_testcase(definition: ClassDefinition, base: Expression, classes: Classes) -> bool:
    return classes.names.dotted(definition.module, base) in TESTCASE_NAMES
