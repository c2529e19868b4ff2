"""Python's own tree and libcst's are reduced to the same facts, positions included."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.flow import reduced_module
from lint_ssot.facts.quick.flow import reduced_tree
from tests.facts.trees import standard_library

REAL = standard_library("c*.py", "d*.py", "asyncio/*.py", "unittest/*.py", "concurrent/futures/*.py")

SPECIMENS = {
    "formatted strings of many lines": 'x = f"""\né{a}\n  {b!r:{c}} {\n  d.e\n}"""\n',
    "formatted strings of many parts": "y = (f'é{a}' 'x'\n   rf'\\{q.z} {w}' f'{ x = }{(lambda q: q)}')\n",
    "text beyond ASCII": "é = 'ü'; a.b('ß', c.d)\r\nx = 'é'; f = g\r\n",
    "starred arguments after keywords": "f(a, k=1, *b, **c)\nclass A(b, *c, metaclass=d, **e): pass\n",
    "deletions": "del (a), b\ndel (c, d)\ndel [e]\ndel f.g\n",
    "subscripts": "x[a,]\nx[a:b, c]\nx[(a, b)]\nx[:]\n",
    "numbers": "x = [1_000, 0xFF, 00, 0b1, 2.5, 3j, -4, 99999999999999999999999999, ...]\n",
    "strings": "x = ['a' \"b\", b'c', r'\\d', '\\x41\\n\\u00e9\\N{BULLET}', f'{{', 'a' f'b' 'c']\n",
    "parentheses": "(a).b\n((a)(b)).c\nwith (a) as b, ((c)()): pass\n(yield)\n(await d)\n",
    "patterns": "match a:\n case {'k': [b, *c], **d} | e(f, g=h) as i if j: pass\n case _: pass\n case (k): pass\n",
    "parameters": "async def f(a, /, b=1, *c, d: e = 2, **g) -> h: yield from i\nx = lambda a, *b, c=d.e: a\n",
    "comprehensions": "[a async for b in c if d for e in f]\n{a: b for c in d}\nf(a for b in c)\n{*a}\n{**a, 'b': c}\n",
    "branches": "if a: b\nelif c: d\nelse:\n if e: f\nfor a in b: c\nelse: d\nwhile a: b\nelse: c\n",
    "attempts": "try: a\nexcept (b, c) as d: e\nexcept: f\nelse: g\nfinally: h\n",
    "declarations": "def f():\n global a, b\n c: d = e\n g: h\n i += j\n raise k from l\n",
    "private names": "class A:\n import b as __c\n class __D:\n  __e = 1\n  def __f(__g, *, __h=__i): global __j\n",
    "private names in use": "class _A:\n self.__k = f(__m=__n)\n match __o:\n  case __p: (__q := lambda __r: __r)\n",
    "imports": "import a.b as c, d\nfrom ..e import (f as g,\n h)\nfrom . import *\n",
}


if sys.version_info >= (3, 11):
    SPECIMENS["starred subscripts"] = "x[*a]\nx[b, *c] = d\ndef f(*g: *h): ...\n"


@pytest.mark.parametrize("source", SPECIMENS.values(), ids=SPECIMENS)
def test_both_readers_say_the_same(source: str) -> None:
    assert reduced_module(source) == reduced_tree(ast.parse(source), source)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_both_readers_say_the_same_of_the_standard_library(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert reduced_module(source) == reduced_tree(ast.parse(source), source)


def test_what_this_python_cannot_parse_is_read_by_the_other() -> None:
    source = "class A(B): pass\nprint = exec = 1\nexcept_ = 2\n"
    newer = source + "try: a\nexcept B, C: d\n"
    assert len(extract_facts(newer).body) == len(extract_facts(source).body) + 1
