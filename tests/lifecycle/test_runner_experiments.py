"""Each row of the table is held by a run: a class with every hook there is, and what was really called."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from lint_ssot.lifecycle.runners import (
    AIOUNITTEST,
    DJANGO,
    DJANGO_SIMPLE,
    FUNCTIONS,
    ISOLATED,
    PLAIN,
    SYNCHRONOUS_TRIAL,
    TESTCASE,
    TORNADO,
    TRIAL,
    AsyncTests,
    Hook,
    Phase,
    Receiver,
    Runner,
    under_pytest,
)
from tests.lifecycle.observed import Observation, run_pytest, run_unittest

# Whatever anybody ever took for a hook.
MODULE_HOOKS = ("setUpModule", "tearDownModule", "setup_function", "teardown_function", "setup", "teardown")
CLASS_HOOKS = ("setUpClass", "tearDownClass", "setup_class", "teardown_class", "setUpTestData", "asyncSetUpClass")
INSTANCE_HOOKS = ("setUp", "tearDown", "setup_method", "teardown_method", "setup", "teardown", "async_setup_method")
ASYNC_HOOKS = ("asyncSetUp", "asyncTearDown", "setUpAsync", "tearDownAsync")

DJANGO_SETTINGS = (
    "import django\nfrom django.conf import settings\n"
    "settings.configure(DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}})\n"
    "django.setup()\n"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table and how a class gets it; `package` must be installed."""

    name: str
    runner: Runner
    base: str
    imports: str
    package: str = "unittest"

    @property
    def is_installed(self) -> bool:
        return importlib.util.find_spec(self.package) is not None


TESTCASE_ROWS = (
    Row("testcase", TESTCASE, "unittest.TestCase", "import unittest"),
    Row("isolated", ISOLATED, "unittest.IsolatedAsyncioTestCase", "import unittest"),
    Row("django", DJANGO, "TestCase", DJANGO_SETTINGS + "from django.test import TestCase", "django"),
    Row("simple", DJANGO_SIMPLE, "SimpleTestCase", "from django.test import SimpleTestCase", "django"),
    Row("trial", TRIAL, "TestCase", "from twisted.trial.unittest import TestCase", "twisted"),
    Row(
        "synchronous",
        SYNCHRONOUS_TRIAL,
        "Base",
        "from twisted.trial.unittest import SynchronousTestCase as Base",
        "twisted",
    ),
    Row("tornado", TORNADO, "AsyncTestCase", "from tornado.testing import AsyncTestCase", "tornado"),
    Row("aiounittest", AIOUNITTEST, "AsyncTestCase", "from aiounittest import AsyncTestCase", "aiounittest"),
)
PLAIN_ROW = Row("plain", PLAIN, "object", "")
ROWS = tuple(row for row in (*TESTCASE_ROWS, PLAIN_ROW) if row.is_installed)

each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
each_testcase = pytest.mark.parametrize("row", ROWS[:-1], ids=lambda row: row.name)


def hook(name: str, *, is_async: bool, place: str, decorator: str = "", parameters: str = "self") -> str:
    """A hook that says it was reached, and then does what its parent does."""
    call = "given = parent()\n            if given is not None: await given" if is_async else "parent()"
    return (
        f"    {decorator}\n    {'async ' * is_async}def {name}({parameters}):\n"
        f"        record('{place} {name}')\n"
        f"        parent = getattr(super(), '{name}', None)\n"
        f"        if parent is not None:\n            {call}\n"
    )


def class_hooks(place: str, *, is_async: bool = False) -> str:
    made = (
        hook(name, is_async=is_async, place=place, decorator="@classmethod", parameters="cls") for name in CLASS_HOOKS
    )
    return "".join(made)


def instance_hooks(place: str, *, is_async: bool = False) -> str:
    parameters = {"setup_method": "self, method", "teardown_method": "self, method"}
    plain = (
        hook(name, is_async=is_async, place=place, parameters=parameters.get(name, "self")) for name in INSTANCE_HOOKS
    )
    return "".join(plain) + "".join(hook(name, is_async=True, place=place) for name in ASYNC_HOOKS)


