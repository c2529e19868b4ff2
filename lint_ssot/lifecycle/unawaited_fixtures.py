"""Async fixtures that no plug-in runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_ssot.config import Settings
from lint_ssot.facts.values import replace
from lint_ssot.graph.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.graph.project import Project
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.collection import Collection, TestMethod
from lint_ssot.lifecycle.fixture_definitions import Fixture
from lint_ssot.lifecycle.fixture_sources import fixtures_of_module
from lint_ssot.lifecycle.fixtures import Fixtures, Handling
from lint_ssot.lifecycle.invocation import AsyncioMode, Invocation, invocation_of
from lint_ssot.lifecycle.kinds import Kind, kind_of

# With one of these, anyio's marks may be what runs the fixtures of a conftest; its plug-in comes with anyio itself.
_BRING_ANYIO = frozenset({"anyio", "trio", "starlette", "fastapi", "httpx", "mcp"})


@dataclass(frozen=True, slots=True)
class UnawaitedFixture:
    """An async fixture that nobody runs, and the names of the tests that ask for it.

    `asker` is the class, or the first of the functions, that asks for one of another file.
    A conftest's is judged by itself, and then nobody asks for it.
    """

    fixture: Fixture
    asker: ClassDefinition | FunctionDefinition | None = None
    tests: tuple[str, ...] = ()


def unawaited_fixtures(
    module: Module, collection: Collection, timelines: tuple[Timeline, ...], fixtures: Fixtures
) -> Iterator[UnawaitedFixture]:
    """The async fixtures that the tests of a module ask for and that nobody runs."""
    if not _is_judged(collection.invocation):
        return
    found: dict[tuple[FunctionDefinition, object], UnawaitedFixture] = {}
    for asker, test, fixture in _asked_for(collection, timelines, fixtures):
        if fixtures.handling(fixture, test) is not Handling.UNHANDLED or _asks_for_anyio(fixture):
            continue
        is_own = fixture.function.module is module
        key = fixture.function, None if is_own else asker
        first = asker or test.function
        known = found.get(key, UnawaitedFixture(fixture, None if is_own else first))
        found[key] = replace(known, tests=(*known.tests, test.name))
    yield from found.values()


def _asked_for(
    collection: Collection, timelines: tuple[Timeline, ...], fixtures: Fixtures
) -> Iterator[tuple[ClassDefinition | None, TestMethod, Fixture]]:
    for timeline in timelines:
        for test, plan in zip(timeline.test_class.tests, timeline.schedule.plans, strict=True):
            yield from ((timeline.test_class.definition, test, fixture) for fixture in plan.fixtures)
    for test in collection.test_functions():
        yield from ((None, test, fixture) for fixture in fixtures.plan(None, test).fixtures)


def unawaited_in_conftest(
    module: Module, classes: Classes, project: Project, settings: Settings
) -> Iterator[UnawaitedFixture]:
    """The async fixtures of a conftest that no plug-in can run, whoever asks for them."""
    invocation = invocation_of(module, classes.names, project, settings)
    if not _is_conftest(module) or not _is_judged(invocation) or _BRING_ANYIO & project.requirements:
        return
    own = fixtures_of_module(module, classes.names)
    if any(_asks_for_anyio(fixture) for fixture in own):
        return
    for fixture in own:
        is_own = fixture.function.module is module
        if is_own and fixture.decorator.partition(".")[0] in ("pytest", "_pytest") and _is_async(fixture, classes):
            yield UnawaitedFixture(fixture)


def _is_judged(invocation: Invocation) -> bool:
    """Whether it is known what runs async fixtures, and that it is not whatever there is."""
    is_known = invocation.is_mode_stated and not invocation.has_own_async
    return is_known and invocation.asyncio_mode is not AsyncioMode.AUTO


def _is_conftest(module: Module) -> bool:
    return module.path is not None and module.path.name == "conftest.py"


def _asks_for_anyio(fixture: Fixture) -> bool:
    return fixture.name.startswith("anyio_backend") or "anyio_backend" in fixture.parameters


def _is_async(fixture: Fixture, classes: Classes) -> bool:
    return kind_of(fixture.function, classes.names) in (Kind.COROUTINE, Kind.ASYNC_GENERATOR)
