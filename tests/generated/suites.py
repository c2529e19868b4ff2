"""Small suites made of dice: conftest files one above the other, fixtures that hide each other, classes in classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from tests.generated.programs import ATTRIBUTES, HELPERS

_INDENT = "    "
# fixtures by these names stand on several levels, so that the nearest hides the others
NAMES = ("one", "two", "around")
SCOPES = ("", "", "", ", scope='class'", ", scope='module'", ", scope='session'")


@dataclass
class SuiteWriter:
    """Writes the files of one suite, in a folder of its own, by the throws of its dice.

    What is `is_clear` leaves out what the linter leaves open: what a fixture plants on the classes that ask for it,
    and what a cleanup reads that others assign.
    """

    dice: Random
    name: str
    is_clear: bool = False
    is_asyncio: bool = False
    has_inner: bool = False
    async_helpers: frozenset[str] = frozenset()

    def files(self) -> Mapping[str, str]:
        """The text of each file: a conftest in the folder, one below it, and a test module on each level."""
        return {
            f"{self.name}/conftest.py": self._conftest(1),
            f"{self.name}/below/conftest.py": self._conftest(0.4),
            f"{self.name}/test_{self.name}.py": self._module(),
            f"{self.name}/below/test_{self.name}_below.py": self._module(),
        }

    def _conftest(self, share: float) -> str:
        chosen = [name for name in NAMES if self.dice.random() < share]
        return (
            "\n\n".join(
                ["import pytest\nfrom oracle import use\n", *(self._fixture(name, share < 1) for name in chosen)]
            )
            + "\n"
        )

    def _module(self) -> str:
        self.is_asyncio = self.dice.random() < 0.3
        self.has_inner = not self.is_asyncio and self.dice.random() < 0.4
        self.async_helpers = frozenset(name for name in HELPERS if self.is_asyncio and self.dice.random() < 0.5)
        head = "import unittest\n\nimport pytest\nfrom oracle import use\n"
        fixtures = [self._fixture(name, True) for name in NAMES if self.dice.random() < 0.2]
        base = self._class("Base", "unittest.IsolatedAsyncioTestCase" if self.is_asyncio else "", with_tests=False)
        return "\n\n".join([head, *fixtures, base, self._class("TestIt", "Base", with_tests=True)]) + "\n"

    # --- fixtures -------------------------------------------------------------------------------------

    def _fixture(self, name: str, hides: bool) -> str:
        """A fixture outside of classes; it may ask for the one that it hides, and writes through `request`."""
        scope = self.dice.choice(SCOPES)
        autouse = self.dice.random() < 0.5
        # what lives longer may not ask for what lives shorter
        asked = [name] if hides and not scope and self.dice.random() < 0.3 else []
        text = f"@pytest.fixture(autouse={autouse}{scope})\ndef {name}({', '.join([*asked, 'request'])}):\n"
        planted = "" if self.is_clear else "request.cls"
        body = self._writes(planted if "class" in scope else "request.instance" if not scope else "")
        if self.dice.random() < 0.3:
            ending = self.dice.choice(("yield", f"request.addfinalizer(lambda: use({self.dice.randrange(3)}))"))
            body = f"{body}\n{_INDENT}{ending}"
        return text + body

    def _writes(self, receiver: str, indent: int = 1) -> str:
        if not receiver:
            return f"{indent * _INDENT}use()"
        chosen = self.dice.sample(ATTRIBUTES, self.dice.choice((1, 1, 2)))
        return "\n".join(f"{indent * _INDENT}{receiver}.{each} = 1" for each in chosen)

    def _own_fixture(self, name: str) -> str:
        scope = "" if self.dice.random() < 0.7 else ", scope='class'"
        asked = f", {name}" if not scope and self.dice.random() < 0.2 else ""
        # whose object it is in a wider scope, or in the class around the test's, is left open by the linter
        is_own = not scope and not self.has_inner
        ending = f"\n{2 * _INDENT}yield\n{self._body(1) if is_own else ''}" if self.dice.random() < 0.3 else ""
        return (
            f"{_INDENT}@pytest.fixture(autouse={self.dice.random() < 0.6}{scope})\n"
            f"{_INDENT}def {name}(self{asked}):\n{self._body(2) if is_own else self._writes('self', 2)}{ending}"
        )

    # --- classes --------------------------------------------------------------------------------------

    def _class(self, name: str, base: str, *, with_tests: bool, depth: int = 0) -> str:
        used = f"@pytest.mark.usefixtures('{self.dice.choice(NAMES)}')\n" if self.dice.random() < 0.3 else ""
        parts = [*self._methods(), *self._fixtures()]
        if with_tests:
            parts += [self._test(number) for number in range(2)]
        if with_tests and depth == 0 and self.has_inner:
            inner = self._class("TestInner", self.dice.choice(("", "Base")), with_tests=True, depth=1)
            parts.append("\n".join(f"{_INDENT}{line}" if line else "" for line in inner.splitlines()))
        shown = f"({base})" if base else ""
        return f"{used}class {name}{shown}:\n" + ("\n\n".join(parts) or f"{_INDENT}pass")

    def _fixtures(self) -> Iterator[str]:
        # unittest's classes are given no arguments, and their fixtures are judged in programs.py
        if not self.is_asyncio:
            for name in NAMES:
                if self.dice.random() < 0.2:
                    yield self._own_fixture(name)

    def _methods(self) -> Iterator[str]:
        hooks = ("setUp", "asyncSetUp", "asyncTearDown") if self.is_asyncio else ("setup_method", "teardown_method")
        for name in hooks:
            if self.dice.random() < 0.4:
                yield self._method(name, is_async=name.startswith("async"))
        for name in HELPERS:
            if self.dice.random() < 0.5:
                yield self._method(name, is_async=name in self.async_helpers)

    def _test(self, number: int) -> str:
        asked = "" if self.is_asyncio or self.dice.random() < 0.6 else f", {self.dice.choice(NAMES)}"
        is_async = self.is_asyncio and self.dice.random() < 0.7
        return self._method(f"test_{number}", is_async=is_async, parameters=asked)

    def _method(self, name: str, *, is_async: bool, parameters: str = "") -> str:
        start = "async def" if is_async else "def"
        body = self._body(2) if name in HELPERS else self._body(3, calls=True, is_async=is_async)
        return f"{_INDENT}{start} {name}(self{parameters}):\n{body}"

    def _body(self, count: int, *, calls: bool = False, is_async: bool = False) -> str:
        return "\n".join(
            f"{2 * _INDENT}{self._statement(calls=calls, is_async=is_async)}"
            for _ in range(self.dice.randrange(1, count + 1))
        )

    def _statement(self, *, calls: bool, is_async: bool) -> str:
        attribute = self.dice.choice(ATTRIBUTES)
        ways = [f"self.{attribute} = 1"] * 4 + [f"use(self.{attribute})"] * 3
        if calls:
            ways += self._calls(is_async=is_async)
        return self.dice.choice(ways)

    def _calls(self, *, is_async: bool) -> list[str]:
        helper = self.dice.choice(HELPERS)
        if not self.is_asyncio:
            return [f"self.{helper}()"] * 2
        if helper in self.async_helpers:
            cleaned = [] if self.is_clear else [f"self.addAsyncCleanup(self.{helper})"]
            return [f"await self.{helper}()"] * 2 + cleaned if is_async else ["use()"]
        return [f"self.{helper}()", *([] if self.is_clear else [f"self.addCleanup(self.{helper})"])]
