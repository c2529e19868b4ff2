"""Which row holds for a class, and for which program, mode and version."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.config import Settings
from lint_ssot.graph.definitions import Unknown
from lint_ssot.lifecycle.choice import runner_of_functions
from lint_ssot.lifecycle.invocation import Program
from lint_ssot.lifecycle.runners import (
    AIOHTTP,
    AIOUNITTEST,
    ASYNCTEST,
    DJANGO,
    DJANGO_SIMPLE,
    ISOLATED,
    PLAIN,
    SYNCHRONOUS_TRIAL,
    TESTCASE,
    TORNADO,
    TRIAL,
    AsyncTests,
    Runner,
    under_pytest,
)
from tests.lifecycle.analyzed import PYTEST, SETTINGS, UNITTEST, analyzed_test

INI = {"pytest.ini": "[pytest]\n"}


def runner(folder: Path, source: str, settings: Settings) -> Runner | Unknown:
    """The runner of the last class."""
    return analyzed_test(folder, {"test_it.py": source}, settings).collection.test_classes()[-1].runner


def a_class(imports: str, base: str, body: str = "") -> str:
    return f"{imports}\nclass TestIt({base}):\n{body}    def test_it(self): pass\n"


BASES = [
    ("import unittest", "unittest.TestCase", TESTCASE),
    ("from unittest import IsolatedAsyncioTestCase as Base", "Base", ISOLATED),
    ("from django.test import TestCase", "TestCase", DJANGO),
    ("from django.test import SimpleTestCase", "SimpleTestCase", DJANGO_SIMPLE),
    ("from django.test import TransactionTestCase", "TransactionTestCase", DJANGO_SIMPLE),
    ("from django import test", "test.LiveServerTestCase", DJANGO_SIMPLE),
    ("from rest_framework.test import APITestCase", "APITestCase", DJANGO),
    ("from rest_framework.test import APISimpleTestCase", "APISimpleTestCase", DJANGO_SIMPLE),
    ("from twisted.trial import unittest", "unittest.TestCase", TRIAL),
    ("from twisted.trial.unittest import SynchronousTestCase", "SynchronousTestCase", SYNCHRONOUS_TRIAL),
    ("from tornado.testing import AsyncHTTPTestCase", "AsyncHTTPTestCase", TORNADO),
    ("from aiounittest import AsyncTestCase", "AsyncTestCase", AIOUNITTEST),
    ("from aiohttp.test_utils import AioHTTPTestCase", "AioHTTPTestCase", AIOHTTP),
    ("import asynctest", "asynctest.TestCase", ASYNCTEST),
]
each_base = pytest.mark.parametrize(("imports", "base", "row"), BASES, ids=[base for _, base, _ in BASES])


@each_base
def test_unittest_runs_a_class_by_its_row(tmp_path: Path, imports: str, base: str, row: Runner) -> None:
    assert row == runner(tmp_path, a_class(imports, base), UNITTEST)


@each_base
def test_pytest_runs_a_class_by_its_row_and_its_own_hooks(tmp_path: Path, imports: str, base: str, row: Runner) -> None:
    assert under_pytest(row) == runner(tmp_path, a_class(imports, base), PYTEST)


def test_a_class_without_a_testcase_is_pytests(tmp_path: Path) -> None:
    assert PLAIN == runner(tmp_path, a_class("", "object"), PYTEST)


UNKNOWN = {
    "a base that cannot be known": a_class("from somewhere import Base", "Base"),
    "a run of its own": a_class(
        "import unittest", "unittest.TestCase", "    def run(self, result=None): self.test_it()\n"
    ),
    "a caller of its own": a_class(
        "import unittest", "unittest.TestCase", "    def _callSetUp(self): super()._callSetUp()\n"
    ),
    "a caller that a condition decides on": a_class(
        "import os, unittest",
        "unittest.TestCase",
        "    if os.environ.get('X'):\n        def _callSetUp(self): super()._callSetUp()\n",
    ),
}


@pytest.mark.parametrize("source", UNKNOWN.values(), ids=UNKNOWN)
def test_the_runner_is_unknown_with(tmp_path: Path, source: str) -> None:
    assert isinstance(runner(tmp_path, source, PYTEST), Unknown)


def test_a_run_that_hands_on_changes_nothing(tmp_path: Path) -> None:
    body = "    def run(self, result=None):\n        return super().run(result)\n"
    assert TESTCASE == runner(tmp_path, a_class("import unittest", "unittest.TestCase", body), UNITTEST)


CASE = a_class("import unittest", "unittest.TestCase")
PROGRAMS = [
    ("nothing said", {"NOTES.md": "Not a word of pytest's settings."}, SETTINGS, Program.UNITTEST, False),
    ("the module imports pytest", {"test_it.py": "import pytest\n" + CASE}, SETTINGS, Program.PYTEST, True),
    ("the module has test functions", {"test_it.py": CASE + "def test_f(): pass\n"}, SETTINGS, Program.PYTEST, True),
    ("there is a conftest", {"conftest.py": ""}, SETTINGS, Program.PYTEST, True),
    ("pytest is configured", INI, SETTINGS, Program.PYTEST, True),
    ("pytest is required", {"requirements.txt": "pytest\n"}, SETTINGS, Program.PYTEST, True),
    ("the user says unittest", INI, UNITTEST, Program.UNITTEST, True),
    ("the user says pytest", {}, PYTEST, Program.PYTEST, True),
]


@pytest.mark.parametrize(
    ("files", "settings", "program", "is_certain"), [each[1:] for each in PROGRAMS], ids=[each[0] for each in PROGRAMS]
)
def test_the_program_where(
    tmp_path: Path, files: dict[str, str], settings: Settings, program: Program, is_certain: bool
) -> None:
    invocation = analyzed_test(tmp_path, {"test_it.py": CASE, **files}, settings).collection.invocation
    assert (program, is_certain) == (invocation.program, invocation.is_certain)


FUNCTION = "async def test_it(): pass\n"
MODES = [
    ("by default", {}, SETTINGS, AsyncTests.MARKED),
    ("in strict mode", {"pytest.ini": "[pytest]\nasyncio_mode = strict\n"}, SETTINGS, AsyncTests.MARKED),
    ("in auto mode", {"pytest.ini": "[pytest]\nasyncio_mode = auto\n"}, SETTINGS, AsyncTests.AWAITED),
    ("where the user says auto", {}, Settings(asyncio_mode="auto"), AsyncTests.AWAITED),
    ("where anyio takes them all", {"pytest.ini": "[pytest]\nanyio_mode = auto\n"}, SETTINGS, AsyncTests.UNKNOWN),
    ("where trio takes them all", {"pytest.ini": "[pytest]\ntrio_mode = true\n"}, SETTINGS, AsyncTests.UNKNOWN),
    ("where a plug-in runs them all", {"requirements.txt": "pytest-tornasync\n"}, SETTINGS, AsyncTests.UNKNOWN),
    (
        "where a conftest calls them",
        {"conftest.py": "def pytest_pyfunc_call(pyfuncitem): ...\n"},
        SETTINGS,
        AsyncTests.UNKNOWN,
    ),
    (
        "where a plug-in of the project calls them",
        {
            "pyproject.toml": "[project.entry-points.pytest11]\nown = 'own_plugin'\n",
            "own_plugin.py": "def pytest_pyfunc_call(pyfuncitem): ...\n",
        },
        SETTINGS,
        AsyncTests.UNKNOWN,
    ),
    (
        "where a plug-in that a conftest names calls them",
        {
            "conftest.py": "pytest_plugins = ['own_plugin']\n",
            "own_plugin.py": "def pytest_pyfunc_call(pyfuncitem): ...\n",
        },
        SETTINGS,
        AsyncTests.UNKNOWN,
    ),
    (
        "where a conftest marks them",
        {
            "conftest.py": "import pytest\ndef pytest_collection_modifyitems(items):\n"
            "    for item in items:\n        item.add_marker(pytest.mark.asyncio)\n"
        },
        SETTINGS,
        AsyncTests.UNKNOWN,
    ),
    (
        "where a conftest marks others",
        {
            "conftest.py": "import pytest\ndef pytest_collection_modifyitems(items):\n"
            "    for item in items:\n        item.add_marker(pytest.mark.slow)\n"
        },
        SETTINGS,
        AsyncTests.MARKED,
    ),
]


@pytest.mark.parametrize(("files", "settings", "fate"), [each[1:] for each in MODES], ids=[each[0] for each in MODES])
def test_async_tests_are(tmp_path: Path, files: dict[str, str], settings: Settings, fate: AsyncTests) -> None:
    invocation = analyzed_test(tmp_path, {**files, "test_it.py": FUNCTION}, settings).collection.invocation
    assert fate is runner_of_functions(invocation).async_tests


@pytest.mark.parametrize(("oldest", "is_hook"), [("7", True), ("8", False), ("", False)])
def test_nose_setup_is_a_hook_if_an_old_pytest_may_run_it(tmp_path: Path, oldest: str, is_hook: bool) -> None:
    files = {"requirements.txt": f"pytest>={oldest}\n" if oldest else "pytest\n", "test_it.py": a_class("", "object")}
    (found,) = analyzed_test(tmp_path, files).collection.test_classes()
    assert isinstance(found.runner, Runner)
    assert is_hook == (found.runner.hook("setup") is not None)


def test_extra_hooks_come_last_in_the_phase_that_their_name_tells(tmp_path: Path) -> None:
    extra = ("async_setup", "tear_down_class_things", "async_teardown")
    found = runner(tmp_path, a_class("", "object"), Settings(runner="pytest", extra_hooks=extra))
    assert isinstance(found, Runner)
    names = tuple(hook.name for hook in found.hooks)
    assert ("setup_method", "async_setup", "teardown_method", "async_teardown") == names[3:7]
    assert ("teardown_class", "tear_down_class_things") == names[7:9]
    assert set(extra) == {hook.name for hook in found.hooks if hook.is_awaited}
