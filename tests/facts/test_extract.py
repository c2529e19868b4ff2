"""What each form of source is reduced to."""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType

import pytest

from lint_ssot.facts.expressions import (
    Argument,
    Choice,
    Collection,
    Compare,
    Comprehension,
    Constant,
    Expression,
    Generation,
    Logic,
    Mapping,
    Not,
    Opaque,
    Starred,
    Walrus,
    Yield,
)
from lint_ssot.facts.statements import (
    Annotate,
    Assert,
    Assign,
    Block,
    Break,
    Case,
    Continue,
    Delete,
    Evaluate,
    For,
    Function,
    Global,
    Handler,
    If,
    Match,
    Parameter,
    Raise,
    Return,
    Try,
    While,
)
from tests.facts.trees import (
    attribute,
    awaited,
    body_of,
    call,
    class_of,
    evaluate,
    function,
    importing,
    importing_from,
    lambda_of,
    name,
    nodes_of,
    subscript,
    value_of,
    with_of,
)

A, B, C, D = name("a"), name("b"), name("c"), name("d")
ONE, TWO = Constant(1), Constant(2)
NOTHING = Opaque()


EXPRESSIONS: dict[str, tuple[str, Expression]] = {
    "a name": ("a", A),
    "an attribute": ("a.b.c", attribute("a", "b", "c")),
    "singletons are constants": (
        "None, True, False",
        Collection((Constant(None), Constant(True), Constant(False))),
    ),
    "a call with every kind of argument": (
        "a(b, *c, k=d, **a)",
        call("a", B, Argument(C, None, 1), Argument(D, "k"), Argument(A, None, 2)),
    ),
    "a call of a call": ("a()()", call(call("a"))),
    "a lone generator expression is an argument": (
        "a(b for b in c)",
        call("a", Comprehension((Generation(B, C, ()),), (B,), is_lazy=True)),
    ),
    "await": ("await a()", awaited(call("a"))),
    "yield without a value": ("yield", Yield(None)),
    "yield": ("yield a", Yield(A)),
    "yield of a tuple": ("yield a, b", Yield(Collection((A, B)))),
    "yield from": ("yield from a", Yield(A)),
    "a plain string": ("'a'", Constant("a")),
    "a raw string": (r"r'\n'", Constant(r"\n")),
    "a triple-quoted string": ("'''a'b'''", Constant("a'b")),
    "an empty triple-quoted string": ("''''''", Constant("")),
    "an empty string": ("''", Constant("")),
    "escapes are resolved": (r"'\n\x41\u00e9\U0001F600\101\'\N{BULLET}'", Constant("\nAé😀A'•")),
    "unknown escapes stay": (r"'\d\N{NO SUCH THING}'", Constant(r"\d\N{NO SUCH THING}")),
    "an escape beyond Unicode stays": (r"'\UFFFFFFFF'", Constant(r"\UFFFFFFFF")),
    "a continued line in a string": ("'a\\\nb'", Constant("ab")),
    "a unicode prefix says nothing": ("u'a'", Constant("a")),
    "concatenated strings are one": ("'a' \"b\" r'\\c'", Constant("ab\\c")),
    "bytes are not known": ("b'a'", NOTHING),
    "concatenated bytes are not known": ("b'a' b'b'", NOTHING),
    "a formatted string without parts is a string": ("f'a{{b}}'", Constant("a{b}")),
    "a raw formatted string without parts": (r"rf'\d'", Constant(r"\d")),
    "a formatted string evaluates its parts": ("f'{a}{b!r:>{c}}'", Opaque((A, B, C))),
    "concatenation with a formatted string": ("'x' f'{a}' 'y'", Opaque((A,))),
    "nested quotes in a formatted string": ("f\"{a['b']}\"", Opaque((subscript(A, Constant("b")),))),
    "a template string evaluates its parts": ("t'{a}{b:{c}}'", Opaque((A, B, C))),
    "integers": (
        "1_000, 0x1F, 0b1, 0o17, 00",
        Collection(tuple(Constant(n) for n in (1000, 31, 1, 15, 0))),
    ),
    "a negative integer": ("-1", Constant(-1)),
    "an integer that only arithmetic could want": ("1" * 30, NOTHING),
    "other numbers are not known": ("1.5, 2j", Collection((NOTHING, NOTHING))),
    "an ellipsis is not known": ("...", NOTHING),
    "the empty tuple": ("()", Collection(())),
    "displays": ("(a,), [b], {c}", Collection((Collection((A,)), Collection((B,)), Collection((C,))))),
    "starred in a display": ("[*a, b]", Collection((Starred(A), B))),
    "a dict display": ("{a: b, **c}", Mapping((A, None), (B, C))),
    "the empty dict": ("{}", Mapping((), ())),
    "a subscript": ("a[b]", subscript(A, B)),
    "a subscript of several": ("a[b, c]", subscript(A, Collection((B, C)))),
    "a subscript of a tuple of one": ("a[b,]", subscript(A, Collection((B,)))),
    "a starred subscript": ("a[*b]", subscript(A, Collection((Starred(B),)))),
    "a slice evaluates its bounds": ("a[b:c:1]", subscript(A, Opaque((B, C)))),
    "a slice without bounds": ("a[:]", subscript(A, NOTHING)),
    "and": ("a and b and c", Logic("and", (A, B, C))),
    "or": ("a or b", Logic("or", (A, B))),
    "or of ands": ("a and b or c", Logic("or", (Logic("and", (A, B)), C))),
    "not": ("not a", Not(A)),
    "other operators evaluate their operands": ("-a | b * c", Opaque((A, B, C))),
    "operands that say nothing are left out": ("a % 2 % b", Opaque((A, B))),
    "lists that are added keep their operands": (
        "['a'] + b + [1]",
        Opaque((Collection((Constant("a"),)), B, Collection((ONE,))), "+"),
    ),
    "paths that are joined keep their operands": ("a / 'b' / c", Opaque((A, Constant("b"), C), "/")),
    "arithmetic of constants says nothing": ("1 + 2 * 3", NOTHING),
    "a comparison": ("a is not b", Compare(A, "is not", B)),
    "not in": ("a not in b", Compare(A, "not in", B)),
    "every other comparison": (
        "a < b, a > b, a == b, a != b, a <= b, a >= b, a in b, a is b",
        Collection(tuple(Compare(A, sign, B) for sign in ("<", ">", "==", "!=", "<=", ">=", "in", "is"))),
    ),
    "a chain of comparisons": ("a < b <= c", Logic("and", (Compare(A, "<", B), Compare(B, "<=", C)))),
    "a choice": ("a if b else c", Choice(B, A, C)),
    "a walrus": ("(a := b)", Walrus(A, B)),
    "a list comprehension": (
        "[a for b in c if d if a]",
        Comprehension((Generation(B, C, (D, A)),), (A,)),
    ),
    "nested and async generations": (
        "{a async for b in c for a in b}",
        Comprehension((Generation(B, C, ()), Generation(A, B, ())), (A,)),
    ),
    "a dict comprehension": (
        "{a: b for c in d}",
        Comprehension((Generation(C, D, ()),), (A, B)),
    ),
    "a lambda": ("lambda a, *b, k=1, **c: d", lambda_of(D, "a", "b", "k", "c")),
    "a lambda whose defaults read names": ("lambda a=b: c", Opaque((B, lambda_of(C, "a")))),
    "parentheses say nothing": ("((a)).b", attribute("a", "b")),
}