def specimen(row: Row) -> str:
    """A module with every module hook, and classes with every hook: sync, async, and async class hooks."""
    modules = "".join(f"def {name}(*_): record('{row.name}.module {name}')\n" for name in MODULE_HOOKS)
    test = f"    def test_it(self): record('{row.name} test_it')\n"
    # an async setUpClass of Django breaks the whole class
    has_async_class_hooks = row.package != "django" or row.runner is not DJANGO
    classes = f"class TestAsyncHooks({row.base}):\n{instance_hooks(row.name + '.awaited', is_async=True)}{PASSING}"
    if has_async_class_hooks:
        place = f"{row.name}.awaited"
        classes += f"class TestAsyncClassHooks({row.base}):\n{class_hooks(place, is_async=True)}{PASSING}"
    hooks = class_hooks(row.name) + instance_hooks(row.name)
    return (
        f"{row.imports}\nimport pytest\nfrom record import record\n{modules}\n{classes}\n"
        f"class TestHooks({row.base}):\n{hooks}{test}\n"
        f"class TestAsync({row.base}):\n{async_tests(row.name)}"
    )


PASSING = "    def test_passes(self): pass\n"


def async_tests(place: str) -> str:
    """Tests that are coroutines and generators; a sync generator breaks the collection of a plain class."""
    generator = f"    def test_generator(self):\n        record('{place}.tests generator')\n        yield\n"
    return (
        f"    async def test_coroutine(self): record('{place}.tests coroutine')\n"
        f"    async def test_async_generator(self):\n        record('{place}.tests async_generator')\n        yield\n"
        f"    @pytest.mark.asyncio\n    async def test_marked(self): record('{place}.tests marked')\n"
        f"    async def coroutine(self): record('{place}.tests returned')\n"
        "    def test_returned(self): return self.coroutine()\n"
        f"{generator if place != 'plain' else ''}"
    )


OTHER_MODULE_HOOKS = """
from record import record
def setup_module(): record('other setup_module')
def teardown_module(module): record('other teardown_module')
def setup_function(): record('other setup_function')
def teardown_function(function): record('other teardown_function')
def setUp(): record('other setUp')
def test_it(): record('other test_it')
"""
GENERATOR = "def test_generator():\n    yield\n"


@pytest.fixture(scope="module")
def under_pytest_run(tmp_path_factory: pytest.TempPathFactory) -> Observation:
    files = {f"test_{row.name}.py": specimen(row) for row in ROWS}
    files |= {"test_other.py": OTHER_MODULE_HOOKS, "test_generator.py": GENERATOR}
    return run_pytest(tmp_path_factory.mktemp("under_pytest"), files, ["--continue-on-collection-errors"])


@pytest.fixture(scope="module")
def under_unittest_run(tmp_path_factory: pytest.TempPathFactory) -> Observation:
    files = {f"test_{row.name}.py": specimen(row) for row in ROWS}
    return run_unittest(tmp_path_factory.mktemp("under_unittest"), files)


def expected(runner: Runner, chosen: Callable[[Hook], bool]) -> list[str]:
    """The names of the hooks in call order, with the test where it stands."""
    phases = list(Phase)
    hooks = [hook for hook in runner.hooks if hook.receiver is not Receiver.MODULE and chosen(hook)]
    before = [hook.name for hook in hooks if phases.index(hook.phase) < phases.index(Phase.TEST)]
    after = [hook.name for hook in hooks if phases.index(hook.phase) > phases.index(Phase.TEST)]
    return [*before, "test_it", *after]


@each_row
def test_pytest_calls_the_hooks_of_the_row_in_its_order(row: Row, under_pytest_run: Observation) -> None:
    runner = under_pytest(row.runner) if row.runner.is_testcase else row.runner
    assert expected(runner, lambda hook: True) == under_pytest_run.of(row.name)


