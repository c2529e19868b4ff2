"""The stubs say of the real classes what is true, and leave none of their attributes out."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lint_ssot.facts.expressions import Attribute, Expression, Name
from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.statements import Annotate, Assign, Block, Class, Function, Return
from lint_ssot.facts.traversal import statements
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin
from lint_ssot.graph.installed import Installed
from lint_ssot.graph.wellknown import STUBS
from tests.graph.graphs import graph

# Prints the names of the classes given as arguments, those of an instance included if one can be made.
REAL_NAMES = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")

def configure_django():
    try:
        from django.conf import settings
    except ImportError:
        return
    import django
    settings.configure(INSTALLED_APPS=[])
    django.setup()

def names(dotted):
    module, name = dotted.rsplit(".", 1)
    try:
        cls = getattr(importlib.import_module(module), name)
    except Exception:
        return None
    if not isinstance(cls, type):
        return None  # in this version of Python it is a function
    found = set(dir(cls))
    try:
        found |= set(vars(cls("run")))
    except Exception:
        pass
    return sorted(found)

configure_django()
print(json.dumps({dotted: names(dotted) for dotted in sys.argv[1:]}))
"""
# the special methods that something is said about
TELLING = {"__enter__", "__exit__", "__aenter__", "__aexit__", "__await__", "__call__", "__iter__", "__aiter__"}


def stub_modules() -> list[str]:
    paths = (path.relative_to(STUBS).with_suffix("") for path in STUBS.rglob("*.pyi"))
    return sorted(".".join(part for part in path.parts if part != "__init__") for path in paths)


def stub_classes() -> list[str]:
    """The classes by name; `ast` reads them, as tests are collected even when none of them is run."""
    return [
        f"{module}.{node.name}"
        for module in stub_modules()
        for node in ast.parse(stub_path(module).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]


def stub_path(module: str) -> Path:
    folder = STUBS.joinpath(*module.split("."))
    return folder / "__init__.pyi" if folder.is_dir() else folder.with_suffix(".pyi")


def names_of(definition: ClassDefinition, installed: Installed) -> Iterator[str]:
    """Every name that a class and its bases have by their definitions."""
    yield from bound(definition.node.body, definition.node.name)
    for base in (each for each in definition.node.bases if each.keyword is None):
        found = installed.definition(f"{definition.module.name}.{dotted(base.value)}")
        if not isinstance(found, ClassDefinition):
            found = installed.definition(f"builtins.{dotted(base.value)}")
        assert isinstance(found, ClassDefinition), f"{definition.identity}: {dotted(base.value)}"
        yield from names_of(found, installed)


def bound(block: Block, owner: str) -> Iterator[str]:
    for statement in statements(block):
        match statement:
            case Function() | Class():
                yield mangled(statement.name, owner)
                if isinstance(statement, Function):
                    yield from bound(statement.body, owner)
            case Assign(targets=targets):
                yield from (mangled(name, owner) for target in targets for name in last_names(target))
            case Annotate(target=target):
                yield from (mangled(name, owner) for name in last_names(target))


def last_names(target: Expression) -> Iterator[str]:
    match target:
        case Name(id=name) | Attribute(attr=name):
            yield name


def mangled(name: str, owner: str) -> str:
    return f"_{owner.lstrip('_')}{name}" if name.startswith("__") and not name.endswith("__") else name


def dotted(expression: Expression) -> str:
    match expression:
        case Name(id=name):
            return name
        case Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
    raise AssertionError(expression)


@pytest.fixture(scope="module")
def installed() -> Installed:
    return Installed(extract_facts)


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Classes:
    return graph(tmp_path_factory.mktemp("project"), {"test_it.py": ""})


@pytest.fixture(scope="module")
def real_names() -> dict[str, list[str] | None]:
    command = [sys.executable, "-c", REAL_NAMES, *stub_classes()]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    found: dict[str, list[str] | None] = json.loads(printed)
    return found


@pytest.mark.parametrize("name", stub_modules())
def test_a_stub_can_be_read(name: str, installed: Installed) -> None:
    module = installed.module(name)
    assert module is not None
    assert module.facts.trouble is None


@pytest.mark.parametrize("name", stub_classes())
def test_a_stub_has_every_attribute_of_the_class_it_stands_for(
    name: str, installed: Installed, real_names: dict[str, list[str] | None]
) -> None:
    real = real_names[name]
    if real is None:
        pytest.skip("not installed here")
    definition = installed.definition(name)
    assert isinstance(definition, ClassDefinition)
    stated = set(names_of(definition, installed))
    needed = TELLING if "__getattr__" in stated else TELLING | {name for name in real if not is_special(name)}
    assert set() == set(real) & needed - stated


def is_special(name: str) -> bool:
    return (name.startswith("__") and name.endswith("__")) or name == "_abc_impl"


@pytest.mark.parametrize("name", stub_classes())
def test_a_stub_stands_where_the_class_is_defined(name: str, installed: Installed) -> None:
    definition = installed.definition(name)
    assert isinstance(definition, ClassDefinition)
    assert name.rsplit(".", 1) == list(definition.identity)
    assert definition.module.origin is Origin.WELL_KNOWN


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("unittest.TestCase", "unittest.case.TestCase"),
        ("unittest.case.TestCase", "unittest.case.TestCase"),
        ("unittest.TestCase.setUp", "unittest.case.TestCase.setUp"),
        ("unittest.skipIf", "unittest.case.skipIf"),
        ("unittest.mock.patch", "unittest.mock.patch"),
        ("django.test.TestCase", "django.test.testcases.TestCase"),
        ("twisted.trial.unittest.TestCase", "twisted.trial._asynctest.TestCase"),
        ("typing.AsyncContextManager", "contextlib.AbstractAsyncContextManager"),
        ("contextlib.asynccontextmanager", "contextlib.asynccontextmanager"),
        ("pytest.fixture", "pytest.fixture"),
        ("unittest", "unittest"),
        ("unittest.main", "unittest.main"),
    ],
)
def test_a_name_is_known_by_where_it_is_defined(name: str, where: str, installed: Installed) -> None:
    assert where == installed.canonical(name)


