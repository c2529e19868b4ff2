"""Cures by fixtures that a plug-in awaits: for async `@pytest.fixture`s, and for async hooks that nobody awaits."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.cure import Change, Cure, Decorate, DropParameters, Redecorate, Rename, YieldFirst
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.graph.projects.project import Project
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.cures.calls import super_calls
from lint_ssot.lifecycle.fixtures.definitions import Fixture
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.invocation import AsyncioMode, Invocation


def has_pytest_asyncio(project: Project, invocation: Invocation) -> bool:
    """Whether the project says that it has the plug-in."""
    is_stated = invocation.is_mode_stated and invocation.asyncio_mode is not AsyncioMode.NONE
    return is_stated or "pytest-asyncio" in project.requirements


def awaited_fixture(fixture: Fixture, project: Project, invocation: Invocation) -> tuple[Cure, ...]:
    """`@pytest.fixture` → `@pytest_asyncio.fixture`."""
    function = fixture.function
    path = function.module.path
    if path is None or not has_pytest_asyncio(project, invocation):
        return ()
    change = Redecorate(function.node.at, "fixture", "pytest_asyncio.fixture")
    return (Cure(f"Make `{function.node.name}` a fixture of pytest-asyncio", path, (change,)),)


def decorated_fixture(function: FunctionDefinition) -> tuple[Cure, ...]:
    """`@pytest.fixture` above a function that tests ask for."""
    path = function.module.path
    if path is None:
        return ()
    change = Decorate(function.node.at, "pytest.fixture")
    return (Cure(f"Decorate `{function.node.name}` with `@pytest.fixture`", path, (change,)),)


def autouse_fixture(
    timeline: Timeline, function: FunctionDefinition, project: Project, invocation: Invocation
) -> tuple[Cure, ...]:
    """An autouse fixture in the place of an async hook that nobody awaits; what it does for a test stays the same."""
    path = function.module.path
    if path is None or timeline.runner.is_testcase or not has_pytest_asyncio(project, invocation):
        return ()
    node = function.node
    is_plain = node.is_async and not node.is_generator and not node.decorators and not super_calls(function)
    word = node.name.lower().replace("_", "")
    if not is_plain or "class" in word or binding_of(function) is not Binding.INSTANCE:
        return ()
    changes = list(_as_fixture(function, invocation, is_teardown="teardown" in word))
    if timeline.test_class.hierarchy.find(node.name, after=function.owner) is not None:
        name = "clean_up" if "teardown" in word else "prepare"
        if timeline.test_class.hierarchy.find(name) is not None:
            return ()
        # under its own name it would hide the parent's hook
        changes.append(Rename(node.at, name))
    return (Cure(f"Make an autouse fixture of `{node.name}`", path, tuple(changes), is_safe=False),)


def _as_fixture(function: FunctionDefinition, invocation: Invocation, *, is_teardown: bool) -> Iterator[Change]:
    package = "pytest" if invocation.asyncio_mode is AsyncioMode.AUTO else "pytest_asyncio"
    yield Decorate(function.node.at, f"{package}.fixture(autouse=True)")
    yield DropParameters(function.node.at)
    if is_teardown:
        yield YieldFirst(function.node.at)
