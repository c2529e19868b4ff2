"""The story of each test is what pytest really does with it: who is called, in which order, and what comes of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lint_ssot.config import Settings
from lint_ssot.rules import RULES
from lint_ssot.session import Session
from lint_ssot.surfaces.told import Findings, Teller
from lint_ssot.surfaces.why.as_json import story_as_json
from tests.lifecycle.observed import Observation, run_pytest

TRACE = """
import sys
import pytest
from record import record

@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    def watch(frame, event, argument):
        code = frame.f_code
        name = getattr(code, "co_qualname", None)
        if event == "call" and "/test_" in code.co_filename and name and not name.endswith(("<lambda>", ">")):
            record(f"{item.name} {name}")
    sys.setprofile(watch)
    yield
    sys.setprofile(None)
"""
UNITTEST = """
import unittest
from contextlib import asynccontextmanager


def setUpModule(): ...


class Base(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = 1

    def setUp(self):
        self.value = 1
        self.addCleanup(self.clean)

    def clean(self):
        self.value = None

    def tearDown(self):
        self.last = self.value


class TestPlain(Base):
    def test_inherited(self):
        self.assertEqual(self.value, self.shared)

    @unittest.skip("later")
    def test_skipped(self):
        self.nowhere

    @unittest.skipIf(True, "always")
    def test_skipped_if_true(self):
        self.nowhere

    @unittest.expectedFailure
    def test_expected(self):
        self.nowhere

    def test_dead(self):
        self.nowhere

    def test_skips_itself(self):
        self.skipTest("now")
        self.nowhere


class TestChild(Base):
    def setUp(self):
        super().setUp()
        self.more = self.doubled()

    def doubled(self):
        return 2 * self.value

    def test_child(self):
        assert self.more


class TestNoSuper(Base):
    def setUp(self):
        self.mine = 2

    def test_value_of_the_base(self):
        assert self.value


@unittest.skip("whole")
class TestSkippedClass(Base):
    def test_in_skipped_class(self):
        assert self.nowhere


class TestSetupDies(Base):
    def setUp(self):
        super().setUp()
        self.x = self.undefined

    def test_after_dead_setup(self):
        assert self.x


class TestTearDies(unittest.TestCase):
    def test_before_dead_teardown(self): ...

    def tearDown(self):
        self.undefined


class TestCleanupDies(unittest.TestCase):
    def test_before_dead_cleanup(self):
        self.addCleanup(self.clean)

    def clean(self):
        self.undefined


class TestIsolated(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.a = 1

    async def asyncSetUp(self):
        self.b = await self.made()

    async def made(self):
        return self.a

    async def asyncTearDown(self):
        self.c = self.b

    def tearDown(self):
        self.d = self.c

    async def test_awaited(self):
        async with self.managed() as value:
            assert value

    async def test_wrong_with(self):
        with self.managed() as value:
            assert value

    @asynccontextmanager
    async def managed(self):
        yield self.b


class TestUnawaited(unittest.IsolatedAsyncioTestCase):
    async def setUp(self):
        self.a = self.nowhere

    async def test_unawaited_setup(self):
        assert self.a


class TestDeaf(unittest.TestCase):
    async def test_deaf(self):
        assert self.nowhere
"""
PYTEST = """
import pytest


def setup_module(module): ...


def setup_function(function): ...


def teardown_function(function): ...


@pytest.fixture(scope="session")
def world(): ...


@pytest.fixture
def tool(world):
    return 1


@pytest.fixture(autouse=True)
def always():
    yield 1


def test_function(tool): ...


@pytest.mark.skip
def test_skipped_function(tool): ...


@pytest.mark.parametrize("a", [1])
def test_parametrized(a, world): ...


class TestClass:
    @classmethod
    def setup_class(cls):
        cls.shared = 1

    def setup_method(self, method):
        self.value = self.shared

    def teardown_method(self):
        self.value

    @pytest.fixture(autouse=True)
    def prepared(self, tool):
        self.tool = tool

    @pytest.fixture
    def asked(self):
        self.answer = 42

    def test_method(self):
        assert self.value and self.tool

    @pytest.mark.usefixtures("asked")
    def test_asked(self):
        assert self.answer

    def test_unasked(self):
        assert self.answer

    @pytest.mark.skip(reason="not now")
    def test_skipped_method(self):
        assert self.nowhere

    @pytest.mark.skipif(True, reason="always")
    def test_skipped_if(self):
        assert self.nowhere

    @pytest.mark.xfail
    def test_xfail(self):
        assert self.nowhere

    def test_skips(self):
        pytest.skip("now")


class TestAsyncSetup:
    async def setup_method(self):
        self.a = self.nowhere

    def test_needs_setup(self):
        assert self.a

    def test_needs_nothing(self): ...


class TestMisdeclared:
    def setup_method(self, method, other):
        self.a = 1

    def test_misdeclared(self):
        assert self.a


class TestOuter:
    def setup_method(self): ...

    class TestInner:
        def test_inner(self): ...


class TestAll:
    pytestmark = pytest.mark.skip(reason="all")

    def setup_method(self): ...

    def test_one_of_all(self): ...
"""
FILES = {"conftest.py": TRACE, "test_cases.py": UNITTEST, "test_plain.py": PYTEST, "pytest.ini": "[pytest]\n"}
OUTCOMES = {
    "reaches": {"PASSED"},
    "dies": {"FAILED", "ERROR", "XFAIL"},
    "dies_after": {"FAILED", "ERROR"},
    "skipped": {"SKIPPED", ""},
    "leaves": {"SKIPPED", ""},
    "never_runs": {"PASSED"},
}
# these run for several tests, and are seen at one of them
SHARED = ("module setup", "class setup", "class teardown", "module teardown")


# a generator that is made and never begun is no call to the profiler since Python 3.12
UNSEEN = {"test_wrong_with"} if sys.version_info >= (3, 12) else set()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stories")


@pytest.fixture(scope="module")
def observed(folder: Path) -> Observation:
    return run_pytest(folder, FILES)


@pytest.fixture(scope="module")
def stories(folder: Path, observed: Observation) -> dict[str, Any]:
    findings = Findings(Session(Settings(), tuple(rule for rule in RULES if not rule.is_opt_in)))
    return dict(_stories(folder, findings))


def _stories(folder: Path, findings: Findings) -> Iterator[tuple[str, Any]]:
    for path in sorted(folder.glob("test_*.py")):
        teller = Teller(path, findings)
        for each in teller.tests():
            yield each[1].name, story_as_json(teller.tell(*each), teller.module, each[1].name)


def names() -> list[str]:
    return sorted({line.split("(")[0].split()[-1] for line in (UNITTEST + PYTEST).splitlines() if "def test_" in line})


def outcome(observed: Observation, name: str) -> str:
    return next((said for test, said in observed.outcomes.items() if test.split("::")[-1].startswith(name)), "")


@pytest.mark.parametrize("name", names())
def test_the_verdict_is_what_came_of_the_test(name: str, stories: dict[str, Any], observed: Observation) -> None:
    assert outcome(observed, name) in OUTCOMES[stories[name]["verdict"]]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="code objects do not know their qualified name")
# what comes before a call that is known to fail in an inner class is the outer one's affair
@pytest.mark.parametrize("name", [name for name in names() if name not in {"test_inner", *UNSEEN}])
def test_the_calls_are_those_that_were_made(name: str, stories: dict[str, Any], observed: Observation) -> None:
    steps = [step for step in stories[name]["steps"] if step["is_reached"]]
    shared = {step["name"] for step in steps if step["phase"] in SHARED or step["scope"] not in (None, "function")}
    own = (step for step in steps if step["name"] not in shared)
    told = [called for step in own for called in _called(step, stories[name]["death"])]
    lines = dict.fromkeys(observed.of(name) + observed.of(f"{name}[1]"))
    hooks = {"setUpModule", "setup_module", "world", "Base.setUpClass", "TestClass.setup_class"}
    assert [line for line in lines if line not in shared | hooks] == list(dict.fromkeys(told))


def _called(step: Any, death: Any) -> Iterator[str]:
    """The functions that are entered: none if the call itself fails, or nobody awaits what it gives."""
    fails = death is not None and death["code"] == "LSS406" and death in step["findings"]
    if step["runs"] and step["path"] is not None and not fails:
        yield step["name"]
    yield from (each["name"] for each in step["leads_to"] if each["path"] is not None)
