"""Which fixtures run for a test, and where they stand among the hooks."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from lint_ssot.config import Settings
from lint_ssot.graph.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.graph.project import Project
from lint_ssot.lifecycle.choice import runner_of_functions
from lint_ssot.lifecycle.closure import Registry, Step, setup_order
from lint_ssot.lifecycle.collection import TestClass, TestMethod
from lint_ssot.lifecycle.decorations import last_word
from lint_ssot.lifecycle.fixture_definitions import Fixture
from lint_ssot.lifecycle.fixture_requests import parametrized, requested_by_test, used_by_mark
from lint_ssot.lifecycle.fixture_sources import (
    doubtful_in_class,
    doubtful_in_module,
    fixtures_of_class,
    fixtures_of_module,
    imported_fixture,
    plugins_named,
    plugins_of,
)
from lint_ssot.lifecycle.invocation import ASYNC_MARKS, AsyncioMode, Invocation, invocation_of
from lint_ssot.lifecycle.kinds import Kind, kind_of
from lint_ssot.lifecycle.runners import Hook, Phase, Runner

_SETUP = (Phase.MODULE_SETUP, Phase.CLASS_SETUP, Phase.SETUP)
# Those that pytest calls from fixtures of its own; whatever else sets up a test runs after all fixtures.
_AMONG_FIXTURES = ("setup_method", "setup", "setup_function")
_OUTER_HOOKS = ("setup_class", "setup_method", "teardown_method", "teardown_class")


@dataclass(frozen=True, slots=True)
class Plan:
    """What runs before a test, in order: fixtures, and between them the runner's setup hooks.

    Teardown is the reverse.
    `unknown` are the names that nothing known defines: then anything may have been set.
    """

    steps: tuple[Step, ...]
    unknown: tuple[str, ...] = ()

    @property
    def fixtures(self) -> tuple[Fixture, ...]:
        """The fixtures alone, in order."""
        return tuple(step for step in self.steps if isinstance(step, Fixture))


class Handling(enum.Enum):
    """What becomes of an async fixture."""

    HANDLED = "a plug-in runs it"
    UNHANDLED = "nobody runs it"
    UNKNOWN = "unknown"


class Fixtures:
    """The fixtures of a project, as tests see them."""

    def __init__(self, classes: Classes, settings: Settings, project: Project) -> None:
        self._classes = classes
        self._names = classes.names
        self._settings = settings
        self._project = project
        self._registries: dict[tuple[Module, ClassDefinition | None], tuple[Registry, tuple[str, ...]]] = {}
        self._plans: dict[tuple[object, ...], Plan] = {}
        self._fixtures: dict[Module, tuple[Fixture, ...]] = {}

    def plan(self, test_class: TestClass | None, test: TestMethod) -> Plan:
        """What runs before a test: a method of the class or, without one, a function of its module."""
        runner = self._runner(test_class, test)
        hooks = tuple(hook for hook in runner.hooks if hook.phase in _SETUP)
        if not runner.runs_fixtures:
            return Plan(hooks)
        requested = used_by_mark(test) + (() if runner.is_testcase else requested_by_test(test))
        definition = test_class.definition if test_class is not None else None
        module = test.function.module if definition is None else definition.module
        direct = parametrized(test)
        key = (module, definition, requested, direct)
        if key not in self._plans:
            registry, unknown = self._registry(module, test_class, hooks)
            steps, undefined = setup_order(registry, requested, direct)
            last = tuple(hook for hook in hooks if hook.phase is Phase.SETUP and not _is_among_fixtures(hook))
            self._plans[key] = Plan(steps + last, unknown + undefined)
        return self._plans[key]

    def handling(self, fixture: Fixture, test: TestMethod) -> Handling:
        """What becomes of a fixture for a test that asks for it; a sync one is always handled."""
        if kind_of(fixture.function, self._names) not in (Kind.COROUTINE, Kind.ASYNC_GENERATOR):
            return Handling.HANDLED
        if fixture.decorator.partition(".")[0] not in ("pytest", "_pytest"):
            return Handling.HANDLED
        return _handling(self._invocation(test.function.module), test)

    def _runner(self, test_class: TestClass | None, test: TestMethod) -> Runner:
        if test_class is None:
            return runner_of_functions(self._invocation(test.function.module))
        assert isinstance(test_class.runner, Runner), "an unknown runner has no plan"
        return test_class.runner

    def _invocation(self, module: Module) -> Invocation:
        return invocation_of(module, self._names, self._project, self._settings)

    def _registry(
        self, module: Module, test_class: TestClass | None, hooks: tuple[Hook, ...]
    ) -> tuple[Registry, tuple[str, ...]]:
        key = module, test_class.definition if test_class is not None else None
        if key not in self._registries:
            registry, unknown = self._module_registry(module, hooks)
            if test_class is not None:
                registry.add_hooks(hook for hook in hooks if _is_of_class(hook))
                registry.add_fixtures(fixtures_of_class(test_class.hierarchy, self._names))
                unknown += (*self._of_outer(test_class), *doubtful_in_class(test_class.hierarchy, self._names))
            self._registries[key] = registry, unknown
        return self._registries[key]

    def _module_registry(self, module: Module, hooks: tuple[Hook, ...]) -> tuple[Registry, tuple[str, ...]]:
        conftests = self._names.modules.conftests(module.path) if module.path is not None else ()
        sources = (*conftests, module)

        def find(name: str) -> Fixture | None:
            found = (imported_fixture(each, name, self._names) for each in reversed(sources))
            return next((each for each in found if each is not None), None)

        registry = Registry(find)
        registry.autouse.extend(self._project.pytest.usefixtures)
        unknown: list[str] = []
        for plugin in self._plugins(sources):
            if isinstance(plugin, Module):
                registry.add_fixtures(self._of_module(plugin))
            else:
                unknown.append(plugin)
        for conftest in conftests:
            registry.add_fixtures(self._of_module(conftest))
        registry.add_hooks(hook for hook in hooks if _is_of_module(hook))
        registry.add_fixtures(self._of_module(module))
        for source in sources:
            unknown += doubtful_in_module(source, self._names)
        return registry, tuple(unknown)

    def _of_module(self, module: Module) -> tuple[Fixture, ...]:
        if module not in self._fixtures:
            self._fixtures[module] = fixtures_of_module(module, self._names)
        return self._fixtures[module]

    def _plugins(self, sources: tuple[Module, ...]) -> Iterator[Module | str]:
        found = [*plugins_named(self._project.pytest.plugins, self._names)]
        for source in sources:
            found += plugins_of(source, self._names)
            if source.facts.trouble is not None:
                found.append(str(source.path))
        yield from dict.fromkeys(each for each in found if each not in sources)

    def _of_outer(self, test_class: TestClass) -> Iterator[str]:
        """What an enclosing test class does to the tests of an inner one is not followed.

        Its fixtures run on an instance of its own, its hooks on the inner one's.
        """
        if test_class.outer is None:
            return
        hierarchy = self._classes.hierarchy(test_class.outer)
        if fixtures_of_class(hierarchy, self._names) or any(map(hierarchy.find, _OUTER_HOOKS)):
            yield test_class.outer.node.name


def is_fixture_decorated(function: FunctionDefinition) -> bool:
    """Whether a decorator's name says that the function is a fixture, and no hook."""
    return any((last_word(each) or "").endswith("fixture") for each in function.node.decorators)


def _handling(invocation: Invocation, test: TestMethod) -> Handling:
    if invocation.has_own_async or not invocation.is_mode_stated:
        return Handling.UNKNOWN
    if invocation.asyncio_mode is AsyncioMode.AUTO or test.marks & (ASYNC_MARKS - {"asyncio"}):
        return Handling.HANDLED
    return Handling.UNHANDLED


def _is_of_module(hook: Hook) -> bool:
    return hook.phase is Phase.MODULE_SETUP or hook.name == "setup_function"


def _is_of_class(hook: Hook) -> bool:
    return not _is_of_module(hook) and (hook.phase is Phase.CLASS_SETUP or _is_among_fixtures(hook))


def _is_among_fixtures(hook: Hook) -> bool:
    return hook.name in _AMONG_FIXTURES
