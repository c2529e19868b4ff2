"""Small projects with one thing wrong, and the same projects as they are mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STRICT = {"pytest.ini": "[pytest]\nasyncio_mode = strict\n"}
UNITTEST = {"setup.cfg": "[flake8]\nssot-runner = unittest\n"}


@dataclass(frozen=True)
class Specimen:
    """A project, and what of its files is different after the fix.

    `run` is the program that finds it dead before and alive after; None where only the finding tells.
    `since` is the Python that has what the fix uses.
    """

    name: str
    codes: frozenset[str]
    before: Mapping[str, str]
    after: Mapping[str, str]
    run: str | None = None
    is_unsafe: bool = False
    since: tuple[int, int] = (3, 10)


def one(
    name: str,
    codes: str,
    before: str,
    after: str,
    run: str | None = "unittest",
    others: Mapping[str, str] | None = None,
    is_unsafe: bool = False,
    since: tuple[int, int] = (3, 10),
) -> Specimen:
    """A specimen that is mended in `test_it.py`."""
    ini = {} if run != "pytest" else STRICT
    return Specimen(
        name,
        frozenset(codes.split()),
        {**ini, **(others or {}), "test_it.py": before},
        {"test_it.py": after},
        run,
        is_unsafe,
        since,
    )


BASE = {
    "base.py": """import unittest


class StoreTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.store = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.region = "north"

    def tearDown(self):
        self.closed = True
        super().tearDown()
"""
}

PARENTS = (
    one(
        "setUp calls super first, below the docstring",
        "LSS203",
        '''from base import StoreTestCase


class TestStore(StoreTestCase):
    def setUp(self):  # ours
        """Fill it."""

        # the shelf
        self.shelf = 1

    def test_it(self):
        self.assertEqual(1, self.shelf + len(self.store))
''',
        '''from base import StoreTestCase


class TestStore(StoreTestCase):
    def setUp(self):  # ours
        """Fill it."""
        super().setUp()

        # the shelf
        self.shelf = 1

    def test_it(self):
        self.assertEqual(1, self.shelf + len(self.store))
''',
        others=BASE,
    ),
    one(
        "a classmethod calls super, tabs and all",
        "LSS203",
        """from base import StoreTestCase


class TestStore(StoreTestCase):
\t@classmethod
\tdef setUpClass(cls):
\t\t# nothing of the base's
\t\tcls.width = 2

\tdef test_it(self):
\t\tself.assertEqual("north", self.region)
""",
        """from base import StoreTestCase


class TestStore(StoreTestCase):
\t@classmethod
\tdef setUpClass(cls):
\t\tsuper().setUpClass()
\t\t# nothing of the base's
\t\tcls.width = 2

\tdef test_it(self):
\t\tself.assertEqual("north", self.region)
""",
        others=BASE,
    ),
    one(
        "an empty override",
        "LSS203",
        """from base import StoreTestCase


class TestStore(StoreTestCase):
    def setUp(self): pass

    def test_it(self):
        self.assertEqual({}, self.store)
""",
        """from base import StoreTestCase


class TestStore(StoreTestCase):
    def setUp(self): super().setUp()

    def test_it(self):
        self.assertEqual({}, self.store)
""",
        others=BASE,
    ),
    one(
        "what the base's hook needs is assigned before it is called",
        "LSS203",
        """from base import ServerTestCase


class TestServer(ServerTestCase):
    def setUp(self):
        self.port = 80

    def test_it(self):
        self.assertEqual("host:80", self.url)
""",
        """from base import ServerTestCase


class TestServer(ServerTestCase):
    def setUp(self):
        self.port = 80
        super().setUp()

    def test_it(self):
        self.assertEqual("host:80", self.url)
""",
        others={
            "base.py": """import unittest


class ServerTestCase(unittest.TestCase):
    def setUp(self):
        self.url = f"host:{self.port}"
"""
        },
    ),
    one(
        "the async parent is awaited",
        "LSS203",
        """import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.bus = []


class TestBus(Base):
    async def asyncSetUp(self):
        self.stop = 1

    async def test_it(self):
        self.assertEqual([], self.bus)
""",
        """import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.bus = []


class TestBus(Base):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.stop = 1

    async def test_it(self):
        self.assertEqual([], self.bus)
""",
    ),
    one(
        "the parent is given the method that it asks for",
        "LSS203",
        """class Base:
    def setup_method(self, method):
        self.label = method.__name__


