"""Whatever a file holds, reading it ends soon, and ends with facts or with a reason."""

from __future__ import annotations

import ast
import gc
import random

import pytest

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.limits import is_beyond_limits
from lint_ssot.facts.model import Trouble
from tests.facts.trees import body_of, evaluate, standard_library

MANY = 20_000

TOO_DEEP = {
    "parentheses": "(" * MANY + ")" * MANY,
    "brackets that are never closed": "[" * MANY,
    "dicts": "{1:" * MANY + "1" + "}" * MANY,
    "calls inside calls": "f(" * MANY + ")" * MANY,
    "calls inside calls with closed ones before": "f(g(), " * MANY + ")" * MANY,
    "comprehensions": "[a for a in " * MANY + "b" + "]" * MANY,
    "walruses": "(a:=" * MANY + "1" + ")" * MANY,
    "calls of calls": "a" + "()" * MANY,
    "subscripts of subscripts": "a" + "[0]" * MANY,
    "subscripts of subscripts with commas": "a" + "[0,]" * MANY,
    "attributes of attributes": "a" + ".b" * MANY,
    "a chain of operators": "+".join("a" * MANY),
    "a chain of operators on many lines": "(" + "+\n".join("a" * MANY) + ")",
    "a chain of powers": "**".join("a" * MANY),
    "a chain of comparisons": "<".join("a" * MANY),
    "a chain of ands": " and ".join("a" * MANY),
    "signs": "-" * MANY + "1",
    "nots": "not " * MANY + "a",
    "lambdas": "lambda: " * MANY + "1",
    "lambdas with parameters": "lambda a, b, c: " * MANY + "1",
    "choices": "a if b else " * MANY + "c",
    "concatenated strings": "'a' " * MANY,
    "else-ifs": "if a: b\n" + "elif a: b\n" * MANY,
    "patterns": "match a:\n case " + "[" * 30 + "b" + "]" * 30 + ": pass",
    "mapping patterns": "match a:\n case " + "{1:" * 12 + "b" + "}" * 12 + ": pass",
    "closed brackets that stand in strings": "(')'," * MANY,
    "closed brackets that stand in comments": "( # )\n" * MANY,
    "closed brackets that stand in triple-quoted strings": "('''\n)\n'''," * MANY,
    "brackets in a formatted string": "f'{" + "(" * MANY + ")" * MANY + "}'",
    "closed brackets in formatted strings": "(f'){a}'," * MANY,
    "formatted strings in formatted strings": "f'{" * MANY + "}'" * MANY,
}


@pytest.mark.parametrize("source", TOO_DEEP.values(), ids=TOO_DEEP)
def test_what_would_exhaust_the_parser_is_not_parsed(source: str) -> None:
    expected = Trouble(Position(1, 0), "is nested or chained too deeply to be read", is_syntax=False)
    assert expected == extract_facts(f"x = (\n{source}\n)" if source[0] == "'" else source).trouble


USUAL = {
    "a table of a thousand rows": "x = [\n" + "    ('a', 1, {'b': [c]}),\n" * 1_000 + "]",
    "a thousand statements without a comma": "a.b(c)[d] + e\n" * 1_000,
    "a thousand decorated functions": "@a\ndef f(b): return b\n" * 1_000,
    "a long text": "x = '''" + "word (and [another {\n" * 1_000 + "'''",
    "long comments": "# (and [another {\n" * 1_000,
    "a formatted string of many parts": "f'" + "{a} (" * 50 + "'",
    "brackets of forty levels": "(" * 40 + "a" + ")" * 40,
    "patterns of five levels": "match a:\n case [{1: A(b=(c, [d]))}]: pass\n",
    "a function whose name begins with case": "casement((((((((((a))))))))))",
}


@pytest.mark.parametrize("source", USUAL.values(), ids=USUAL)
def test_what_is_merely_long_is_read(source: str) -> None:
    assert not is_beyond_limits(source)
    assert extract_facts(source).trouble is None