@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_an_expression_is_reduced_to(source: str, expected: Expression) -> None:
    assert expected == value_of(source)


STATEMENTS: dict[str, tuple[str, Block]] = {
    "an empty file": ("", ()),
    "a file of comments": ("# a\n\n# b", ()),
    "an expression": ("a", (Evaluate(A),)),
    "docstrings, constants and pass are dropped": ("'doc'\n1\n...\npass\nb'x'", ()),
    "several statements on a line": ("a; b; pass", (Evaluate(A), Evaluate(B))),
    "assignment": ("a = b = c", (Assign((A, B), C),)),
    "assignment to a display": ("a, *b = c", (Assign((Collection((A, Starred(B))),), C),)),
    "augmented assignment": ("a += b", (Assign((A,), B, is_augmented=True),)),
    "annotation": ("a: b", (Annotate(A, B, None),)),
    "annotation with a value": ("a: 'b' = c", (Annotate(A, Constant("b"), C),)),
    "del": ("del a, b.c", (Delete((A, attribute("b", "c"))),)),
    "del of one": ("del a", (Delete((A,)),)),
    "del of a parenthesized tuple": ("del (a, b)", (Delete((A, B)),)),
    "a type alias binds its name": ("type a[T] = b", (Assign((A,), NOTHING),)),
    "if, elif and else": (
        "if a:\n    b\nelif c:\n    d\nelse:\n    a",
        (If(A, (evaluate("b"),), (If(C, (evaluate("d"),), (evaluate("a"),)),)),),
    ),
    "a suite on the same line": ("if a: b; c", (If(A, (evaluate("b"), evaluate("c")), ()),)),
    "for": (
        "for a in b:\n    break\nelse:\n    c",
        (For(A, B, (Break(),), (evaluate("c"),), is_async=False),),
    ),
    "while": ("while a:\n    continue\nelse:\n    b", (While(A, (Continue(),), (evaluate("b"),)),)),
    "try": (
        "try:\n    a\nexcept b as c:\n    d\nexcept (a, b):\n    pass\nexcept:\n    a\nelse:\n    b\nfinally:\n    c",
        (
            Try(
                (evaluate("a"),),
                (
                    Handler(B, "c", (evaluate("d"),)),
                    Handler(Collection((A, B)), None, ()),
                    Handler(None, None, (evaluate("a"),)),
                ),
                (evaluate("b"),),
                (evaluate("c"),),
            ),
        ),
    ),
    "except*": (
        "try:\n    a\nexcept* b as c:\n    pass",
        (Try((evaluate("a"),), (Handler(B, "c", ()),), (), ()),),
    ),
    "with": ("with a as b, c: d", (with_of((A, B), (C, None), body=(evaluate("d"),)),)),
    "with in parentheses": ("with (a as b, c,): d", (with_of((A, B), (C, None), body=(evaluate("d"),)),)),
    "with a target in parts": (
        "with a() as (b, c.d): pass",
        (with_of((call("a"), Collection((B, attribute("c", "d"))))),),
    ),
    "raise": ("raise", (Raise(None),)),
    "raise from": ("raise a from b", (Raise(A, B),)),
    "assert, whose message is seen only when it fails": ("assert a, b", (Assert(A),)),
    "import": ("import a.b, c as d", (importing(("a.b", None), ("c", "d")),)),
    "from import": (
        "from a.b import c as d, a",
        (importing_from("a.b", 0, ("c", "d"), ("a", None)),),
    ),
    "relative import": ("from ... import (a,)", (importing_from("", 3, ("a", None)),)),
    "relative import of a module": ("from .a import b", (importing_from("a", 1, ("b", None)),)),
    "star import": ("from a import *", (importing_from("a", 0, ("*", None)),)),
    "global and nonlocal": (
        "def f():\n    global a, b\n    nonlocal c",
        (function("f", Global(("a", "b")), Global(("c",))),),
    ),
}


