"""What is collected is what pytest and unittest collect: both are asked about the same project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.graph.definitions import Unknown
from lint_ssot.graph.projects.project import find_project
from lint_ssot.lifecycle.collecting.collectable import Obstacle
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.collecting.files import is_test_file
from lint_ssot.lifecycle.module import LintedModule
from tests.lifecycle.analyzed import PYTEST, UNITTEST, analyzed, analyzed_test
from tests.projects import write_project

PYTEST_INI = "[pytest]\npython_classes = Test *Suite\npython_functions = test check_*\n"

NAMES = """
import unittest

class TestPlain:
    def test_a(self): pass
    def testb(self): pass
    def check_c(self): pass
    def helper(self): pass
class TestsAlso:
    def test_a(self): pass
class MyTests:
    def test_a(self): pass
class FastSuite:
    def test_a(self): pass
class _Private(unittest.TestCase):
    def test_a(self): pass
    def check_b(self): pass
class AnyName(unittest.TestCase):
    def testa(self): pass
class TestEmpty:
    pass
def test_function(): pass
def check_function(): pass
def helper(): pass
"""

SWITCHES = """
import unittest
class CaseOff(unittest.TestCase):
    __test__ = False
    def test_a(self): pass
class TestOff:
    __test__ = False
    def test_a(self): pass
class TestStillOff(TestOff):
    def test_b(self): pass
class TestOnAgain(TestOff):
    __test__ = True
    def test_b(self): pass
class Chosen:
    __test__ = True
    def test_a(self): pass
class TestSwitchedBelow:
    def test_a(self): pass
TestSwitchedBelow.__test__ = False
def test_off(): pass
test_off.__test__ = False
"""

OBSTACLES = """
import abc
import dataclasses
import enum
import typing

class TestInit:
    def __init__(self): pass
    def test_a(self): pass
class TestInitInherited(TestInit):
    def test_b(self): pass
class TestNew:
    def __new__(cls): return object.__new__(cls)
    def test_a(self): pass
@dataclasses.dataclass
class TestData:
    x: int = 0
    def test_a(self): pass
class TestKind(enum.Enum):
    A = 1
    def test_a(self): pass
class TestError(Exception):
    def test_a(self): pass
class TestPair(typing.NamedTuple):
    a: int = 0
    def test_a(self): pass
class TestAbstract(abc.ABC):
    @abc.abstractmethod
    def make(self): ...
    def test_a(self): pass
class TestConcrete(TestAbstract):
    def make(self): return 1
class TestNotEnforced:
    @abc.abstractmethod
    def make(self): ...
    def test_a(self): pass
"""

PLACES = """
import sys
import unittest

if sys.version_info >= (3, 8):
    class TestUnderIf:
        def test_a(self): pass
try:
    class TestUnderTry:
        def test_a(self): pass
except ImportError:
    pass

def make():
    class TestInFunction:
        def test_a(self): pass

class TestOuter:
    def test_a(self): pass
    class TestInner:
        def test_b(self): pass
        class TestInnermost:
            def test_c(self): pass
    class Helper:
        def test_d(self): pass
    class InnerCase(unittest.TestCase):
        def test_e(self): pass
class OuterCase(unittest.TestCase):
    def test_a(self): pass
    class TestInner:
        def test_b(self): pass
    class InnerCase(unittest.TestCase):
        def test_c(self): pass
class Namespace:
    class TestHidden:
        def test_a(self): pass
class TestTwice:
    def test_first(self): pass
class TestTwice:
    def test_second(self): pass
class TestDeleted(unittest.TestCase):
    def test_a(self): pass
del TestDeleted
"""

METHODS = """
import functools
import unittest
import pytest

class Base:
    test_value = 1
    def test_inherited(self): pass
    def test_overridden(self): pass
    def test_hidden(self): pass
class TestMethods(Base):
    test_hidden = None
    def test_overridden(self): pass
    @property
    def test_property(self): return 1
    @staticmethod
    def test_static(): pass
    @classmethod
    def test_class(cls): pass
    def test_original(self): pass
    test_alias = test_original
    async def test_async(self): pass
    def test_removed(self): pass
    del test_removed
    @pytest.fixture
    def test_fixture(self): pass
    class test_nested: pass
class TestInheritedOnly(Base):
    pass
class CaseBase(unittest.TestCase):
    def test_inherited(self): pass
class Case(CaseBase):
    def test_own(self): pass
class Single(unittest.TestCase):
    def runTest(self): pass
