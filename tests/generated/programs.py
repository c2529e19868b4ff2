"""Small test modules made of dice: hooks, helpers, fixtures and branches around a handful of attributes."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

ATTRIBUTES = ("a", "b", "c")
HELPERS = ("prepare", "renew")
SITES = 2  # conditions of a module whose outcome nobody can foresee
# `choose(n)` is what the run decides, `boom()` raises, `use` takes whatever it is given
HEAD = "import contextlib\nimport unittest\n\nimport pytest\nfrom oracle import boom, choose, use\n"
_INDENT = "    "
_Way: TypeAlias = "Callable[[_Place, int], str]"


class Kind(enum.Enum):
    """Who runs a class, by its base."""

    PLAIN = ""
    TESTCASE = "unittest.TestCase"
    ASYNCIO = "unittest.IsolatedAsyncioTestCase"


_SETUPS = {
    Kind.PLAIN: ("setup_method",),
    Kind.TESTCASE: ("setUp", "setup_method"),
    Kind.ASYNCIO: ("setUp", "asyncSetUp"),
}
_TEARDOWNS = {Kind.PLAIN: "teardown_method", Kind.TESTCASE: "tearDown", Kind.ASYNCIO: "asyncTearDown"}
_CLASS_SETUPS = {Kind.PLAIN: "setup_class", Kind.TESTCASE: "setUpClass", Kind.ASYNCIO: "setUpClass"}


@dataclass(frozen=True)
class _Place:
    """Where statements stand: in which method of which class, and how deep."""

    method: str
    bases_with_method: bool
    is_async: bool = False
    in_loop: bool = False
    depth: int = 0
    receiver: str = "self"
    is_test: bool = False

    def deeper(self, *, in_loop: bool = False) -> _Place:
        return _Place(
            self.method,
            self.bases_with_method,
            self.is_async,
            in_loop or self.in_loop,
            self.depth + 1,
            self.receiver,
            self.is_test,
        )


@dataclass
class Writer:
    """Writes one module by the throws of its dice.

    What is `is_clear` leaves out all that the linter takes, by policy, for a sign that somebody knows better.
    """

    dice: Random
    is_clear: bool = False
    kind: Kind = Kind.PLAIN
    methods: dict[str, set[str]] = field(default_factory=dict)
    sites: int = 0

    def module(self) -> str:
        """The text of a module with one test class and whatever it stands on."""
        self.kind = self.dice.choice((Kind.PLAIN, Kind.PLAIN, Kind.TESTCASE, Kind.ASYNCIO))
        parts = [HEAD, self._function("outside", "self", depth=1)]
        if self.dice.random() < 0.3:
            parts.append(self._module_fixture())
        bases: list[str] = []
        for number in range(self.dice.choice((0, 1, 1, 2))):
            name = f"Base{number}"
            parts.append(self._class(name, tuple(bases[-1:]), is_test=False))
            bases.append(name)
        if self.dice.random() < 0.25:
            parts.append(self._class("Mixin", (), is_test=False, is_mixin=True))
            bases.append("Mixin")
        last = tuple(bases[-1:]) if "Mixin" not in bases or len(bases) == 1 else ("Mixin", *bases[-2:-1])
        parts.append(self._class("TestIt", last, is_test=True))
        return "\n\n".join(parts) + "\n"

    def _class(self, name: str, bases: tuple[str, ...], *, is_test: bool, is_mixin: bool = False) -> str:
        inherited = {method for base in bases for method in self.methods[base]}
        shown = self._shown_bases(bases, is_test=is_test, is_mixin=is_mixin)
        wanted = [method for method in (*_SETUPS[self.kind], *HELPERS) if self.dice.random() < 0.5]
        body = [f"{_INDENT}{each} = 0" for each in ATTRIBUTES if self.dice.random() < 0.07]
        body += [self._method(method, method in inherited) for method in wanted]
        body += self._class_level(inherited)
        if is_test:
            body += [self._method(f"test_{number}", False) for number in range(2)]
        self.methods[name] = inherited | set(wanted)
        return f"class {name}{shown}:\n" + ("\n\n".join(body) or f"{_INDENT}pass")

    def _shown_bases(self, bases: tuple[str, ...], *, is_test: bool, is_mixin: bool) -> str:
        needs_runner = not is_mixin and not [base for base in bases if base != "Mixin"]
        every = (*bases, *((self.kind.value,) if needs_runner and self.kind.value else ()))
        return f"({', '.join(every)})" if every else ""

    def _class_level(self, inherited: set[str]) -> list[str]:
        parts = []
        if self.dice.random() < 0.2:
            name = _CLASS_SETUPS[self.kind]
            parts.append(f"{_INDENT}@classmethod\n" + self._function(name, "cls", depth=2, indent=1))
        if self.dice.random() < 0.2:
            parts.append(self._method(_TEARDOWNS[self.kind], False))
        if self.dice.random() < 0.15:
            parts.append(f"{_INDENT}@property\n" + self._function("shown", "self", depth=2, indent=1))
        if self.dice.random() < 0.25:
            parts.append(self._fixture())
        return parts

    def _fixture(self) -> str:
        scope = "" if self.is_clear else self.dice.choice(("", "", ", scope='class'"))
        place = _Place("filled", False, depth=1)
        before, after = self._block(place, 2), self._block(place.deeper(), 2)
        ending = f"\n{2 * _INDENT}yield\n{after}" if self.dice.random() < 0.4 else ""
        return (
            f"{_INDENT}@pytest.fixture(autouse=True{scope})\n"
            f"{_INDENT}def {self.dice.choice(('filled', 'another'))}(self):\n{before}{ending}"
        )

    def _module_fixture(self) -> str:
        ways = (("function", "instance"), ("class", "cls"), ("function", "cls"))
        scope, receiver = self.dice.choice(ways[:1] if self.is_clear else ways)
        attribute = self.dice.choice(ATTRIBUTES)
        return (
            f"@pytest.fixture(autouse=True, scope='{scope}')\n"
            f"def around(request):\n{_INDENT}request.{receiver}.{attribute} = 1"
        )

    def _method(self, name: str, has_parent: bool) -> str:
        is_async = self.kind is Kind.ASYNCIO and (
            name.startswith("async") or (name.startswith("test") and self.dice.random() < 0.6)
        )
        place = _Place(name, has_parent, is_async, is_test=name.startswith("test"))
        start = "async def" if is_async else "def"
        calls = self._super(place, 2) + "\n" if has_parent and self.dice.random() < 0.6 else ""
        return f"{_INDENT}{start} {name}(self):\n{calls}{self._block(place, 2)}"

    def _function(self, name: str, receiver: str, *, depth: int, indent: int = 0) -> str:
        place = _Place(name, False, depth=depth, receiver=receiver)
        return f"{indent * _INDENT}def {name}({receiver}):\n{self._block(place, indent + 1)}"

    # --- statements ---------------------------------------------------------------------------------

    def _block(self, place: _Place, indent: int) -> str:
        count = self.dice.choice((1, 1, 1, 2) if place.depth else (1, 1, 2, 2, 3))
        return "\n".join(self._statement(place, indent) for _ in range(count))

    def _statement(self, place: _Place, indent: int) -> str:
        simple = self.dice.random() < 0.72 or place.depth > 1
        ways = self._simple_ways(place) if simple else self._compound_ways(place)
        return self.dice.choice(ways)(place, indent)

    def _simple_ways(self, place: _Place) -> list[_Way]:
        ways: list[_Way] = [self._odd_write, self._odd_read, self._leave]
        ways += [self._write] * 9 + [self._read] * 3
        if place.receiver == "self":
            ways += [self._call] * 3
        if place.bases_with_method:
            ways += [self._super] * 2
        return ways

    def _compound_ways(self, place: _Place) -> list[_Way]:
        ways: list[_Way] = [self._if, self._if, self._try, self._try, self._loop, self._with, self._local, self._match]
        return ways if self.is_clear else [*ways, self._guard]

    def _target(self, place: _Place) -> str:
        return f"{place.receiver}.{self.dice.choice(ATTRIBUTES)}"

    def _write(self, place: _Place, indent: int) -> str:
        return f"{indent * _INDENT}{self._target(place)} = 1"

    def _read(self, place: _Place, indent: int) -> str:
        return f"{indent * _INDENT}use({self._target(place)})"

    def _odd_write(self, place: _Place, indent: int) -> str:
        one, other = self.dice.sample(ATTRIBUTES, 2)
        who = place.receiver
        return indent * _INDENT + self.dice.choice(
            (
                f"setattr({who}, '{one}', 1)",
                f"{who}.{one} = {who}.{other} = 1",
                f"{who}.{one}, unused = 1, 2",
                f"{who}.{one}: int = 1",
                f"me = {who}; me.{one} = 1",
                f"{who}.__dict__['{one}'] = 1" if who == "self" else f"{who}.{one} = 1",
                f"{who}.{one} = {who}.{other}",
                f"{who}.{one} = use({who}.{one})",
                f"{who}.{one} = getattr({who}, '{other}', 1)",
                f"{who}.{one} = 1" if self.is_clear or who == "cls" else f"type({who}).{one} = 1",
                f"for {who}.{one} in (1, 2): pass",
                f"with contextlib.nullcontext(1) as {who}.{one}: pass",
                f"[{who}.{one}, *unused] = 1, 2, 3",
                f"for each in ('{one}', '{other}'): setattr({who}, each, 1)",
                f"{who}.__setattr__('{one}', 1)" if who == "self" else f"{who}.{one} = 1",
            )
        )

    def _odd_read(self, place: _Place, indent: int) -> str:
        return indent * _INDENT + self.dice.choice(self._odd_reads(place))

    def _odd_reads(self, place: _Place) -> tuple[str, ...]:
        one, other = self.dice.sample(ATTRIBUTES, 2)
        who = place.receiver
        doubts: tuple[str, ...] = (
            f"del {who}.{one}" if who == "self" else f"use({who}.{one})",
            f"(lambda: use({who}.{one}))()",
            f"use(choose({self._site()}) and {who}.{one})",
            f"use(lambda: {who}.{one})",
            f"use({who}.{one} if hasattr({who}, '{one}') else {who}.{other})",
            f"hasattr({who}, '{one}') and use({who}.{one})",
            f"hasattr({who}, '{one}') or use({who}.{other})",
            f"assert hasattr({who}, '{one}')",
        )
        ways: tuple[str, ...] = (
            f"{who}.{one} += 1",
            f"getattr({who}, '{one}')",
            f"use(getattr({who}, '{one}', None))",
            f"use([{who}.{one} for unused in (1, 2)])",
            f"assert use({who}.{one}) is None",
            f"f'{{{who}.{one}}}'",
            f"me = {who}; use(me.{one})",
            f"use({who}.shown)" if who == "self" and place.method != "shown" else f"use({who}.{one})",
            f"use(value={who}.{one})",
            f"use({{1: ({who}.{one}, 2)}})",
            f"use({who}.{one} if True else None)",
            f"use(list({who}.{one} for unused in (1, 2)))",
            f"for unused in ({who}.{one}, 1): pass",
        )
        return ways if self.is_clear else ways + doubts

    def _leave(self, place: _Place, indent: int) -> str:
        ways: list[str] = ["pass", *(() if self.is_clear else ("return", "boom()", "raise ValueError"))]
        if place.in_loop:
            ways += ["break", "continue"]
        if self.kind is not Kind.PLAIN and place.is_test and not self.is_clear:
            ways.append("self.skipTest('')")
        return indent * _INDENT + self.dice.choice(ways)

    def _call(self, place: _Place, indent: int) -> str:
        # helpers call nobody who might call them back
        ways = ["outside(self)"] if place.method != "outside" else []
        ways += [f"self.{each}()" for each in HELPERS] if place.method not in (*HELPERS, "outside") else []
        if self.kind is not Kind.PLAIN and not ways[1:]:
            ways += [f"self.addCleanup(use, {self._target(place)})"]
        return indent * _INDENT + self.dice.choice(ways or ["pass"])

    def _super(self, place: _Place, indent: int) -> str:
        start = "await " if place.is_async else ""
        return f"{indent * _INDENT}{start}super().{place.method}()"

    def _site(self) -> int:
        return self.dice.randrange(SITES)

    def _if(self, place: _Place, indent: int) -> str:
        start = indent * _INDENT
        foreseen = ("True", "False")
        unforeseen = (f"choose({self._site()})", f"not choose({self._site()})")
        test = self.dice.choice(foreseen if self.is_clear else (*foreseen, *unforeseen))
        text = f"{start}if {test}:\n{self._block(place.deeper(), indent + 1)}"
        if self.dice.random() < 0.5:
            text += f"\n{start}else:\n{self._block(place.deeper(), indent + 1)}"
        return text

    def _match(self, place: _Place, indent: int) -> str:
        start = indent * _INDENT
        block = self._block(place.deeper(), indent + 2)
        first = "" if self.is_clear else f"{start}{_INDENT}case 1:\n{self._block(place.deeper(), indent + 2)}\n"
        return f"{start}match choose({self._site()}) + 0:\n{first}{start}{_INDENT}case _:\n{block}"

    def _guard(self, place: _Place, indent: int) -> str:
        start, one = indent * _INDENT, self.dice.choice(ATTRIBUTES)
        who = place.receiver
        test = self.dice.choice(
            (f"hasattr({who}, '{one}')", f"not hasattr({who}, '{one}')", f"getattr({who}, '{one}', None)")
        )
        text = f"{start}if {test}:\n{self._block(place.deeper(), indent + 1)}"
        if self.dice.random() < 0.5:
            text += f"\n{start}else:\n{self._block(place.deeper(), indent + 1)}"
        return text

    def _try(self, place: _Place, indent: int) -> str:
        start = indent * _INDENT
        inside = [self._block(place.deeper(), indent + 1) for _ in range(4)]
        if self.is_clear:
            inside[1] = f"{start}{_INDENT}pass"
        caught = self.dice.choice(("AttributeError", "ValueError", "(AttributeError, ValueError)"))
        handler = f"\n{start}except {caught}:\n{inside[1]}"
        ending = f"\n{start}finally:\n{inside[2]}"
        otherwise = f"\n{start}else:\n{inside[3]}"
        shapes = (handler, handler + ending, ending, handler + otherwise)
        # what comes after what may have failed is in doubt
        shape = self.dice.choice(shapes[:3] if self.is_clear and "AttributeError" in caught else shapes)
        return f"{start}try:\n{inside[0]}{shape}"

    def _loop(self, place: _Place, indent: int) -> str:
        start = indent * _INDENT
        head = self.dice.choice(("for unused in (1, 2)", "for unused in range(3)", "while True"))
        body = self._block(place.deeper(in_loop=True), indent + 1)
        ending = f"\n{start}{_INDENT}break" if head == "while True" else ""
        if head != "while True" and self.dice.random() < 0.3:
            return f"{start}{head}:\n{body}\n{start}else:\n{self._block(place.deeper(), indent + 1)}"
        # a loop for ever must not go on
        body = body.replace("continue", "break") if head == "while True" else body
        return f"{start}{head}:\n{body}{ending}"

    def _with(self, place: _Place, indent: int) -> str:
        managers = [
            "contextlib.suppress(AttributeError)",
            "contextlib.suppress(ValueError)",
            "contextlib.nullcontext()",
            "pytest.raises(ValueError)",
        ]
        if self.kind is not Kind.PLAIN and place.receiver == "self" and place.is_test:
            managers += ["self.assertRaises(ValueError)", "self.assertRaises(AttributeError)", "self.subTest()"]
        return f"{indent * _INDENT}with {self.dice.choice(managers)}:\n{self._block(place.deeper(), indent + 1)}"

    def _local(self, place: _Place, indent: int) -> str:
        start = indent * _INDENT
        inner = _Place("local", False, depth=place.depth + 1, receiver=place.receiver)
        ending = self.dice.choice(("local()", "local()", "pass", "pass" if self.is_clear else "use(local)"))
        return f"{start}def local():\n{self._block(inner, indent + 1)}\n\n{start}{ending}"
