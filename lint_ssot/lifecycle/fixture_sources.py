"""Where the fixtures of a module come from: what it defines, what it imports, and its plug-ins."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Name
from lint_ssot.facts.statements import Assign, Block, Function, ImportFrom
from lint_ssot.facts.traversal import statements
from lint_ssot.graph.classes import Hierarchy
from lint_ssot.graph.definitions import External, FunctionDefinition, Module
from lint_ssot.graph.names import Names
from lint_ssot.lifecycle.fixture_definitions import Fixture, fixture_of, may_be_fixture
from lint_ssot.lifecycle.strings import listed

# Star imports of star imports.
_DEPTH = 5
# Only what is imported from such a module is followed to see whether it is an autouse fixture;
# whatever else is imported is followed when a test asks for it. A conftest imports little but fixtures.
_TELLING = ("conftest", "fixture", "plugin")
_TELLING_IN_CONFTEST = (*_TELLING, "test")
# The plug-ins of these packages plant nothing in tests.
_HARMLESS = ("pytest", "_pytest", "anyio", "aiohttp", "celery", "hypothesis", "xdist", "pytester", "sybil")


def fixtures_of_module(module: Module, names: Names) -> tuple[Fixture, ...]:
    """The fixtures among a module's names, in pytest's order: alphabetical (`parsefactories` walks `dir()`)."""
    found = (_named(module, name, names) for name in sorted(set(_candidates(module, names, _DEPTH))))
    return tuple(each for each in found if each is not None)


def imported_fixture(module: Module, name: str, names: Names) -> Fixture | None:
    """The fixture that the module imports under this name, from wherever."""
    is_imported = any(
        isinstance(each, ImportFrom) and any((alias.bound or alias.name) == name for alias in each.names)
        for each in statements(module.facts.body)
    )
    return _named(module, name, names) if is_imported else None


def fixtures_of_class(hierarchy: Hierarchy, names: Names) -> tuple[Fixture, ...]:
    """The fixtures of a class and its bases, alphabetical by method; an override hides, whatever it is."""
    found = (fixture_of(each, names) for each in _decorated_methods(hierarchy))
    return tuple(each for each in found if each is not None)


def doubtful_in_class(hierarchy: Hierarchy, names: Names) -> Iterator[str]:
    """The methods of a class that an unknown decorator may make fixtures of."""
    return (each.node.name for each in _decorated_methods(hierarchy) if may_be_fixture(each, names))


def doubtful_in_module(module: Module, names: Names) -> Iterator[str]:
    """The functions that a module defines and an unknown decorator may make fixtures of."""
    for statement in statements(module.facts.body):
        if isinstance(statement, Function) and may_be_fixture(FunctionDefinition(module, statement), names):
            yield statement.name


def _decorated_methods(hierarchy: Hierarchy) -> Iterator[FunctionDefinition]:
    methods = {
        statement.name
        for definition in hierarchy.classes
        for statement in statements(definition.node.body)
        if isinstance(statement, Function) and statement.decorators
    }
    members = map(hierarchy.find, sorted(methods))
    return (each for each in members if isinstance(each, FunctionDefinition))


def plugins_of(module: Module, names: Names) -> Iterator[Module | str]:
    """The modules in `pytest_plugins`, and the plug-ins of those; a text for one that cannot be looked into."""
    yield from _plugins(listed(module.facts.body, "pytest_plugins"), module, names, frozenset())


def plugins_named(plugins: tuple[str, ...], names: Names) -> Iterator[Module | str]:
    """The modules of plug-ins that the configuration loads by `-p`."""
    wanted = (each for each in plugins if not each.startswith("no:"))
    yield from _plugins(iter(wanted), None, names, frozenset())


def _plugins(
    plugins: Iterator[str | None], importer: Module | None, names: Names, seen: frozenset[str]
) -> Iterator[Module | str]:
    for plugin in plugins:
        if plugin is None:
            yield "pytest_plugins"
            continue
        if plugin in seen:
            continue
        seen |= {plugin}
        found = names.modules.find(plugin, importer)
        if isinstance(found, Module):
            yield found
            yield from _plugins(listed(found.facts.body, "pytest_plugins"), found, names, seen)
        elif not (isinstance(found, External) and _is_harmless(plugin)):
            yield plugin


def _is_harmless(plugin: str) -> bool:
    # names without a dot are pytest's own plug-ins, or entry points of installed ones
    return "." not in plugin or plugin.partition(".")[0].startswith(_HARMLESS)


def _named(module: Module, name: str, names: Names) -> Fixture | None:
    found = names.lookup(module, name)
    return fixture_of(found, names) if isinstance(found, FunctionDefinition) else None


def _candidates(module: Module, names: Names, depth: int) -> Iterator[str]:
    """The names of a module that may be those of fixtures."""
    for statement in statements(module.facts.body):
        match statement:
            case Function(decorators=decorators) if decorators:
                yield statement.name
            case Assign(targets=(Name(id=alias),), value=Name()):
                yield alias
            case ImportFrom() if _is_star(statement) or _is_telling(statement, module):
                yield from _imported(module, statement, names, depth)


def _imported(module: Module, statement: ImportFrom, names: Names, depth: int) -> Iterator[str]:
    for alias in statement.names:
        if alias.name != "*":
            # fixtures are functions, and those have lower-case names
            if alias.name[0].islower() or alias.name[0] == "_":
                yield alias.bound or alias.name
            continue
        source = _source(module, statement, names)
        if source is not None and depth:
            public = _candidates(source, names, depth - 1)
            yield from (name for name in public if not name.startswith("_") or _exports(source.facts.body, name))


def _source(module: Module, statement: ImportFrom, names: Names) -> Module | None:
    dotted = names.modules.relative(module, statement.module, statement.level)
    found = names.modules.find(dotted, module) if dotted else None
    return found if isinstance(found, Module) else None


def _exports(body: Block, name: str) -> bool:
    return name in set(listed(body, "__all__"))


def _is_star(statement: ImportFrom) -> bool:
    return statement.names[0].name == "*"


def _is_telling(statement: ImportFrom, importer: Module) -> bool:
    is_conftest = importer.path is not None and importer.path.name == "conftest.py"
    words = _TELLING_IN_CONFTEST if is_conftest else _TELLING
    return (is_conftest and statement.level > 0) or any(word in statement.module.lower() for word in words)