class NotSingle(CaseBase):
    def runTest(self): pass
"""

IMPORTING = """
from test_methods import Base, CaseBase
from unittest import TestCase

class TestFromElsewhere(Base):
    def test_own(self): pass
class FromElsewhere(CaseBase):
    pass
"""

FILES = {
    "test_names.py": NAMES,
    "test_switches.py": SWITCHES,
    "test_obstacles.py": OBSTACLES,
    "test_places.py": PLACES,
    "test_methods.py": METHODS,
    "test_importing.py": IMPORTING,
    "no_tests.py": "def test_a(): pass\n",
    "test_skipped.py": "import pytest\npytest.skip('x', allow_module_level=True)\ndef test_a(): pass\n",
    "test_raising.py": "import unittest\nraise unittest.SkipTest('x')\n"
    "class A(unittest.TestCase):\n    def test_a(self): pass\n",
    "ignored/conftest.py": "collect_ignore = ['test_ignored.py']\ncollect_ignore_glob = ['sub/*']\n",
    "ignored/test_ignored.py": "def test_a(): pass\n",
    "ignored/test_taken.py": "def test_a(): pass\n",
    "ignored/sub/test_deep.py": "def test_a(): pass\n",
    "of_old/conftest.py": "import sys\nif sys.version_info < (3, 8):\n    collect_ignore_glob = ['*']\n"
    "elif sys.version_info >= (3, 3):\n    collect_ignore = ['test_gone.py']\n",
    "of_old/test_gone.py": "def test_a(): pass\n",
    "of_old/test_taken_today.py": "def test_a(): pass\n",
    "by_name/conftest.py": "NEEDS = ['test_by_name_left.py']\nMORE = ('test_by_name_gone.py',)\ncollect_ignore = []\n"
    "if NEEDS:\n    collect_ignore += NEEDS\nfor name in MORE:\n    collect_ignore.append(name)\n",
    "by_name/test_by_name_left.py": "def test_a(): pass\n",
    "by_name/test_by_name_gone.py": "def test_a(): pass\n",
    "by_name/test_by_name_taken.py": "def test_a(): pass\n",
}
# What a module has imported is collected there once more; we judge a class where it is defined.
COLLECTED_AGAIN = re.compile(r"test_importing\.py::CaseBase::")


def ids(modules: dict[Path, LintedModule]) -> set[str]:
    """The tests of all modules, named as pytest names them."""
    found: set[str] = set()
    for path, module in modules.items():
        for test_class in module.collection.test_classes():
            place = "::".join((path.as_posix(), *test_class.definition.node.qualname.split(".")))
            found |= {f"{place}::{test.name}" for test in test_class.tests}
        found |= {f"{path.as_posix()}::{test.name}" for test in module.collection.test_functions()}
    return found


def test_what_is_collected_is_what_pytest_collects(tmp_path: Path) -> None:
    write_project(tmp_path, {"pytest.ini": PYTEST_INI, **FILES})
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-W", "ignore", "--collect-only", "-q"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    really = {line for line in done.stdout.splitlines() if "::" in line and not COLLECTED_AGAIN.match(line)}
    assert really == ids(analyzed(tmp_path))


UNITTEST_FILES = ("test_switches.py", "test_places.py", "test_methods.py", "test_importing.py", "test_raising.py")
LIST_TESTS = """
import unittest

def names(suite):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from names(each)
        else:
            yield each.id()