def test_both_names_of_a_class_lead_to_one_definition(installed: Installed) -> None:
    first, second = installed.definition("unittest.TestCase"), installed.definition("unittest.case.TestCase")
    assert first is second


def assigned_by(installed: Installed, name: str) -> set[str]:
    """The attributes that a method of a stub assigns."""
    method = installed.definition(name)
    assert isinstance(method, FunctionDefinition)
    return {
        target.attr
        for statement in method.node.body
        if isinstance(statement, Assign)
        for target in statement.targets
        if isinstance(target, Attribute)
    }


@pytest.mark.parametrize(
    ("method", "attributes"),
    [
        ("tornado.testing.AsyncTestCase.setUp", {"io_loop"}),
        ("tornado.testing.AsyncHTTPTestCase.setUp", {"http_client", "_app", "http_server"}),
        ("aiohttp.test_utils.AioHTTPTestCase.setUpAsync", {"app", "server", "client"}),
        ("django.test.TestCase.setUpClass", {"cls_atomics"}),
        ("unittest.TestCase.setUp", set()),
    ],
)
def test_what_a_hook_assigns_is_lost_with_the_hook(method: str, attributes: set[str], installed: Installed) -> None:
    owner = installed.definition(method.rpartition(".")[0])
    assert isinstance(owner, ClassDefinition)
    assert attributes == assigned_by(installed, method)
    assert set() == attributes & {
        name
        for statement in owner.node.body
        if isinstance(statement, Assign)
        for target in statement.targets
        for name in last_names(target)
    }


def test_a_hook_of_unittest_calls_nothing(installed: Installed) -> None:
    for name in ("setUp", "tearDown", "setUpClass", "tearDownClass"):
        hook = installed.definition(f"unittest.TestCase.{name}")
        assert isinstance(hook, FunctionDefinition)
        assert () == hook.node.body


def test_what_returns_something_unknown_says_so(installed: Installed) -> None:
    method = installed.definition("unittest.TestCase.enterContext")
    assert isinstance(method, FunctionDefinition)
    assert [Return] == [type(statement) for statement in method.node.body]


def test_what_a_stub_lacks_is_looked_for_in_the_real_module(installed: Installed) -> None:
    loader = installed.definition("unittest.TestLoader")
    assert isinstance(loader, ClassDefinition)
    assert ("unittest.loader", "TestLoader") == loader.identity
    assert loader.module.origin is Origin.INSTALLED


@pytest.mark.parametrize("name", [name for name in stub_classes() if name.endswith(("TestCase", "Mixin"))])
def test_all_is_known_of_a_test_base(name: str, classes: Classes) -> None:
    definition = classes.installed.definition(name)
    assert isinstance(definition, ClassDefinition)
    assert (name.startswith("unittest.mock.")) == (classes.hierarchy(definition).open_because is not None)
