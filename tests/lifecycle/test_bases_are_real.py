"""What is told of the bases of test classes is what Python makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.diagnostic import Diagnostic
from tests.projects import lint_project, write_files, write_project

CONFIGURATION = """
[flake8]
ssot-base-classes =
    testkit.base.ShopTestCase
    testkit.base.ShopAsyncTestCase
    testkit.plain.PlainBase
    nested: testkit.browser.BrowserTestCase
[tool:pytest]
python_files = test_*.py
asyncio_mode = auto
"""
KIT = {
    "setup.cfg": CONFIGURATION,
    "testkit/__init__.py": "from testkit.base import *\nfrom .plain import PlainBase as Plain\n",
    "testkit/base.py": """
import unittest

__all__ = ["Alias", "ShopAsyncTestCase", "ShopTestCase"]


class ShopTestCase(unittest.TestCase):
    def setUp(self):
        self.shop = {}


class ShopAsyncTestCase(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.shop = {}


Alias = ShopTestCase
ShopTestCase = ShopTestCase


class Hidden(ShopTestCase): ...
""",
    "testkit/plain.py": "class PlainBase:\n    def setup_method(self):\n        self.shop = {}\n",
    "testkit/browser.py": "import unittest\n\n\nclass BrowserTestCase(unittest.TestCase): ...\n",
    "testkit/limited.py": "from testkit.base import *\nfrom testkit import base\n\n"
    "__all__ = ['ShopTestCase', 'Own']\n\n\n"
    "class Own(base.ShopAsyncTestCase): ...\n",
    "testkit/bypass.py": "import unittest\n\n\nclass ApiTestCase(unittest.TestCase): ...\n\n\n"
    "class DeepTestCase(ApiTestCase): ...\n",
    "testkit/fake.py": "import unittest\n\n\nclass ShopTestCase(unittest.TestCase): ...\n\n\nclass PlainBase: ...\n",
    "testkit/mixins.py": """
import unittest


class ClockMixin:
    def now(self): return 0


class UnitMixin(unittest.TestCase): ...


def case():
    from testkit.base import ShopTestCase

    class Case(ShopTestCase): ...

    return Case


def stray_case():
    class Case(unittest.TestCase): ...

    return Case


def decorated(kind): return kind


def replaced(kind):
    from testkit.base import ShopTestCase

    return type(kind.__name__, (ShopTestCase,), dict(vars(kind)))
""",
    "testkit/lazy.py": "def __getattr__(name):\n    import testkit.base\n    return getattr(testkit.base, name)\n",
}
SHAPES = {
    "direct": "from testkit.base import ShopTestCase\n\n\nclass TestIt(ShopTestCase): ...",
    "asynchronous": "from testkit.base import ShopAsyncTestCase\n\n\nclass TestIt(ShopAsyncTestCase): ...",
    "plain": "from testkit import Plain\n\n\nclass TestIt(Plain): ...",
    "alias": "from testkit import Alias\n\n\nclass TestIt(Alias): ...",
    "renamed": "from testkit import ShopTestCase as Base\n\n\nclass TestIt(Base): ...",
    "by_attribute": "import testkit.base as b\n\n\nclass TestIt(b.ShopTestCase): ...",
    "by_package": "import testkit\n\n\nclass TestIt(testkit.base.ShopTestCase): ...",
    "star": "from testkit.limited import *\n\n\nclass TestIt(ShopTestCase): ...\n\n\nclass TestOwn(Own): ...",
    "child": "from testkit.base import Hidden\n\n\nclass TestIt(Hidden): ...",
    "no_base": "class TestIt: ...",
    "object_base": "class TestIt(object): ...",
    "unittest_base": "import unittest\n\n\nclass TestIt(unittest.TestCase): ...",
    "star_of_unittest": "from unittest import *\n\n\nclass TestIt(TestCase): ...",
    "look_alike": "from testkit.fake import ShopTestCase\n\n\nclass TestIt(ShopTestCase): ...",
    "plain_look_alike": "from testkit.fake import PlainBase\n\n\nclass TestIt(PlainBase): ...",
    "own_look_alike": "import unittest\n\n\nclass ShopTestCase(unittest.TestCase): ...\n\n\n"
    "class TestIt(ShopTestCase): ...",
    "bypass": "from testkit.bypass import DeepTestCase\n\n\nclass TestIt(DeepTestCase): ...",
    "own_bypass": "from testkit.bypass import ApiTestCase\n\n\nclass Base(ApiTestCase): ...\n\n\n"
    "class TestIt(Base): ...",
    "mixin_first": "from testkit import Alias\nfrom testkit.mixins import ClockMixin\n\n\n"
    "class TestIt(ClockMixin, Alias): ...",
    "unit_mixin": "from testkit import Alias\nfrom testkit.mixins import UnitMixin\n\n\n"
    "class TestIt(UnitMixin, Alias): ...",
    "mixin_alone": "from testkit.mixins import ClockMixin\n\n\nclass TestIt(ClockMixin): ...",
    "made": "from testkit.mixins import case\n\n\nclass TestIt(case()): ...",
    "made_stray": "from testkit.mixins import stray_case\n\n\nclass TestIt(stray_case()): ...",
    "decorated": "import unittest\nfrom testkit.mixins import decorated\n\n\n@decorated\n"
    "class TestIt(unittest.TestCase): ...",
    "replaced": "import unittest\nfrom testkit.mixins import replaced\n\n\n@replaced\nclass TestIt: ...",
    "guarded": "try:\n    from testkit.base import ShopTestCase\nexcept ImportError:\n    import unittest\n\n"
    "    class ShopTestCase(unittest.TestCase): ...\n\n\nclass TestIt(ShopTestCase): ...",
    "guarded_in_vain": "import unittest\n\ntry:\n    from testkit.bases import ShopTestCase\nexcept ImportError:\n"
    "    class ShopTestCase(unittest.TestCase): ...\n\n\nclass TestIt(ShopTestCase): ...",
    "guarded_name": "import unittest\n\ntry:\n    from testkit.base import Shop\nexcept ImportError:\n"
    "    Shop = unittest.TestCase\n\n\nclass TestIt(Shop): ...",
    "guarded_else": "try:\n    import testkit.base as b\nexcept ImportError:\n    Base = object\nelse:\n"
    "    Base = b.ShopTestCase\n\n\nclass TestIt(Base): ...",
    "guarded_second": "try:\n    from testkit.bases import ShopTestCase\nexcept ImportError:\n"
    "    from testkit.base import ShopTestCase\n\n\nclass TestIt(ShopTestCase): ...",
    "suppressed": "import contextlib\nimport unittest\n\nBase = unittest.TestCase\n"
    "with contextlib.suppress(ImportError):\n"
    "    from testkit.base import ShopTestCase as Base\n\n\nclass TestIt(Base): ...",
    "suppressed_in_vain": "import contextlib\nimport unittest\n\nBase = unittest.TestCase\n"
    "with contextlib.suppress(ImportError):\n    from testkit.bases import ShopTestCase as Base\n\n\n"
    "class TestIt(Base): ...",
    "bound_twice": "import unittest\nfrom testkit import Alias\n\nAlias = unittest.TestCase\n\n\n"
    "class TestIt(Alias): ...",
    "bound_later": "import unittest\nfrom testkit import Alias\n\n\nclass TestIt(Alias): ...\n\n\n"
    "Alias = unittest.TestCase",
    "imported_twice": "from unittest import TestCase as Base\nfrom testkit import Alias as Base\n\n\n"
    "class TestIt(Base): ...",
    "imported_over": "from testkit import Alias as Base\nfrom unittest import TestCase as Base\n\n\n"
    "class TestIt(Base): ...",
    "typed": "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from testkit import Alias as Base\nelse:\n"
    "    from unittest import TestCase as Base\n\n\nclass TestIt(Base): ...",
    "by_version": "import sys\n\nif sys.version_info >= (3, 8):\n    from testkit import Alias as Base\nelse:\n"
    "    from unittest import TestCase as Base\n\n\nclass TestIt(Base): ...",
    "tuple_bound": "import unittest\nfrom testkit import Alias\n\nBase, Other = Alias, unittest.TestCase\n\n\n"
    "class TestIt(Base): ...\n\n\nclass TestOther(Other): ...",
    "walrus": "from testkit import Alias\n\nif (Base := Alias) is not None:\n    pass\n\n\nclass TestIt(Base): ...",
    "conditional": "import unittest\nfrom testkit import Alias\n\nBase = Alias if unittest else unittest.TestCase\n\n\n"
    "class TestIt(Base): ...",
    "splatted": "from testkit import Alias\n\nBASES = (Alias,)\n\n\nclass TestIt(*BASES): ...",
    "listed": "from testkit import Alias\n\nBASES = {'base': Alias}\n\n\nclass TestIt(BASES['base']): ...",
    "from_getattr": "import testkit.base\n\n\nclass TestIt(getattr(testkit.base, 'ShopTestCase')): ...",
    "lazy": "from testkit.lazy import ShopTestCase\n\n\nclass TestIt(ShopTestCase): ...",
    "nested": "from testkit import Alias\n\n\nclass Holder:\n    Base = Alias\n\n\nclass TestIt(Holder.Base): ...",
    "generic": "from typing import Generic, TypeVar\nfrom testkit import Alias\n\nT = TypeVar('T')\n\n\n"
    "class Base(Alias, Generic[T]): ...\n\n\nclass TestIt(Base[int]): ...",
    "generic_stray": "import unittest\nfrom typing import Generic, TypeVar\n\nT = TypeVar('T')\n\n\n"
    "class Base(unittest.TestCase, Generic[T]): ...\n\n\nclass TestIt(Base[int]): ...",
    "metaclass": "import abc\nfrom testkit import Alias\n\n\nclass TestIt(Alias, metaclass=abc.ABCMeta): ...",
    "made_by_type": "from testkit import Alias\n\nBase = type('Base', (Alias,), {})\n\n\nclass TestIt(Base): ...",
    "made_by_type_stray": "import unittest\n\nBase = type('Base', (unittest.TestCase,), {})\n\n\n"
    "class TestIt(Base): ...",
    "redefined": "import unittest\nfrom testkit import Alias\n\n\nclass TestIt(unittest.TestCase): ...\n\n\n"
    "class TestIt(Alias): ...",
    "redefined_stray": "import unittest\nfrom testkit import Alias\n\n\nclass TestIt(Alias): ...\n\n\n"
    "class TestIt(unittest.TestCase): ...",
    "two_declared": "from testkit import Alias, Plain\n\n\nclass TestIt(Plain, Alias): ...",
    "deleted": "from testkit import Alias\n\n\nclass TestIt(Alias): ...\n\n\ndel Alias",
    "isolated": "import unittest\n\n\nclass TestIt(unittest.IsolatedAsyncioTestCase): ...",
    "from_a_test": "from test_direct import TestIt as Base\n\n\nclass TestOther(Base): ...",
    "from_a_stray_test": "from test_unittest_base import TestIt as Base\n\n\nclass TestOther(Base): ...",
    "subscript_of_import": "import importlib\n\nBase = importlib.import_module('testkit.base').ShopTestCase\n\n\n"
    "class TestIt(Base): ...",
    "loop": "from testkit import Alias\n\nfor Base in (Alias,):\n    pass\n\n\nclass TestIt(Base): ...",
    "inside_if": "import unittest\nfrom testkit import Alias\n\nif unittest:\n\n    class TestIt(Alias): ...\nelse:\n\n"
    "    class TestIt(unittest.TestCase): ...",
    "with_open": "import contextlib\nfrom testkit import Alias\n\nwith contextlib.nullcontext(Alias) as Base:\n"
    "    pass\n\n\n"
    "class TestIt(Base): ...",
}
TEST = "    def test_it(self): assert True"
ASK = """
import importlib, inspect, json, sys
declared = tuple(getattr(importlib.import_module(module), name) for module, name in json.loads(sys.argv[2]))
strays = {}
for name in json.loads(sys.argv[1]):
    module = importlib.import_module(name)
    classes = [value for key, value in vars(module).items() if inspect.isclass(value) and key.startswith("Test")]
    own = [kind for kind in classes if kind.__module__ == name or kind.__name__ == "TestIt"]
    strays[name] = sorted(kind.__name__ for kind in own if not issubclass(kind, declared))
print(json.dumps(strays))
"""
DECLARED = [("testkit.base", "ShopTestCase"), ("testkit.base", "ShopAsyncTestCase"), ("testkit.plain", "PlainBase")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shapes as one project, a module for each."""
    folder = tmp_path_factory.mktemp("project")
    write_project(folder, KIT)
    write_files(folder, {f"test_{name}.py": with_tests(shape) for name, shape in SHAPES.items()})
    return folder


@pytest.fixture(scope="module")
def told(project: Path) -> dict[str, list[str]]:
    """The classes that are told, by their module."""
    strays = [found for found in lint_project(project) if found.code == "LSS101"]
    return {
        path.stem: sorted(name for each in strays if each.path.name == path.name and (name := named(each)) != "Base")
        for path in project.glob("test_*.py")
    }


@pytest.fixture(scope="module")
def real(project: Path) -> dict[str, list[str]]:
    """The test classes that have no declared base, by their module, as Python has them."""
    names = json.dumps([path.stem for path in sorted(project.glob("test_*.py"))])
    arguments = [sys.executable, "-c", ASK, names, json.dumps(DECLARED)]
    asked = subprocess.run(arguments, cwd=project, capture_output=True, text=True, timeout=60, check=True)
    strays: dict[str, list[str]] = json.loads(asked.stdout)
    return strays


def named(found: Diagnostic) -> str:
    """The class that is told."""
    return found.text.split("`")[1]


def with_tests(shape: str) -> str:
    """The module, with a test in every class whose name begins with `Test`."""
    lines = shape.splitlines()
    bodies = {
        line: line.replace(" ...", "\n") + " " * (len(line) - len(line.lstrip())) + TEST
        for line in lines
        if line.lstrip().startswith("class Test")
    }
    return "\n".join(bodies.get(line, line) for line in lines) + "\n"


@pytest.mark.parametrize("name", SHAPES)
def test_a_class_is_stray_exactly_if_it_inherits_no_declared_base(
    name: str, told: dict[str, list[str]], real: dict[str, list[str]]
) -> None:
    assert told[f"test_{name}"] == real[f"test_{name}"]