print(*names(unittest.defaultTestLoader.discover(".")), sep="\\n")
"""


def test_what_is_collected_is_what_unittest_collects(tmp_path: Path) -> None:
    files = {name: FILES[name] for name in UNITTEST_FILES}
    write_project(tmp_path, files)
    command = [sys.executable, "-c", LIST_TESTS]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    really = {
        line.replace(".", ".py::", 1).replace(".", "::").replace("::py::", ".py::")
        for line in done.stdout.splitlines()
        if line.startswith("test_") and ".CaseBase." not in line.replace("test_methods.CaseBase.", "")
    }
    assert really == ids(analyzed(tmp_path, UNITTEST))


def linted(folder: Path, source: str) -> LintedModule:
    return analyzed_test(folder, {"test_it.py": source}, PYTEST)


CASE = "import unittest\nclass TestIt(unittest.TestCase):\n"
TEST = "    def test_a(self): pass\n"
IN_THE_WAY = {
    "an own __init__": ("class TestIt:\n    def __init__(self): pass\n" + TEST, Obstacle.INIT),
    "an inherited __init__": (
        "class Base:\n    def __init__(self): pass\nclass TestIt(Base):\n" + TEST,
        Obstacle.INIT,
    ),
    "an inherited test": (
        "class Base:\n" + TEST + "class TestIt(Base):\n    def __init__(self): pass\n",
        Obstacle.INIT,
    ),
    "a __new__": ("class TestIt:\n    def __new__(cls): return object.__new__(cls)\n" + TEST, Obstacle.NEW),
    "a dataclass": (
        "import dataclasses\n@dataclasses.dataclass\nclass TestIt:\n    x: int = 0\n" + TEST,
        Obstacle.INIT,
    ),
    "a testcase's __init__": (
        CASE + "    def __init__(self):\n        super().__init__()\n" + TEST,
        Obstacle.INIT_WITHOUT_METHOD_NAME,
    ),
}


@pytest.mark.parametrize(("source", "obstacle"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_a_class_is_not_collected_for(tmp_path: Path, source: str, obstacle: Obstacle) -> None:
    collection = linted(tmp_path, source).collection
    assert [("TestIt", obstacle)] == [(it.node.name, why.obstacle) for it, why in collection.uncollected()]
    assert [] == [each for each in collection.test_classes() if each.definition.node.name == "TestIt"]


NOT_IN_THE_WAY = {
    "an __init__ without tests": "class TestIt:\n    def __init__(self): pass\n    def helper(self): pass\n",
    "a name that is no test's": "class Helper:\n    def __init__(self): pass\n" + TEST,
    "a class that is switched off": "class TestIt:\n    __test__ = False\n    def __init__(self): pass\n" + TEST,
    "an exception": "class TestError(Exception):\n    def __init__(self): pass\n" + TEST,
    "a testcase's __init__ with a name": CASE + "    def __init__(self, methodName='runTest'): pass\n" + TEST,
    "a testcase's __init__ with anything": CASE + "    def __init__(self, *args, **kwargs): pass\n" + TEST,
    "a base that is not known": "from somewhere import Base\nclass TestIt(Base):\n    def __init__(self): pass\n"
    + TEST,
}


@pytest.mark.parametrize("source", NOT_IN_THE_WAY.values(), ids=NOT_IN_THE_WAY)
def test_nobody_need_know_of(tmp_path: Path, source: str) -> None:
    assert () == linted(tmp_path, source).collection.uncollected()


def one_class(module: LintedModule) -> TestClass:
    (found,) = module.collection.test_classes()
    return found


MARKS = "import sys, unittest, pytest\n"
CONDITIONAL = {
    "a skipped test": "class TestIt:\n    @unittest.skip('x')\n" + TEST,
    "a test skipped somewhere": "class TestIt:\n    @unittest.skipUnless(sys.argv, 'x')\n" + TEST,
    "a mark": "class TestIt:\n    @pytest.mark.skipif(sys.argv, reason='x')\n" + TEST,
    "an expected failure": "class TestIt:\n    @pytest.mark.xfail\n" + TEST,
    "an alias": "slow = pytest.mark.skipif(sys.argv, reason='x')\nclass TestIt:\n    @slow\n" + TEST,
    "a mark of the project that says so": "class TestIt:\n    @pytest.mark.requires_db\n" + TEST,
    "a decorator that is not known": "from somewhere import requires_db\nclass TestIt:\n    @requires_db\n" + TEST,
    "a class": "@pytest.mark.skip\nclass TestIt:\n" + TEST,
    "a base": "@pytest.mark.skip\nclass Base: pass\nclass TestIt(Base):\n" + TEST,
    "a class's pytestmark": "class TestIt:\n    pytestmark = [pytest.mark.slow, pytest.mark.skip]\n" + TEST,
    "a module's pytestmark": "pytestmark = pytest.mark.skipif(True, reason='x')\nclass TestIt:\n" + TEST,
    "a module's list": "marks = [pytest.mark.skip]\npytestmark = marks\nclass TestIt:\n" + TEST,
}


@pytest.mark.parametrize("source", CONDITIONAL.values(), ids=CONDITIONAL)
def test_a_test_may_not_run_for(tmp_path: Path, source: str) -> None:
    assert one_class(linted(tmp_path, MARKS + source)).tests[0].is_conditional


UNCONDITIONAL = {
    "nothing": "class TestIt:\n" + TEST,
    "a mark of the project": "class TestIt:\n    @pytest.mark.slow\n" + TEST,
    "parameters": "class TestIt:\n    @pytest.mark.parametrize('a', [1])\n    def test_a(self, a): pass\n",
    "a fixture": "@pytest.mark.usefixtures('db')\nclass TestIt:\n" + TEST,
    "a patch": "from unittest.mock import patch\nclass TestIt:\n    @patch('a.b')\n" + TEST,
    "a static method": "class TestIt:\n    @staticmethod\n    def test_a(): pass\n",
    "an import or skip": "pytest.importorskip('numpy')\nclass TestIt:\n" + TEST,
}


@pytest.mark.parametrize("source", UNCONDITIONAL.values(), ids=UNCONDITIONAL)
def test_a_test_runs_with(tmp_path: Path, source: str) -> None:
    assert not one_class(linted(tmp_path, MARKS + source)).tests[0].is_conditional


def test_marks_of_module_class_and_test_add_up(tmp_path: Path) -> None:
    source = "pytestmark = pytest.mark.one\n@pytest.mark.two\nclass TestIt:\n    @pytest.mark.three(1)\n"
    assert {"one", "two", "three"} == one_class(linted(tmp_path, MARKS + source + TEST)).tests[0].marks


DECIDING = {
    "a suite of its own": "def load_tests(loader, tests, pattern): return loader.suiteClass()\n",
    "a choice": "def load_tests(loader, tests, pattern):\n    return chosen(tests)\n",
    "one that may be changed": "def load_tests(loader, tests, pattern):\n    multiply(tests)\n    return tests\n",
    "one that is replaced": "def load_tests(loader, tests, pattern):\n    tests = []\n    return tests\n",
    "nothing": "def load_tests(loader, tests, pattern):\n    tests.addTest(extra)\n",
    "a function from elsewhere": "from scenarios import load_tests\n",
    "a value": "load_tests = scenarios.load_tests\n",
}
SCENARIOS = [
    ("", "unittest"),
    ("    scenarios = [('sqlite', {'engine': 'sqlite'})]\n", "its `scenarios` give it attributes"),
    ("    def multiply(cls): cls.scenarios = []\n", "its `scenarios` give it attributes"),
]


@pytest.mark.parametrize("source", DECIDING.values(), ids=DECIDING)
def test_load_tests_leaves_it_to_the_module_what_unittest_runs(tmp_path: Path, source: str) -> None:
    assert () == analyzed_test(tmp_path, {"test_it.py": CASE + TEST + source}, UNITTEST).collection.test_classes()


@pytest.mark.parametrize(("scenarios", "runner"), SCENARIOS)
def test_scenarios_may_give_a_class_any_attribute(tmp_path: Path, scenarios: str, runner: str) -> None:
    source = CASE + scenarios + TEST + "load_tests = testscenarios.load_tests_apply_scenarios\n"
    (found,) = analyzed_test(tmp_path, {"test_it.py": source}, UNITTEST).collection.test_classes()
    assert runner == (found.runner.why if isinstance(found.runner, Unknown) else found.runner.name)


def test_load_tests_that_only_adds_leaves_the_tests_of_the_module_in(tmp_path: Path) -> None:
    load = "def load_tests(loader, tests, ignore):\n    tests.addTests(doctest.DocTestSuite())\n    return tests\n"
    assert ["TestIt"] == [
        each.definition.node.name
        for each in analyzed_test(tmp_path, {"test_it.py": CASE + TEST + load}, UNITTEST).collection.test_classes()
    ]


NOTHING_SAID = {"NOTES.md": "Not a word of pytest's settings."}
FILES_BY_NAME = [
    ("test_a.py", "", True),
    ("a_test.py", "", True),
    ("testa.py", "", True),
    ("tests.py", "", True),
    ("a.py", "", False),
    ("conftest.py", "", False),
    ("testa.py", "[pytest]\n", False),
    ("test_a.py", "[pytest]\npython_files = check_*.py\n", False),
    ("check_a.py", "[pytest]\npython_files = check_*.py\n", True),
    ("spec/a.py", "[pytest]\npython_files = spec/*.py\n", True),
    ("test_a.txt", "", False),
]


@pytest.mark.parametrize(("name", "configuration", "is_test"), FILES_BY_NAME)
def test_a_file_is_looked_into_by_its_name(tmp_path: Path, name: str, configuration: str, is_test: bool) -> None:
    write_project(tmp_path, {"pytest.ini": configuration} if configuration else NOTHING_SAID)
    assert is_test is is_test_file(tmp_path / name, find_project(tmp_path / name))