DEFECTS: dict[str, tuple[bytes | str, Position, str]] = {
    "an open bracket": (b"a\nb = (", Position(2, 4), "'(' was never closed"),
    "a byte that is no UTF-8": (b"a = '\xff'", Position(1, 0), "cannot be decoded"),
    "an unknown encoding": (b"# coding: klingon\n", Position(1, 0), "unknown encoding: klingon"),
    "an encoding that gives no text": (b"# coding: rot13\n", Position(1, 0), "cannot be decoded"),
    "half a surrogate pair": ("a = '\ud800'", Position(1, 0), "cannot be decoded"),
    "a null byte": (b"a = 1\n\0", Position(1, 0), "null bytes"),
    "an indentation that was never seen": (b"if a:\n    b\n  c\n", Position(3, 3), "unindent"),
    "Python 2": (b"print 'a'\n", Position(1, 0), "print"),
}


@pytest.mark.parametrize(("source", "at", "part"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_of_the_file_is_told_with_its_place(source: bytes | str, at: Position, part: str) -> None:
    facts = extract_facts(source)
    assert facts.trouble is not None
    assert ((), True, at) == (facts.body, facts.trouble.is_syntax, facts.trouble.at)
    assert part in facts.trouble.message


def test_a_huge_file_is_not_read() -> None:
    expected = Trouble(Position(1, 0), "is too large to be read", is_syntax=False)
    assert expected == extract_facts(b"#" * 5_000_001).trouble


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbfa",
        b"# -*- coding: latin-1 -*-\n'\xe9'\na",
        "\ufeffa",
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'\x80'\na",
        b"# coding: utf-7\n+AGE-",
        b"a\x0c",
    ],
)
def test_encodings_are_those_of_python(source: bytes | str) -> None:
    assert (evaluate("a"),) == body_of(source)


@pytest.mark.parametrize("was_enabled", [True, False])
@pytest.mark.parametrize("source", ["a = 1", "a = ("])
def test_the_collector_is_left_as_it_was(source: str, was_enabled: bool) -> None:
    try:
        (gc.enable if was_enabled else gc.disable)()
        extract_facts(source)
        assert was_enabled == gc.isenabled()
    finally:
        gc.enable()


def test_the_files_that_test_python_itself_are_read_or_refused() -> None:
    paths = standard_library("test/bad*.py", "test/test_[flg]*.py", "test/encoded_modules/*.py", "test/tokenizedata/*")
    small = [path for path in paths if path.is_file() and path.stat().st_size < 6_000]
    assert [] == [path for path in small if not is_read_or_refused(path.read_bytes())]


def test_damaged_files_are_read_or_refused() -> None:
    dice = random.Random(1)
    (path,) = standard_library("unittest/_log.py")
    source = path.read_bytes()
    for _ in range(150):
        damaged = bytearray(source)
        for _ in range(dice.randint(1, 4)):
            damaged[dice.randrange(len(damaged))] = dice.choice(b"()[]{}:\"'\\\n\r\t\f\0 #,=*@\xff")
        assert is_read_or_refused(bytes(damaged))


def is_read_or_refused(source: bytes) -> bool:
    facts = extract_facts(source)
    return facts.trouble is None or (facts.body == () and facts.trouble.at.line >= 1 and facts.trouble.message != "")


@pytest.mark.parametrize("source", [*TOO_DEEP.values(), *USUAL.values()], ids=[*TOO_DEEP, *USUAL])
def test_the_tree_of_a_source_spares_no_look_that_is_needed(source: str) -> None:
    try:
        tree = ast.parse(source)
    except (SyntaxError, RecursionError, MemoryError):
        tree = None
    assert is_beyond_limits(source) == is_beyond_limits(source, tree)


SMALL = ("a = (1 + 2); b = [3]\n", "if a: b = {\n 1: 2}\n", "@a(b)\nclass C:\n    '''(((('''\n    def f(self): pass\n")


@pytest.mark.parametrize("depth", [98, 99, 100, 101])
def test_statements_before_and_behind_do_not_hide_a_deep_one(depth: int) -> None:
    for before in SMALL:
        source = f"{before}x = 1; y = {'(' * depth}\n1{')' * depth}\n{before}"
        assert is_beyond_limits(source) == is_beyond_limits(source, ast.parse(source))
