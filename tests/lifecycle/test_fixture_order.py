"""The plan of a test is what pytest does before it: each scenario is planned, and run for real."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.fixtures.plans import Fixtures, Plan, is_fixture_decorated
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.runners import Hook, Receiver
from tests.lifecycle.analyzed import analyzed
from tests.lifecycle.observed import Observation, run_pytest

HEAD = """
import unittest
from unittest import mock
import pytest
import pytest_asyncio
from record import record
def say(line): record("{scenario} " + line)
"""
ROOT_CONFTEST = """
from pathlib import Path
import pytest
from record import record

@pytest.fixture
def everywhere(request):
    record(request.node.path.relative_to(Path(__file__).parent).parts[0] + " everywhere")
"""
# the mode that runs every async fixture
PYTEST_INI = "[pytest]\nusefixtures = everywhere\nasyncio_mode = auto\n"


def autouse(name: str, scope: str = "function", parameters: str = "") -> str:
    return f"@pytest.fixture(autouse=True, scope='{scope}')\ndef {name}({parameters}): say('{name}')\n"


def fixture(name: str, scope: str = "function", parameters: str = "") -> str:
    return f"@pytest.fixture(scope='{scope}')\ndef {name}({parameters}): say('{name}')\n"


def method(name: str, *, decorator: str = "@pytest.fixture(autouse=True)", parameters: str = "self") -> str:
    return f"    {decorator}\n    def {name}({parameters}): say('{name}')\n"


def the_test(parameters: str = "self", decorator: str = "") -> str:
    return f"    {decorator}\n    def test_it({parameters}): say('test_it')\n"


EVERY_SCOPE = "".join(autouse(f"{{place}}_{scope}", scope) for scope in ("function", "class", "module", "session"))
MODULE_HOOKS = "".join(f"def {name}(_): say('{name}')\n" for name in ("setup_module", "setup_function"))
CLASS_HOOKS = method("setup_class", decorator="@classmethod", parameters="cls") + method(
    "setup_method", decorator="", parameters="self, method"
)
CASE_HOOKS = (
    method("setUpClass", decorator="@classmethod", parameters="cls")
    + method("setUp", decorator="")
    + "    async def asyncSetUp(self): say('asyncSetUp')\n"
)
CLASS_FIXTURES = (
    method("zzz")
    + method("aaa")
    + method("class_wide", decorator="@pytest.fixture(autouse=True, scope='class')\n    @classmethod", parameters="cls")
    + method("asked", decorator="@pytest.fixture")
)
CONFTEST = EVERY_SCOPE.format(place="conftest") + fixture("wanted") + fixture("wide", "module") + fixture("used")
MODULE = EVERY_SCOPE.format(place="module") + MODULE_HOOKS
WANTING = "self, wanted, asked, wide"

Files = dict[str, str]
SCENARIOS: dict[str, Files] = {
    "plain_class": {
        "conftest.py": CONFTEST,
        "test.py": f"{MODULE}@pytest.mark.usefixtures('used')\n"
        f"class TestIt:\n{CLASS_HOOKS}{CLASS_FIXTURES}{the_test(WANTING)}",
    },
    "test_case": {
        "conftest.py": CONFTEST,
        "test.py": f"{MODULE}@pytest.mark.usefixtures('used', 'wide')\n"
        f"class TestIt(unittest.TestCase):\n{CLASS_HOOKS}{CASE_HOOKS}{CLASS_FIXTURES}{the_test()}",
    },
    "isolated": {
        "conftest.py": CONFTEST,
        "test.py": f"{MODULE}class TestIt(unittest.IsolatedAsyncioTestCase):\n"
        f"{CLASS_HOOKS}{CASE_HOOKS}{CLASS_FIXTURES}{the_test()}",
    },
    "function": {
        "conftest.py": CONFTEST,
        "test.py": f"{MODULE}@pytest.mark.usefixtures('used')\ndef test_it(wanted, wide): say('test_it')\n",
    },
    "nested_conftests": {
        "conftest.py": autouse("outer") + fixture("both") + autouse("replaced"),
        "sub/conftest.py": autouse("inner")
        + fixture("both", parameters="both").replace("say('both')", "say('both again')"),
        "sub/test.py": f"class TestIt:\n{method('replaced')}{the_test('self, both')}",
    },
    "inherited": {
        "test.py": f"class Base:\n{method('other')}{method('prep')}{method('hidden')}"
        f"class TestIt(Base):\n{method('zchild')}{method('achild')}{method('prep')}"
        f"{method('hidden', decorator='')}{the_test()}",
    },
    "dependencies": {
        "test.py": f"class TestIt:\n{method('first', parameters='self, last')}{method('last')}"
        f"{method('needed', decorator='@pytest.fixture', parameters='self, base')}"
        f"{method('base', decorator='@pytest.fixture')}{the_test('self, needed')}",
    },
    "own_name": {
        "conftest.py": fixture("db") + fixture("extra"),
        "test.py": fixture("db", parameters="db, extra").replace("say('db')", "say('db again')")
        + "@pytest.fixture(name='renamed')\ndef something(): say('something')\n"
        + f"class TestIt:\n{the_test('self, db, renamed')}",
    },
    "imports": {
        "own_plugin.py": fixture("from_plugin"),
        "own_star_fixtures.py": autouse("from_star") + autouse("_private"),
        "own_named_fixtures.py": autouse("from_name") + fixture("lazily"),
        "imports_things.py": fixture("quietly"),
        "conftest.py": "from own_star_fixtures import *\n",
        "test.py": "pytest_plugins = ['own_plugin']\nfrom own_named_fixtures import from_name, lazily\n"
        "from imports_things import quietly as renamed\n"
        f"class TestIt:\n{the_test('self, lazily, renamed, from_plugin')}",
    },
    "marks": {
        "conftest.py": "".join(fixture(name) for name in ("on_module", "on_class", "in_body", "on_test", "on_base")),
        "test.py": "pytestmark = [pytest.mark.usefixtures('on_module')]\nuses = pytest.mark.usefixtures('on_test')\n"
        f"@pytest.mark.usefixtures('on_base')\nclass Base: pass\n"
        "@pytest.mark.usefixtures('on_class')\nclass TestIt(Base):\n"
        f"    pytestmark = pytest.mark.usefixtures('in_body')\n{the_test(decorator='@uses')}",
    },
    "parametrized": {
        "conftest.py": fixture("direct") + fixture("indirect") + fixture("named") + fixture("plain"),
        "test.py": "class TestIt:\n"
        + the_test(
            "self, direct, indirect, named, plain",
            "@pytest.mark.parametrize('direct, indirect', [(1, 2)], indirect=['indirect'])\n"
            "    @pytest.mark.parametrize(['named'], [(1,)], indirect=True)",
        ),
    },
    "mocks": {
        "conftest.py": fixture("first") + fixture("second") + fixture("given"),
        "test.py": "class TestIt:\n"
        + the_test(
            "self, first, second, given",
            "@mock.patch('os.sep')\n    @mock.patch.object(mock, 'Mock', None)\n    @mock.patch('os.name', 'x')",
        ),
    },
    "dynamic": {
        "conftest.py": fixture("early") + fixture("late"),
        "test.py": "class TestIt:\n    @pytest.fixture(autouse=True)\n    def asks(self, request):\n"
        f"        request.getfixturevalue('early')\n        say('asks')\n{the_test()}",
    },
    "named_as_hooks": {
        "test.py": f"class TestIt:\n{method('setup')}{method('setup_method')}{method('setup_class')}{the_test()}",
    },
    "aliases": {
        "conftest.py": "from functools import partial\nunasked = partial(pytest.fixture, autouse=True)\n"
        "module_wide = pytest.fixture(scope='module', autouse=True)\n"
        "@unasked()\ndef by_partial(): say('by_partial')\n@module_wide\ndef wide(): say('wide')\n",
        "test.py": f"class TestIt:\n{the_test()}",
    },
    "asynchronous": {
        "conftest.py": "@pytest_asyncio.fixture(autouse=True)\nasync def awaited(): say('awaited')\n",
        "test.py": "class TestIt:\n    @pytest.fixture(autouse=True)\n"
        "    async def prepare(self):\n        say('prepare')\n        yield\n"
        f"{CLASS_HOOKS}{the_test()}",
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fixtures")


@pytest.fixture(scope="module")
def run(folder: Path) -> Observation:
    return run_pytest(folder, project_files())


@pytest.fixture(scope="module")
def linted(folder: Path, run: Observation) -> dict[Path, LintedModule]:
    return analyzed(folder)


def project_files() -> Files:
    """Every scenario in a folder of its own, its test module named for it."""
    files = {"pytest.ini": PYTEST_INI, "conftest.py": ROOT_CONFTEST}
    for scenario, scenario_files in SCENARIOS.items():
        for name, text in scenario_files.items():
            place = Path(scenario, name)
            place = place.with_name(f"test_{scenario}.py") if place.name == "test.py" else place
            files[place.as_posix()] = HEAD.format(scenario=scenario) + text
    return files


def plan_of(module: LintedModule) -> tuple[TestClass | None, TestMethod, Plan]:
    """The one test of a module, and its plan."""
    fixtures = Fixtures(module.classes, module.settings, module.project)
    for test_class in module.collection.test_classes():
        return test_class, test_class.tests[0], fixtures.plan(test_class, test_class.tests[0])
    (function,) = module.collection.test_functions()
    return None, function, fixtures.plan(None, function)


def planned(module: LintedModule) -> list[str]:
    """The names of what the plan runs, hooks only if they are there."""
    test_class, _, plan = plan_of(module)
    return [
        step.function.node.name if not isinstance(step, Hook) else step.name
        for step in plan.steps
        if not isinstance(step, Hook) or is_there(step, test_class, module)
    ]


def is_there(hook: Hook, test_class: TestClass | None, module: LintedModule) -> bool:
    if hook.receiver is Receiver.MODULE:
        return f"def {hook.name}(" in (module.module.path or Path()).read_text()
    member = test_class.hierarchy.find(hook.name) if test_class is not None else None
    if not isinstance(member, FunctionDefinition) or member.module is not module.module:
        return False
    return not (hook.skips_fixtures and is_fixture_decorated(member))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_plan_is_what_pytest_does(scenario: str, run: Observation, linted: dict[Path, LintedModule]) -> None:
    (path,) = (each for each in linted if each.parts[0] == scenario and each.name.startswith("test_"))
    really = [line.removesuffix(" again") for line in run.of(scenario)]
    assert really == [*planned(linted[path]), "test_it"]
