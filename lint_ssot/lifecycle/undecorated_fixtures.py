"""Functions that tests ask for as fixtures, and that nothing made fixtures of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lint_ssot.facts.expressions import Attribute, Expression, Name
from lint_ssot.facts.statements import Block, Class, Function, Import, ImportFrom, Statement
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.graph.names import Names
from lint_ssot.lifecycle.assignment.locals import local_names
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.collection import Collection, TestClass, TestMethod
from lint_ssot.lifecycle.fixture_requests import is_parametrized_by_constants
from lint_ssot.lifecycle.fixtures import Fixtures, Plan
from lint_ssot.lifecycle.invocation import Program

# what may bind a name of a module without spelling it
_REBINDERS = frozenset({"exec", "globals", "locals", "setattr", "vars"})


@dataclass(frozen=True, slots=True)
class UndecoratedFixture:
    """A plain function whose name tests ask for, and the names of these tests.

    `asker` is the class, or the first of the functions, that asks for one of another file.
    """

    function: FunctionDefinition
    asker: ClassDefinition | FunctionDefinition | None = None
    tests: tuple[str, ...] = ()


def undecorated_fixtures(
    module: Module, collection: Collection, timelines: tuple[Timeline, ...], fixtures: Fixtures, names: Names
) -> Iterator[UndecoratedFixture]:
    """The functions that the tests of a module ask for in vain.

    A plug-in that is not known may give a fixture of that name; but then somebody calls the function.
    """
    if collection.invocation.program is not Program.PYTEST:
        return
    found: dict[tuple[FunctionDefinition, object], UndecoratedFixture] = {}
    for test_class, test, name in _asked_in_vain(collection, timelines, fixtures):
        function = _function(name, test_class, module, names)
        if function is None or not _is_forgotten(function, module, names):
            continue
        asker = test_class.definition if test_class is not None else test.function
        aside = None if function.module is module else asker
        key = function, aside if isinstance(aside, ClassDefinition) else None
        known = found.get(key, UndecoratedFixture(function, aside))
        found[key] = replace(known, tests=(*known.tests, test.name))
    yield from found.values()


def _asked_in_vain(
    collection: Collection, timelines: tuple[Timeline, ...], fixtures: Fixtures
) -> Iterator[tuple[TestClass | None, TestMethod, str]]:
    """The names that no known fixture has, of tests that surely run and get nothing but fixtures."""
    planned: list[tuple[TestClass | None, TestMethod, Plan]] = [
        (None, test, fixtures.plan(None, test)) for test in collection.test_functions()
    ]
    for timeline in timelines:
        plans = zip(timeline.test_class.tests, timeline.schedule.plans, strict=True)
        planned += ((timeline.test_class, test, plan) for test, plan in plans)
    for test_class, test, plan in planned:
        if plan.unknown and not test.is_conditional and is_parametrized_by_constants(test):
            yield from ((test_class, test, name) for name in dict.fromkeys(plan.unknown))


def _function(name: str, test_class: TestClass | None, module: Module, names: Names) -> FunctionDefinition | None:
    """The plain function that a fixture of that name would be: of the class, the module, or a conftest."""
    if test_class is not None and (member := test_class.hierarchy.find(name)) is not None:
        return _plain(member)
    conftests = names.modules.conftests(module.path) if module.path is not None else ()
    for source in (module, *reversed(conftests)):
        statement = next((each for each in statements(source.facts.body) if _defines(each, name)), None)
        if isinstance(statement, Function):
            return _plain(names.lookup(source, name))
    return None


def _defines(statement: object, name: str) -> bool:
    return isinstance(statement, Function) and statement.name == name


def _plain(found: object) -> FunctionDefinition | None:
    return found if isinstance(found, FunctionDefinition) and not found.node.decorators else None


def _is_forgotten(function: FunctionDefinition, asking: Module, names: Names) -> bool:
    """Whether nobody uses the function by its name, in a file that has to do with pytest and hides nothing."""
    module = function.module
    is_hook = function.node.name.startswith(("pytest_", "test"))
    if is_hook or not _imports_pytest(module) or names.modules.mentions(module).names & _REBINDERS:
        return False
    sources = {module, asking}
    if asking.path is not None:
        sources.update(names.modules.conftests(asking.path))
    if any(_generates(source, function.node.name, names) for source in sources):
        return False
    is_method = function.owner is not None
    return not any(_uses(each.facts.body, function.node.name, is_method) for each in (module, asking))


def _imports_pytest(module: Module) -> bool:
    found = (each for each in statements(module.facts.body) if isinstance(each, (Import, ImportFrom)))
    named = (name for each in found for name in _module_names(each))
    return any(name.partition(".")[0].startswith("pytest") for name in named)


def _module_names(statement: Import | ImportFrom) -> tuple[str, ...]:
    if isinstance(statement, ImportFrom):
        return (statement.module,)
    return tuple(alias.name for alias in statement.names)


def _generates(module: Module, name: str, names: Names) -> bool:
    """Whether a module may hand the parameter to tests by `pytest_generate_tests`."""
    seen = names.modules.mentions(module)
    return "metafunc" in seen.names and name in seen.texts


def _uses(body: Block, name: str, is_method: bool) -> bool:
    """Whether a scope, or one in it that does not hide the name, reads it, or an attribute of that name."""
    return any(
        any(_reads(part, name, is_method) for whole in expressions(statement) for part in subexpressions(whole))
        or any(_uses(inner, name, is_method) for inner in _scopes_in(statement, name, is_method))
        for statement in statements(body)
    )


def _reads(part: Expression, name: str, is_method: bool) -> bool:
    match part:
        case Attribute(attr=attr):
            return is_method and attr == name
        case Name(id=read):
            return not is_method and read == name
    return False


def _scopes_in(statement: Statement, name: str, is_method: bool) -> Iterator[Block]:
    """The body of a class, and of a function in which the name is nothing else."""
    if isinstance(statement, Class) or (
        isinstance(statement, Function) and (is_method or name not in local_names(statement))
    ):
        yield statement.body
