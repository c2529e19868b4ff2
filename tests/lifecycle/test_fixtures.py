"""Which names a plan cannot know, and which async fixtures nobody runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.config import Settings
from lint_ssot.lifecycle.collecting.collection import TestMethod
from lint_ssot.lifecycle.fixtures.plans import Fixtures, Handling, Plan
from lint_ssot.lifecycle.module import LintedModule
from tests.lifecycle.analyzed import PYTEST, analyzed_test
from tests.lifecycle.observed import run_pytest

HEAD = "import unittest\nimport pytest\nimport pytest_asyncio\nfrom hypothesis import given\n"


def plan_of_first_test(module: LintedModule) -> tuple[Fixtures, TestMethod, Plan]:
    fixtures = Fixtures(module.classes, module.settings, module.project)
    for test_class in module.collection.test_classes():
        return fixtures, test_class.tests[0], fixtures.plan(test_class, test_class.tests[0])
    test = module.collection.test_functions()[0]
    return fixtures, test, fixtures.plan(None, test)


def plan_of(folder: Path, source: str, conftest: str = "") -> Plan:
    files = {"test_it.py": HEAD + source, "conftest.py": HEAD + conftest}
    return plan_of_first_test(analyzed_test(folder, files, PYTEST))[2]


KNOWN = {
    "pytest's own": "def test_it(request, tmp_path, monkeypatch): pass\n",
    "a plug-in's": "def test_it(mocker, httpx_mock, event_loop, anyio_backend): pass\n",
    "a parameter": "@pytest.mark.parametrize('a, b', [(1, 2)])\ndef test_it(a, b, c=1): pass\n",
    "what hypothesis gives": "@given(b=1)\ndef test_it(b): pass\n",
    "what hypothesis gives by position": "@given(1, 2)\ndef test_it(a, b): pass\n",
    "a static method's": "class TestIt:\n    @staticmethod\n    def test_it(tmp_path): pass\n",
    "the arguments of a testcase": "class TestIt(unittest.TestCase):\n    def test_it(self, nobody): pass\n",
    "a foreign decorator of a helper": "import company\n@company.retry\ndef helper(): pass\ndef test_it(): pass\n",
    "a decorator of the project": "def noted(f): return f\n@noted\ndef helper(): pass\ndef test_it(): pass\n",
    "harmless plug-ins": "pytest_plugins = ['pytest_mock', 'pytester']\ndef test_it(): pass\n",
}


@pytest.mark.parametrize("source", KNOWN.values(), ids=KNOWN)
def test_nothing_is_unknown_about(tmp_path: Path, source: str) -> None:
    assert () == plan_of(tmp_path, source).unknown


OWN_PLUGIN = {
    "pyproject.toml": "[project.entry-points.pytest11]\nown = 'own_plugin'\n",
    "own_plugin.py": "import pytest\n@pytest.fixture\ndef planted(): pass\n",
}


def test_a_project_that_is_a_plug_in_of_pytest_knows_its_fixtures(tmp_path: Path) -> None:
    files = {**OWN_PLUGIN, "test_it.py": "def test_it(planted): pass\n"}
    plan = plan_of_first_test(analyzed_test(tmp_path, files, PYTEST))[2]
    assert (["planted"], ()) == ([fixture.name for fixture in plan.fixtures], plan.unknown)


UNKNOWN = {
    "a fixture from nowhere": ("def test_it(nobody): pass\n", "nobody"),
    "one that a mark uses": ("@pytest.mark.usefixtures('nobody')\ndef test_it(): pass\n", "nobody"),
    "one that a testcase uses": (
        "@pytest.mark.usefixtures('nobody')\nclass TestIt(unittest.TestCase):\n    def test_it(self): pass\n",
        "nobody",
    ),
    "one that a fixture asks for": ("@pytest.fixture\ndef a(nobody): pass\ndef test_it(a): pass\n", "nobody"),
    "one asked for by a computed name": ("def test_it(request): request.getfixturevalue(name)\n", "getfixturevalue"),
    "a foreign plug-in": ("pytest_plugins = ['company.plugin']\ndef test_it(): pass\n", "company.plugin"),
    "a computed plug-in": ("pytest_plugins = make()\ndef test_it(): pass\n", "pytest_plugins"),
    "a method that a foreign decorator may make a fixture": (
        "from company import autouse_fixture\nclass TestIt:\n    @autouse_fixture\n    def prepare(self): pass\n"
        "    def test_it(self): pass\n",
        "prepare",
    ),
    "a function that a decorator of the project makes a fixture": (
        "def prepared(function): return pytest.fixture(autouse=True)(function)\n@prepared\ndef prepare(): pass\n"
        "def test_it(): pass\n",
        "prepare",
    ),
    "the fixtures around an inner class": (
        "class TestOuter:\n    def setup_method(self): pass\n    class TestInner:\n        def test_it(self): pass\n",
        "TestOuter",
    ),
}


@pytest.mark.parametrize(("source", "name"), UNKNOWN.values(), ids=UNKNOWN)
def test_it_is_told_that_unknown_is(tmp_path: Path, source: str, name: str) -> None:
    assert (name,) == plan_of(tmp_path, source).unknown


def test_the_conftest_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "def test_it(): pass\n", "def broken(:\n")
    assert (str(tmp_path / "conftest.py"),) == plan.unknown


PLAIN_FIXTURE = "@pytest.fixture\nasync def it(): return 1\n"
ASYNC_FIXTURE = "@pytest_asyncio.fixture\nasync def it(): return 1\n"
SYNC_TEST = "def test_it(it): assert it == 1\n"
MARKED = "@pytest.mark.asyncio\nasync def test_it(it): assert it == 1\n"
ANYIO = "@pytest.mark.anyio\nasync def test_it(it): assert it == 1\n"
HANDLINGS = [
    ("strict", PLAIN_FIXTURE + SYNC_TEST, Handling.UNHANDLED),
    ("strict", PLAIN_FIXTURE + MARKED, Handling.UNHANDLED),
    ("strict", PLAIN_FIXTURE + ANYIO, Handling.HANDLED),
    ("strict", ASYNC_FIXTURE + SYNC_TEST, Handling.HANDLED),
    ("strict", ASYNC_FIXTURE + MARKED, Handling.HANDLED),
    ("strict", PLAIN_FIXTURE.replace("return", "yield") + MARKED, Handling.UNHANDLED),
    ("strict", PLAIN_FIXTURE.replace("async ", "") + SYNC_TEST, Handling.HANDLED),
    ("auto", PLAIN_FIXTURE + SYNC_TEST, Handling.HANDLED),
    ("auto", PLAIN_FIXTURE + MARKED, Handling.HANDLED),
]
each_handling = pytest.mark.parametrize(("mode", "source", "handling"), HANDLINGS)


@each_handling
def test_an_async_fixture_is(tmp_path: Path, mode: str, source: str, handling: Handling) -> None:
    module = analyzed_test(tmp_path, {"test_it.py": HEAD + source}, Settings(runner="pytest", asyncio_mode=mode))
    fixtures, test, plan = plan_of_first_test(module)
    assert handling is fixtures.handling(plan.fixtures[0], test)


def test_an_async_fixture_is_left_alone_where_nobody_tells_the_mode(tmp_path: Path) -> None:
    module = analyzed_test(tmp_path, {"test_it.py": HEAD + PLAIN_FIXTURE + MARKED}, PYTEST)
    fixtures, test, plan = plan_of_first_test(module)
    assert Handling.UNKNOWN is fixtures.handling(plan.fixtures[0], test)


@pytest.mark.parametrize("mode", ["strict", "auto"])
def test_pytest_handles_async_fixtures_as_told(tmp_path: Path, mode: str) -> None:
    rows = [(source, handling) for each, source, handling in HANDLINGS if each == mode]
    files = {f"test_{index}.py": HEAD + source for index, (source, _) in enumerate(rows)}
    observed = run_pytest(tmp_path, {**files, "pytest.ini": "[pytest]\n"}, [f"--asyncio-mode={mode}", "-k", "not trio"])
    really = [
        Handling.HANDLED if f"test_{index}.py::test_it" in passed(observed.outcomes) else Handling.UNHANDLED
        for index in range(len(rows))
    ]
    assert [handling for _, handling in rows] == really


def passed(outcomes: object) -> set[str]:
    """The tests that passed, without their parameters."""
    assert isinstance(outcomes, dict)
    return {name.partition("[")[0] for name, outcome in outcomes.items() if outcome == "PASSED"}
