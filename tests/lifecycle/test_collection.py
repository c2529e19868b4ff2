"""What is collected is what pytest and unittest collect: both are asked about the same project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from lint_ssot.lifecycle.module import LintedModule
from tests.projects import linted_modules, write_project

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
    assert really == ids(linted_modules(tmp_path))


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
    write_project(tmp_path, {**files, ".flake8": "[flake8]\nssot-runner = unittest\n"})
    command = [sys.executable, "-c", LIST_TESTS]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    really = {
        line.replace(".", ".py::", 1).replace(".", "::").replace("::py::", ".py::")
        for line in done.stdout.splitlines()
        if line.startswith("test_") and ".CaseBase." not in line.replace("test_methods.CaseBase.", "")
    }
    assert really == ids(linted_modules(tmp_path))
