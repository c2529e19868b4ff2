"""How a module's tests are run: by which program, with which async plug-in, on which versions."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from lint_ssot.config import Settings
from lint_ssot.facts.expressions import Attribute, Constant
from lint_ssot.facts.statements import Function, Import, ImportFrom
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.names.names import Names
from lint_ssot.graph.projects.project import Project
from lint_ssot.lifecycle.fixtures.sources import plugins_named, plugins_of


class Program(enum.Enum):
    """Who collects and runs the tests."""

    PYTEST = "pytest"
    UNITTEST = "unittest"


class AsyncioMode(enum.Enum):
    """What pytest-asyncio does with async tests and fixtures; NONE where there is no such plug-in."""

    STRICT = "strict"
    AUTO = "auto"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Invocation:
    """How the tests of one module are run.

    `is_certain` tells that the user or the project says by which program; else it is the likelier one.
    `oldest_pytest`, `oldest_python`: what the project says it runs on; None if it does not say.
    `is_mode_stated` tells that the user or the project says what pytest-asyncio does.
    `has_own_async` tells that a conftest or another plug-in decides what becomes of async tests.
    `may_be_noses` tells that tests may be run by nose or nose2, which call what a test yields, and pass parameters.
    """

    program: Program
    asyncio_mode: AsyncioMode = AsyncioMode.STRICT
    is_certain: bool = True
    oldest_pytest: tuple[int, ...] | None = None
    oldest_python: tuple[int, int] | None = None
    extra_hooks: tuple[str, ...] = ()
    is_mode_stated: bool = False
    has_own_async: bool = False
    may_be_noses: bool = False

    @property
    def may_be_before_pytest_8(self) -> bool:
        """Whether nose's `setup` and `teardown` may still be called."""
        return self.oldest_pytest is not None and self.oldest_pytest < (8,)


# Marks by which a plug-in is asked to run an async test; without the plug-in the mark is in vain.
ASYNC_MARKS = frozenset({"asyncio", "anyio", "trio", "curio", "gen_test", "asyncio_cooperative", "twisted", "tornado"})
# These run async tests that carry no mark, some only if so configured.
_ASYNC_PLUGINS = frozenset(
    {
        "alt-pytest-asyncio",
        "pytest-aiohttp",
        "pytest-asyncio-cooperative",
        "pytest-curio",
        "pytest-sanic",
        "pytest-tornado",
        "pytest-tornasync",
        "pytest-trio",
        "pytest-twisted",
    }
)
_CALLING_HOOKS = frozenset({"pytest_pyfunc_call", "pytest_pycollect_makeitem", "pytest_fixture_setup"})
_MARKING_HOOKS = frozenset({"pytest_collection_modifyitems", "pytest_itemcollected", "pytest_configure"})


def invocation_of(module: Module, names: Names, project: Project, settings: Settings) -> Invocation:
    """How the tests of the module are run, as far as the user, the project or the module itself tells."""
    conftests = names.modules.conftests(module.path) if module.path is not None else ()
    chosen = _chosen(project, settings)
    likely = Program.PYTEST if conftests or _speaks_pytest(module) else Program.UNITTEST
    mode = settings.asyncio_mode or project.pytest.asyncio_mode
    known = {each.value for each in AsyncioMode}
    return Invocation(
        program=chosen or likely,
        asyncio_mode=AsyncioMode(mode) if mode in known else AsyncioMode.STRICT,
        is_certain=chosen is not None or likely is Program.PYTEST,
        oldest_pytest=project.pytest.minimum_version,
        oldest_python=project.requires_python,
        extra_hooks=settings.extra_hooks,
        is_mode_stated=mode in known or "pytest-asyncio" in project.requirements,
        has_own_async=project.pytest.has_other_async_mode
        or bool(_ASYNC_PLUGINS & project.requirements)
        or any(map(_decides_about_async, _hooking((*conftests, module), names, project))),
        may_be_noses=project.runs_nose and not project.pytest.is_configured,
    )


def _chosen(project: Project, settings: Settings) -> Program | None:
    if settings.runner != "auto":
        return Program(settings.runner)
    if project.pytest.is_configured or project.depends_on_pytest:
        return Program.PYTEST
    return None


def _speaks_pytest(module: Module) -> bool:
    """Whether the module imports pytest, or has test functions that only pytest would run."""
    for statement in statements(module.facts.body):
        match statement:
            case Import() | ImportFrom() if any(map(_is_pytest, _imported(statement))):
                return True
            case Function(name=name) if name.startswith("test"):
                return True
    return False


def _imported(statement: Import | ImportFrom) -> Iterator[str]:
    if isinstance(statement, ImportFrom):
        yield "" if statement.level else statement.module
    else:
        yield from (alias.name for alias in statement.names)


def _is_pytest(name: str) -> bool:
    return name.partition(".")[0] in ("pytest", "_pytest", "pytest_asyncio")


def _hooking(sources: tuple[Module, ...], names: Names, project: Project) -> Iterator[Module]:
    """The modules whose hooks pytest calls: conftests, the module itself, and the plug-ins they name."""
    yield from sources
    named = (*plugins_named(project.pytest.plugins, names), *(p for each in sources for p in plugins_of(each, names)))
    yield from (plugin for plugin in named if isinstance(plugin, Module))


def _decides_about_async(module: Module) -> bool:
    """Whether the module has a pytest hook that runs async tests itself, or marks them."""
    hooks = [each for each in statements(module.facts.body) if isinstance(each, Function)]
    return any(hook.name in _CALLING_HOOKS or (hook.name in _MARKING_HOOKS and _mentions_async(hook)) for hook in hooks)


def _mentions_async(hook: Function) -> bool:
    words = (
        part.attr if isinstance(part, Attribute) else part.value if isinstance(part, Constant) else None
        for statement in statements_of_all(hook.body)
        for expression in expressions(statement)
        for part in subexpressions(expression)
    )
    return any(isinstance(word, str) and _is_async_word(word) for word in words)


def _is_async_word(word: str) -> bool:
    return word in ASYNC_MARKS or word in ("iscoroutinefunction", "asyncio_mode", "anyio_mode")