class TestLabel(Base):
    def setup_method(self):
        self.width = 3

    def test_it(self):
        assert self.label == "test_it"
""",
        """class Base:
    def setup_method(self, method):
        self.label = method.__name__


class TestLabel(Base):
    def setup_method(self, method):
        super().setup_method(method)
        self.width = 3

    def test_it(self):
        assert self.label == "test_it"
""",
        "pytest",
    ),
    one(
        "a parent that is called too late",
        "LSS204",
        """from base import StoreTestCase


class TestStore(StoreTestCase):
    def setUp(self):
        \"\"\"Ours.\"\"\"
        self.copy = dict(self.store)
        super().setUp()  # theirs
        # and on
        self.size = len(self.copy)

    def test_it(self):
        self.assertEqual(0, self.size)
""",
        """from base import StoreTestCase


class TestStore(StoreTestCase):
    def setUp(self):
        \"\"\"Ours.\"\"\"
        super().setUp()  # theirs
        self.copy = dict(self.store)
        # and on
        self.size = len(self.copy)

    def test_it(self):
        self.assertEqual(0, self.size)
""",
        others=BASE,
        is_unsafe=True,
    ),
    one(
        "a mixin behind TestCase",
        "LSS104",
        """import os
import unittest


class Home:
    def setUp(self):
        super().setUp()
        os.environ["SHOP_HOME"] = "sandbox"

    def tearDown(self):
        del os.environ["SHOP_HOME"]
        super().tearDown()


class TestStore(
    unittest.TestCase,  # first
    Home,  # second
    metaclass=type,
):
    def test_it(self):
        self.assertEqual("sandbox", os.environ.get("SHOP_HOME"))
""",
        """import os
import unittest


class Home:
    def setUp(self):
        super().setUp()
        os.environ["SHOP_HOME"] = "sandbox"

    def tearDown(self):
        del os.environ["SHOP_HOME"]
        super().tearDown()


class TestStore(
    Home,  # first
    unittest.TestCase,  # second
    metaclass=type,
):
    def test_it(self):
        self.assertEqual("sandbox", os.environ.get("SHOP_HOME"))
""",
        is_unsafe=True,
    ),
    one(
        "a mixin that hides the next base's hook",
        "LSS104 LSS203 LSS202",
        """import unittest


class Chatty:
    def setUp(self):
        self.words = []