@pytest.mark.parametrize(("source", "expected"), STATEMENTS.values(), ids=STATEMENTS)
def test_a_module_is_reduced_to(source: str, expected: Block) -> None:
    assert expected == body_of(source)


PATTERNS: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "a wildcard": ("_", (), True),
    "a capture": ("a", ("a",), True),
    "a capture of a wildcard": ("_ as a", ("a",), True),
    "a guarded capture": ("a if b", ("a",), False),
    "a value": ("a.b", (), False),
    "a literal": ("1 | 'a' | None", (), False),
    "alternatives, the last of which always matches": ("(1 as a) | a", ("a",), True),
    "a sequence": ("[a, (b, *c), *_]", ("a", "b", "c"), False),
    "a mapping": ("{'k': a, **b}", ("a", "b"), False),
    "a class": ("A(a, k=[b] as c)", ("a", "b", "c"), False),
    "an open sequence": ("a, b", ("a", "b"), False),
}


@pytest.mark.parametrize(("pattern", "bound", "is_irrefutable"), PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_binds(pattern: str, bound: tuple[str, ...], is_irrefutable: bool) -> None:
    (statement,) = body_of(f"match s:\n    case {pattern}:\n        c")
    assert isinstance(statement, Match)
    (case,) = statement.cases
    assert (name("s"), bound, is_irrefutable) == (statement.subject, case.bound, case.is_irrefutable)
    assert Case(bound, B if " if " in pattern else None, (evaluate("c"),), is_irrefutable) == case


def test_a_function_has_everything_in_its_head() -> None:
    source = "@a\n@b.c()\nasync def f(p, /, q: int = 1, *r, s=a, **t: 'u') -> v:\n    'doc'\n    return p"
    expected = function(
        "f",
        Return(name("p")),
        parameters=(
            Parameter("p", "positional", None),
            Parameter("q", "positional", ONE, name("int")),
            Parameter("r", "*", None),
            Parameter("s", "keyword", A),
            Parameter("t", "**", None, Constant("u")),
        ),
        decorators=(A, call(attribute("b", "c"))),
        is_async=True,
        returns=name("v"),
    )
    assert (expected,) == body_of(source)


def test_a_bare_asterisk_is_no_parameter() -> None:
    (found,) = body_of("def f(*, a): pass")
    assert isinstance(found, Function)
    assert (Parameter("a", "keyword", None),) == found.parameters


def test_a_class_keeps_its_bases_and_keywords_in_order() -> None:
    expected = class_of(
        "A",
        Assign((A,), ONE),
        bases=(Argument(B), Argument(subscript(C, D)), Argument(D, "metaclass"), Argument(A, None, 2)),
        decorators=(call("d"),),
    )
    assert (expected,) == body_of("@d()\nclass A[T](b, c[d], metaclass=d, **a):\n    'doc'\n    a = 1")


def test_qualified_names_are_those_of_python() -> None:
    source = """
def outer():
    def inner(): pass
    class Local:
        def method(self):
            def deepest(): pass
class A:
    class B:
        def c(self): pass
if True:
    def conditional(): pass
"""
    spelled: dict[str, object] = {}
    expected = [
        "outer",
        "outer.<locals>.inner",
        "outer.<locals>.Local",
        "outer.<locals>.Local.method",
        "outer.<locals>.Local.method.<locals>.deepest",
        "A",
        "A.B",
        "A.B.c",
        "conditional",
    ]
    assert expected == [node.qualname for node in nodes_of(body_of(source)) if hasattr(node, "qualname")]
    exec(source, spelled)
    assert "A.B.c" == spelled["A"].B.c.__qualname__  # type: ignore[attr-defined]


# every Python adds some of these by itself
OF_CLASS_BODIES = {"__name__", "__module__", "__qualname__", "__firstlineno__", "__static_attributes__"}
PRIVATE = """
class _A:
    __value__ = __value = 1
    def __method(self, __given):
        self.__kept, given.__kept = __given, call(__named=__lost)
        return lambda __each: (__last := __each)
    class __Inner:
        __value = 2
class __:
    __value = 3
"""


def test_private_names_are_spelled_as_python_spells_them() -> None:
    def of_code(code: CodeType) -> Iterator[str]:
        yield from (*code.co_names, *code.co_varnames, *code.co_cellvars, *code.co_freevars)
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                yield from of_code(inner)

    expected = {word for word in of_code(compile(PRIVATE, "a.py", "exec")) if "__" in word} - OF_CLASS_BODIES
    told = {
        getattr(node, key)
        for node in nodes_of(body_of(PRIVATE))
        for key in ("id", "attr", "name")
        if hasattr(node, key)
    }
    assert expected <= told | {"_A__each"}
    assert {word for word in told if "__" in word} <= expected


GENERATORS = {
    "one that yields": ("def f(): yield", True),
    "one that yields from": ("def f(): yield from a", True),
    "one that yields under a branch": ("def f():\n    if a:\n        with b:\n            c = yield", True),
    "an async one": ("async def f():\n    yield a", True),
    "one whose inner function yields": ("def f():\n    def g(): yield", False),
    "one whose lambda yields": ("def f(): return lambda: (yield)", False),
    "one whose inner class yields nothing": ("def f():\n    class A:\n        def g(self): yield", False),
    "one whose inner function has a default that yields": ("def f():\n    def g(a=(yield)): pass", True),
    "one that yields nowhere": ("def f(): return [a for a in b]", False),
}


@pytest.mark.parametrize(("source", "expected"), GENERATORS.values(), ids=GENERATORS)
def test_a_function_is_a_generator_if_its_own_body_yields(source: str, expected: bool) -> None:
    (found,) = body_of(source)
    assert isinstance(found, Function)
    assert expected == found.is_generator


def test_async_statements_are_told_from_sync_ones() -> None:
    source = "async def f():\n    async with a as b:\n        async for c in d:\n            await a"
    loop = For(C, D, (Evaluate(awaited(A)),), (), is_async=True)
    assert (function("f", with_of((A, B), body=(loop,), is_async=True), is_async=True),) == body_of(source)