@each_testcase
def test_unittest_calls_the_hooks_of_the_row_in_its_order(row: Row, under_unittest_run: Observation) -> None:
    assert expected(row.runner, lambda hook: True) == under_unittest_run.of(row.name)


@each_row
def test_pytest_awaits_the_hooks_that_the_row_says_are_awaited(row: Row, under_pytest_run: Observation) -> None:
    awaited = [hook.name for hook in row.runner.hooks if hook.is_awaited]
    assert awaited == under_pytest_run.of(f"{row.name}.awaited")


@each_testcase
def test_unittest_awaits_the_hooks_that_the_row_says_are_awaited(row: Row, under_unittest_run: Observation) -> None:
    awaited = [hook.name for hook in row.runner.hooks if hook.is_awaited]
    assert awaited == under_unittest_run.of(f"{row.name}.awaited")


@each_row
def test_pytest_treats_async_tests_as_the_row_says(row: Row, under_pytest_run: Observation) -> None:
    ran = set(under_pytest_run.of(f"{row.name}.tests"))
    outcome = under_pytest_run.outcomes[f"test_{row.name}.py::TestAsync::test_coroutine"]
    assert FATES[row.runner.async_tests] == ("coroutine" in ran, outcome)
    assert (row.runner.async_tests is AsyncTests.AWAITED or not row.runner.is_testcase) == ("marked" in ran)


FATES = {
    AsyncTests.AWAITED: (True, "PASSED"),
    AsyncTests.MARKED: (False, "FAILED"),
    AsyncTests.FAILED: (False, "FAILED"),
    AsyncTests.DROPPED: (False, "PASSED"),
    AsyncTests.REFUSED: (False, "FAILED"),
}


@each_row
def test_pytest_treats_coroutines_that_a_test_returns_as_the_row_says(row: Row, under_pytest_run: Observation) -> None:
    ran = "returned" in under_pytest_run.of(f"{row.name}.tests")
    outcome = under_pytest_run.outcomes[f"test_{row.name}.py::TestAsync::test_returned"]
    fate = row.runner.returned_coroutines
    if fate is AsyncTests.AWAITED_BEFORE:
        fate = AsyncTests.AWAITED if sys.version_info < (3, 11) else AsyncTests.DROPPED
    assert FATES[fate] == (ran, outcome)


@each_row
def test_nobody_runs_a_test_that_yields(row: Row, under_pytest_run: Observation) -> None:
    assert set() == {"generator", "async_generator"} & set(under_pytest_run.of(f"{row.name}.tests"))


@each_row
def test_pytest_tells_of_tests_that_yield_as_the_row_says(row: Row, under_pytest_run: Observation) -> None:
    test = f"test_{row.name}.py::TestAsync::test_"
    assert FATES[row.runner.async_generator_tests][1] == under_pytest_run.outcomes[f"{test}async_generator"]
    if row.runner.is_testcase:
        assert FATES[row.runner.generator_tests][1] == under_pytest_run.outcomes[f"{test}generator"]


def test_pytest_calls_the_module_hooks_of_unittest_rather_than_its_own(under_pytest_run: Observation) -> None:
    assert ["setUpModule", "tearDownModule"] == under_pytest_run.of("plain.module")


def test_pytest_calls_the_hooks_of_functions_in_the_order_of_the_row(under_pytest_run: Observation) -> None:
    own = [hook for hook in FUNCTIONS.hooks if hook.unless is not None or hook.name.endswith("_function")]
    phases = list(Phase)
    before = [hook.name for hook in own if phases.index(hook.phase) < phases.index(Phase.TEST)]
    after = [hook.name for hook in own if phases.index(hook.phase) > phases.index(Phase.TEST)]
    assert [*before, "test_it", *after] == under_pytest_run.of("other")


def test_a_generator_function_breaks_the_collection(under_pytest_run: Observation) -> None:
    assert "ERROR" == under_pytest_run.outcomes["test_generator.py"]
