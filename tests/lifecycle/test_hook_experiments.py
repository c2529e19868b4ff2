"""How hooks must be declared: the columns of the table beside name and order, each held by a run."""

from __future__ import annotations

import sys

import pytest

from lint_ssot.lifecycle.runners import (
    ISOLATED,
    PLAIN,
    SETUP_CLASS,
    SETUP_METHOD,
    SETUP_METHOD_OF_TESTCASE,
    TESTCASE,
    Passes,
    under_pytest,
)
from tests.lifecycle.observed import Observation, run_pytest

HEAD = "import functools, unittest\nimport pytest\nfrom record import record\n"
PASSED, FAILED, ERROR = "PASSED", "FAILED", "ERROR"
# 3.10 calls first and asks then whether something can be awaited (unittest/async_case.py)
CALLS_FIRST = sys.version_info < (3, 11)

# a class, what becomes of its test, and whether the body of its hook ran
SPECIMENS = {
    "PlainWithoutMethod": ("object", "def setup_method(self):", PASSED, True),
    "PlainWithMethod": ("object", "def setup_method(self, method):", PASSED, True),
    "PlainWithDefault": ("object", "def setup_method(self, method=None):", PASSED, True),
    "PlainWithTwo": ("object", "def setup_method(self, method, other):", ERROR, False),
    "PlainStatic": ("object", "@staticmethod\n    def setup_method():", PASSED, True),
    "PlainFixture": ("object", "@pytest.fixture\n    def setup_method(self):", PASSED, False),
    "PlainClassWithoutClassmethod": ("object", "def setup_class(self):", PASSED, True),
    "PlainClassStatic": ("object", "@staticmethod\n    def setup_class():", PASSED, True),
    "CaseWithoutMethod": ("unittest.TestCase", "def setup_method(self):", ERROR, False),
    "CaseWithMethod": ("unittest.TestCase", "def setup_method(self, method):", PASSED, True),
    "CaseFixture": ("unittest.TestCase", "@pytest.fixture\n    def setup_method(self, method):", ERROR, False),
    "CaseFixtureSetUp": ("unittest.TestCase", "@pytest.fixture(autouse=True)\n    def setUp(self):", FAILED, True),
    "CaseClassWithoutClassmethod": ("unittest.TestCase", "def setUpClass(self):", ERROR, False),
    "CaseClassmethod": ("unittest.TestCase", "@classmethod\n    def setUpClass(cls):", PASSED, True),
    "CaseSetupClass": ("unittest.TestCase", "def setup_class(self):", PASSED, True),
    "CaseYielding": ("unittest.TestCase", "def setUp(self):\n        yield", PASSED, False),
    "PlainYielding": ("object", "def setup_method(self):\n        yield", PASSED, False),
    "IsolatedSync": ("unittest.IsolatedAsyncioTestCase", "def asyncSetUp(self):", FAILED, CALLS_FIRST),
    "IsolatedYielding": (
        "unittest.IsolatedAsyncioTestCase",
        "async def asyncSetUp(self):\n        yield",
        FAILED,
        False,
    ),
}
WRAPPED = """
def wrapped(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)
    return wrapper

class TestWrapped(unittest.IsolatedAsyncioTestCase):
    @wrapped
    async def test_it(self): record("wrapped body")
"""
OUTER = """
class TestOuter:
    def setup_method(self): record("outer setup_method")
    class TestInner:
        def test_it(self): pass
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Observation:
    classes = (
        f"class Test{name}({base}):\n    {hook}\n        record('{name} body')\n    def test_it(self): pass\n"
        for name, (base, hook, *_) in SPECIMENS.items()
    )
    source = HEAD + "".join(classes) + WRAPPED + OUTER
    return run_pytest(tmp_path_factory.mktemp("hooks"), {"test_it.py": source})


@pytest.mark.parametrize("name", SPECIMENS)
def test_pytest_does_with_a_hook_declared_as(name: str, run: Observation) -> None:
    _, _, outcome, runs = SPECIMENS[name]
    assert (outcome, runs) == (run.outcomes[f"test_it.py::Test{name}::test_it"], run.of(name) == ["body"])


def test_a_sync_wrapper_makes_an_async_test_pass_without_running_since_311(run: Observation) -> None:
    body = ["body"] if CALLS_FIRST else []
    assert ("PASSED", body) == (run.outcomes["test_it.py::TestWrapped::test_it"], run.of("wrapped"))


def test_an_inner_class_fails_that_lacks_the_hook_of_its_outer_one(run: Observation) -> None:
    assert ("ERROR", []) == (run.outcomes["test_it.py::TestOuter::TestInner::test_it"], run.of("outer"))


def test_the_table_says_what_was_seen() -> None:
    case = under_pytest(TESTCASE)
    assert Passes.OFFERED is SETUP_METHOD.passes
    assert Passes.OFFERED is SETUP_CLASS.passes
    assert Passes.REQUIRED is SETUP_METHOD_OF_TESTCASE.passes
    assert SETUP_METHOD.skips_fixtures
    assert not SETUP_METHOD_OF_TESTCASE.skips_fixtures
    assert {"setUpClass", "tearDownClass"} == {hook.name for hook in case.hooks if hook.must_be_classmethod}
    assert {"asyncSetUp", "asyncTearDown"} == {hook.name for hook in ISOLATED.hooks if hook.must_be_async}
    assert not any(hook.must_be_async for hook in PLAIN.hooks)