class Store(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.store = {}


class TestStore(Chatty, Store):
    def test_it(self):
        self.assertFalse(self.words or self.store)
""",
        """import unittest


class Chatty:
    def setUp(self):
        super().setUp()
        self.words = []


class Store(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.store = {}


class TestStore(Chatty, Store):
    def test_it(self):
        self.assertFalse(self.words or self.store)
""",
    ),
    one(
        "a parent that is not awaited",
        "LSS203 LSS404 LSS202",
        """import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.bus = []


class TestBus(Base):
    async def asyncSetUp(self):
        super().asyncSetUp()  # the bus
        self.stop = 1

    async def test_it(self):
        self.assertEqual([], self.bus)
""",
        """import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.bus = []


class TestBus(Base):
    async def asyncSetUp(self):
        await super().asyncSetUp()  # the bus
        self.stop = 1

    async def test_it(self):
        self.assertEqual([], self.bus)
""",
    ),
    one(
        "a parent that is awaited in vain",
        "LSS403",
        """import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    def prepare(self):
        self.bus = []


class TestBus(Base):
    async def asyncSetUp(self):
        await  super().prepare()
        self.stop = 1

    async def test_it(self):
        self.assertEqual([], self.bus)

    def prepare(self):
        raise RuntimeError
""",
        """import unittest


class Base(unittest.IsolatedAsyncioTestCase):
    def prepare(self):
        self.bus = []


class TestBus(Base):
    async def asyncSetUp(self):
        super().prepare()
        self.stop = 1

    async def test_it(self):
        self.assertEqual([], self.bus)

    def prepare(self):
        raise RuntimeError
""",
    ),
    one(
        "a parent that nobody has",
        "LSS410",
        """class TestCart:
    def setup_method(self):
        super().setup_method()
        self.cart = []

    def test_it(self):
        assert [] == self.cart
""",
        """class TestCart:
    def setup_method(self):
        self.cart = []

    def test_it(self):
        assert [] == self.cart
""",
        "pytest",
        is_unsafe=True,
    ),
)

HOOKS = (
    one(
        "async setUp where asyncSetUp is awaited",
        "LSS401 LSS202",
        """import asyncio
import unittest


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def setUp(self):
        super().setUp()
        await asyncio.sleep(0)
        self.bus = []

    async def test_it(self):
        self.assertEqual([], self.bus)
""",
        """import asyncio
import unittest


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        await asyncio.sleep(0)
        self.bus = []

    async def test_it(self):
        self.assertEqual([], self.bus)
""",
    ),
    one(
        "async hooks that await nothing",
        "LSS401 LSS202",
        """import unittest


class TestBus(unittest.TestCase):
    async  def setUp(self):
        self.bus = []

    def test_it(self):
        self.assertEqual([], self.bus)
""",
        """import unittest


class TestBus(unittest.TestCase):
    def setUp(self):
        self.bus = []

    def test_it(self):
        self.assertEqual([], self.bus)
""",
    ),
    one(
        "an async hook that a plain one calls",
        "LSS203 LSS404",
        """class Base:
    async def setup_method(self):
        self.bus = []


class TestBus(Base):
    def setup_method(self):
        super().setup_method()
        self.stop = 1

    def test_it(self):
        assert self.bus == []
""",
        """class Base:
    def setup_method(self):
        self.bus = []


class TestBus(Base):
    def setup_method(self):
        super().setup_method()
        self.stop = 1

    def test_it(self):
        assert self.bus == []
""",
        "pytest",
    ),
    one(
        "a family of async hooks that await one another only",
        "LSS401 LSS202",
        """class Base:
    async def setup_method(self):
        self.bus = []


class TestBus(Base):
    async def setup_method(self):
        await super().setup_method()
        self.stop = 1

    def test_it(self):
        assert self.bus == []
""",
        """class Base:
    def setup_method(self):
        self.bus = []


class TestBus(Base):
    def setup_method(self):
        super().setup_method()
        self.stop = 1

    def test_it(self):
        assert self.bus == []
""",
        "pytest",
    ),
    one(
        "async setUp that awaits, in a plain TestCase",
        "LSS401 LSS202",
        """import asyncio
from unittest import TestCase, skip


class TestBus(TestCase):
    async def setUp(self):
        await asyncio.sleep(0)
        self.bus = []

    def test_it(self):
        self.assertEqual([], self.bus)

    @skip("later")
    def test_that(self):
        self.fail()
""",
        """import asyncio
from unittest import IsolatedAsyncioTestCase, skip


class TestBus(IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        await asyncio.sleep(0)
        self.bus = []

    def test_it(self):
        self.assertEqual([], self.bus)

    @skip("later")
    def test_that(self):
        self.fail()
""",
    ),
    one(
        "setUpClass becomes a classmethod, self becomes cls",
        "LSS406",
        """import unittest


class TestMap(unittest.TestCase):
    def setUpClass(self):
        # once
        self.map = dict(self=1)

    def test_it(self):
        self.assertEqual({"self": 1}, self.map)
""",
        """import unittest


class TestMap(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # once
        cls.map = dict(self=1)

    def test_it(self):
        self.assertEqual({"self": 1}, self.map)
""",
    ),
    one(
        "self stays where cls is something else",
        "LSS406",
        """import unittest


class TestMap(unittest.TestCase):
    def setUpClass(self):
        for cls in (dict, list):
            self.map = cls()

    def test_it(self):
        self.assertEqual([], self.map)
""",
        """import unittest


class TestMap(unittest.TestCase):
    @classmethod
    def setUpClass(self):
        for cls in (dict, list):
            self.map = cls()

    def test_it(self):
        self.assertEqual([], self.map)
""",
    ),
    one(
        "asyncSetUp becomes async, its parent awaited",
        "LSS406",
        """import unittest


class TestBus(unittest.IsolatedAsyncioTestCase):
    def asyncSetUp(self):
        super().asyncSetUp()
        self.bus = []

    async def test_it(self):
        self.assertEqual([], self.bus)
""",
        """import unittest


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.bus = []

    async def test_it(self):
        self.assertEqual([], self.bus)
""",
    ),
    one(
        "setup_method of a TestCase takes the method",
        "LSS406",
        """import unittest


class TestBus(unittest.TestCase):
    def setup_method(self):
        self.bus = []

    def test_it(self):
        self.assertEqual([], self.bus)
""",
        """import unittest


class TestBus(unittest.TestCase):
    def setup_method(self, method):
        self.bus = []

    def test_it(self):
        self.assertEqual([], self.bus)
""",
        "pytest",
    ),
    one(
        "unittest's hooks in a plain class, with their parents",
        "LSS402 LSS202",
        """class Shelf:
    def setUp(self):
        self.shelf = []


class TestShelf(Shelf):
    def setUp(self):
        super().setUp()
        self.shelf.append(self.width)

    @classmethod
    def setUpClass(cls):
        cls.width = 4

    def tearDown(self):
        del self.shelf

    def test_it(self):
        assert self.shelf == [4]
""",
        """class Shelf:
    def setup_method(self):
        self.shelf = []


class TestShelf(Shelf):
    def setup_method(self):
        super().setup_method()
        self.shelf.append(self.width)

    @classmethod
    def setup_class(cls):
        cls.width = 4

    def teardown_method(self):
        del self.shelf

    def test_it(self):
        assert self.shelf == [4]
""",
        "pytest",
    ),
    one(
        "a parent that only unittest has is no longer called",
        "LSS402 LSS202 LSS410",
        """class TestShelf:
    def setUpClass(self):
        super().setUpClass()
        self.width = 4

    def test_it(self):
        assert self.width == 4
""",
        """class TestShelf:
    @classmethod
    def setup_class(cls):
        cls.width = 4

    def test_it(self):
        assert self.width == 4
""",
        "pytest",
    ),
    one(
        "nose's hooks",
        "LSS402 LSS202",
        """class TestShelf:
    def setup(self):
        self.shelf = []

    def teardown(self):
        self.shelf.clear()

    def test_it(self):
        assert self.shelf == []
""",
        """class TestShelf:
    def setup_method(self):
        self.shelf = []

    def teardown_method(self):
        self.shelf.clear()

    def test_it(self):
        assert self.shelf == []
""",
        "pytest",
    ),
    one(
        "pytest's hook where unittest runs the class",
        "LSS402 LSS202",
        """import unittest


class TestShelf(unittest.TestCase):
    def setup_method(self, method):
        self.shelf = []

    def test_it(self):
        self.assertEqual([], self.shelf)
""",
        """import unittest


class TestShelf(unittest.TestCase):
    def setUp(self):
        self.shelf = []

    def test_it(self):
        self.assertEqual([], self.shelf)
""",
        others=UNITTEST,
    ),
    one(
        "a misspelt hook",
        "LSS402 LSS202",
        """import unittest


class TestShelf(unittest.TestCase):
    def SetUp(self):
        self.shelf = []

    def test_it(self):
        self.assertEqual([], self.shelf)
""",
        """import unittest


class TestShelf(unittest.TestCase):
    def setUp(self):
        self.shelf = []

    def test_it(self):
        self.assertEqual([], self.shelf)
""",
        is_unsafe=True,
    ),
    one(
        "a dead async hook becomes an autouse fixture",
        "LSS402 LSS202",
        """import asyncio

import pytest


class TestBus:
    async def async_setup_method(self):
        await asyncio.sleep(0)
        self.bus = []

    @pytest.mark.asyncio
    async def test_it(self):
        assert self.bus == []
""",
        """import asyncio

import pytest
import pytest_asyncio


class TestBus:
    @pytest_asyncio.fixture(autouse=True)
    async def async_setup_method(self):
        await asyncio.sleep(0)
        self.bus = []

    @pytest.mark.asyncio
    async def test_it(self):
        assert self.bus == []
""",
        "pytest",
        is_unsafe=True,
    ),
    one(
        "a hook that pytest drops becomes an autouse fixture, the teardown after the test",
        "LSS401 LSS202",
        '''import asyncio

import pytest


class TestBus:
    async def setup_method(self, method):
        await asyncio.sleep(0)
        self.bus = []

    async def teardown_method(self):
        """Close it."""
        await asyncio.sleep(0)

    @pytest.mark.asyncio
    async def test_it(self):
        assert self.bus == []
''',
        '''import asyncio

import pytest
import pytest_asyncio


class TestBus:
    @pytest_asyncio.fixture(autouse=True)
    async def setup_method(self):
        await asyncio.sleep(0)
        self.bus = []

    @pytest_asyncio.fixture(autouse=True)
    async def teardown_method(self):
        """Close it."""
        yield
        await asyncio.sleep(0)

    @pytest.mark.asyncio
    async def test_it(self):
        assert self.bus == []
''',
        "pytest",
        is_unsafe=True,
    ),
)

BESIDE_PARENTS = (
    one(
        "the new name of a hook keeps the parent's from running no more than the old one",
        "LSS402 LSS202",
        """class Base:
    def setup_method(self, method):
        self.log = [method.__name__]


class TestLog(Base):
    def setUp(self):
        self.width = 3

    def test_it(self):
        assert self.log * self.width
""",
        """class Base:
    def setup_method(self, method):
        self.log = [method.__name__]


class TestLog(Base):
    def setup_method(self, method):
        super().setup_method(method)
        self.width = 3

    def test_it(self):
        assert self.log * self.width
""",
        "pytest",
    ),
    one(
        "a fixture does not hide the parent's hook",
        "LSS401 LSS203",
        """import asyncio

import pytest


class Base:
    def setup_method(self):
        self.log = []


class TestLog(Base):
    async def setup_method(self):
        await asyncio.sleep(0)
        self.width = 3

    @pytest.mark.asyncio
    async def test_it(self):
        assert [] == self.log * self.width
""",
        """import asyncio

import pytest
import pytest_asyncio


class Base:
    def setup_method(self):
        self.log = []


class TestLog(Base):
    @pytest_asyncio.fixture(autouse=True)
    async def prepare(self):
        await asyncio.sleep(0)
        self.width = 3

    @pytest.mark.asyncio
    async def test_it(self):
        assert [] == self.log * self.width
""",
        "pytest",
        is_unsafe=True,
    ),
)

TESTS = (
    one(
        "tests that do not take self",
        "LSS412",
        """import unittest


class TestStore(unittest.TestCase):
    def test_it():
        self.assertTrue(True)

    def test_no_more():  # no
        pass
""",
        """import unittest


class TestStore(unittest.TestCase):
    def test_it(self):
        self.assertTrue(True)

    def test_no_more(self):  # no
        pass
""",
    ),
    one(
        "functions that tests ask for as fixtures",
        "LSS411",
        """import pytest


def catalog():
    return {"Emma": 2}


@pytest.mark.usefixtures("shelf")
class TestCatalog:
    def shelf(self):
        yield

    def test_it(self, catalog):
        assert catalog
""",
        """import pytest


@pytest.fixture
def catalog():
    return {"Emma": 2}


@pytest.mark.usefixtures("shelf")
class TestCatalog:
    @pytest.fixture
    def shelf(self):
        yield

    def test_it(self, catalog):
        assert catalog
""",
        run="pytest",
    ),
    one(
        "async tests in a plain TestCase",
        "LSS405",
        """import unittest


class TestSum(unittest.TestCase):
    async def test_one(self):
        self.assertEqual(1, 1)

    async def test_two(self):
        self.assertEqual(2, 2)
""",
        """import unittest


class TestSum(unittest.IsolatedAsyncioTestCase):
    async def test_one(self):
        self.assertEqual(1, 1)

    async def test_two(self):
        self.assertEqual(2, 2)
""",
        None,
    ),
    one(
        "async tests in a plain TestCase, and others beside it",
        "LSS405",
        """from unittest import (
    TestCase,
    mock,
)


class TestSum(TestCase):
    async def test_one(self):
        self.assertEqual(1, 1)


class TestOther(TestCase):
    def test_one(self):
        self.assertTrue(mock.Mock())
""",
        """from unittest import (
    IsolatedAsyncioTestCase,
    TestCase,
    mock,
)


class TestSum(IsolatedAsyncioTestCase):
    async def test_one(self):
        self.assertEqual(1, 1)


class TestOther(TestCase):
    def test_one(self):
        self.assertTrue(mock.Mock())
""",
        None,
    ),
    one(
        "an async test that no plug-in takes",
        "LSS405",
        '''"""Sums."""


async def test_one():
    assert 1 + 1 == 2
''',
        '''"""Sums."""

import pytest


@pytest.mark.asyncio
async def test_one():
    assert 1 + 1 == 2
''',
        "pytest",
    ),
    one(
        "an async fixture that no plug-in takes",
        "LSS408",
        """import pytest


@pytest.fixture(scope="function")  # new for each
async def bus():
    yield []


class TestBus:
    @pytest.mark.asyncio
    async def test_it(self, bus):
        assert bus == []
""",
        """import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="function")  # new for each
async def bus():
    yield []


class TestBus:
    @pytest.mark.asyncio
    async def test_it(self, bus):
        assert bus == []
""",
        "pytest",
    ),
)

MANAGERS = (
    one(
        "a generator in a with",
        "LSS302",
        """import os
import unittest


def opened():
    yield os.sep


class TestOpened(unittest.TestCase):
    def test_it(self):
        with opened() as sep:
            self.assertEqual(os.sep, sep)
""",
        """import os
import unittest
from contextlib import contextmanager


@contextmanager
def opened():
    yield os.sep


class TestOpened(unittest.TestCase):
    def test_it(self):
        with opened() as sep:
            self.assertEqual(os.sep, sep)
""",
    ),
    one(
        "a method that is an async generator, below its other decorators",
        "LSS302",
        """from contextlib import AsyncExitStack, suppress
import unittest


class TestOpened(unittest.IsolatedAsyncioTestCase):
    @staticmethod
    async def opened():
        yield 1

    async def test_it(self):
        with suppress(ValueError):
            async with AsyncExitStack(), self.opened() as one:
                self.assertEqual(1, one)
""",
        """from contextlib import AsyncExitStack, asynccontextmanager, suppress
import unittest


class TestOpened(unittest.IsolatedAsyncioTestCase):
    @staticmethod
    @asynccontextmanager
    async def opened():
        yield 1

    async def test_it(self):
        with suppress(ValueError):
            async with AsyncExitStack(), self.opened() as one:
                self.assertEqual(1, one)
""",
    ),
    one(
        "a generator in a statement of the other kind",
        "LSS302",
        """import contextlib
import unittest


def opened():
    yield 1


class TestOpened(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        async with opened() as one:
            self.assertEqual(1, one)

    async def test_that(self):
        async with opened() as one:
            self.assertEqual(1, one)
""",
        """import contextlib
import unittest


@contextlib.contextmanager
def opened():
    yield 1


class TestOpened(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        with opened() as one:
            self.assertEqual(1, one)

    async def test_that(self):
        with opened() as one:
            self.assertEqual(1, one)
""",
    ),
    one(
        "with and async with taken for each other",
        "LSS303",
        """import contextlib
import unittest


class Bus:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return None


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        with Bus() as bus:
            self.assertIsNotNone(bus)

    async def test_that(self):
        async with contextlib.suppress(KeyError):
            raise KeyError
""",
        """import contextlib
import unittest


class Bus:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return None


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        async with Bus() as bus:
            self.assertIsNotNone(bus)

    async def test_that(self):
        with contextlib.suppress(KeyError):
            raise KeyError
""",
    ),
    one(
        "a coroutine that gives the context manager",
        "LSS301",
        """import contextlib
import unittest


async def opened():
    return contextlib.AsyncExitStack()


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        async with opened() as stack:
            self.assertIsNotNone(stack)
""",
        """import contextlib
import unittest


async def opened():
    return contextlib.AsyncExitStack()


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        async with await opened() as stack:
            self.assertIsNotNone(stack)
""",
    ),
    one(
        "the decorator of the other kind",
        "LSS305",
        """import contextlib
import unittest


@contextlib.contextmanager
async def opened():
    yield 1


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        async with opened() as one:
            self.assertEqual(1, one)
""",
        """import contextlib
import unittest


@contextlib.asynccontextmanager
async def opened():
    yield 1


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        async with opened() as one:
            self.assertEqual(1, one)
""",
    ),
    one(
        "methods of the protocol that are of the other kind",
        "LSS306",
        """import unittest


class Bus:
    def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return None


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        async with Bus() as bus:
            self.assertIsNotNone(bus)
""",
        """import unittest


class Bus:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return None


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        async with Bus() as bus:
            self.assertIsNotNone(bus)
""",
    ),
    one(
        "the entering method of the other kind",
        "LSS307",
        """import contextlib
import unittest


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.stack = self.enterContext(contextlib.AsyncExitStack())

    async def test_it(self):
        self.assertIsNotNone(self.stack)
""",
        """import contextlib
import unittest


class TestBus(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.stack = await self.enterAsyncContext(contextlib.AsyncExitStack())

    async def test_it(self):
        self.assertIsNotNone(self.stack)
""",
        since=(3, 11),
    ),
)

SPECIMENS = (*PARENTS, *HOOKS, *BESIDE_PARENTS, *TESTS, *MANAGERS)
