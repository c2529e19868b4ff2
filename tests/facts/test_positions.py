"""Where nodes stand, held against libcst's own provider and against Python's own parser."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from lint_ssot.facts.expressions import Attribute, Await, Call, Lambda, Name, Subscript
from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.positions import Positions
from lint_ssot.facts.statements import Alias, Class, Function, Import, ImportFrom, Item, With
from tests.facts.trees import nodes_of, standard_library

PLACED = (
    cst.BaseExpression,
    cst.BaseCompoundStatement,
    cst.BaseSmallStatement,
    cst.ImportAlias,
)
SOURCES = [
    path.name for path in standard_library("contextlib.py", "dataclasses.py", "unittest/*case.py", "unittest/[lrs]*.py")
]


def library_source(file_name: str) -> str:
    (path,) = standard_library(file_name) or standard_library(f"unittest/{file_name}")
    with tokenize.open(path) as file:
        return file.read()


@pytest.mark.parametrize("file_name", SOURCES)
def test_nodes_stand_where_libcst_says(file_name: str) -> None:
    source = library_source(file_name)
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    positions = Positions(wrapper.module, source)
    provided = wrapper.resolve(PositionProvider)
    assert [] == [
        (type(node).__name__, place.start)
        for node, place in provided.items()
        if isinstance(node, PLACED) and positions.of(node) != (place.start.line, place.start.column)
    ]


FORMATTED = re.compile("f[\"']")
AST_KINDS: dict[type, tuple[type, ...]] = {
    Attribute: (ast.Attribute,),
    Call: (ast.Call,),
    Await: (ast.Await,),
    Subscript: (ast.Subscript,),
    Lambda: (ast.Lambda,),
    Function: (ast.FunctionDef, ast.AsyncFunctionDef),
    Class: (ast.ClassDef,),
    With: (ast.With, ast.AsyncWith),
    Import: (ast.Import,),
    ImportFrom: (ast.ImportFrom,),
    Alias: (ast.alias,),
}


@pytest.mark.parametrize("file_name", SOURCES)
def test_nodes_of_ascii_sources_stand_where_python_says(file_name: str) -> None:
    source = library_source(file_name)
    lines = source.splitlines()
    places = {(type(node), node.lineno, node.col_offset) for node in placed_in(ast.parse(source))}
    strays: list[Any] = [
        node
        for node in nodes_of(extract_facts(source).body)
        if (kinds := kinds_in_python(node))
        and not any((kind, *node.at) in places for kind in kinds)
        # Python before 3.12 does not know where a name in a formatted string stands
        and not FORMATTED.search(lines[node.at.line - 1])
    ]
    assert [] == strays


def kinds_in_python(node: Any) -> tuple[type, ...]:
    return AST_KINDS.get(type(node), ())


def placed_in(tree: ast.AST) -> Iterator[Any]:
    return (node for node in ast.walk(tree) if hasattr(node, "lineno"))


def places_of(source: str | bytes, kind: type) -> list[tuple[int, int]]:
    found: list[Any] = [node for node in nodes_of(extract_facts(source).body) if type(node) is kind]
    return [tuple(node.at) for node in found]


NAMES: dict[str, tuple[str | bytes, list[tuple[int, int]]]] = {
    "parentheses around a name": ("((a))", [(1, 2)]),
    "columns are characters": ("'äöü' < a", [(1, 8)]),
    "a tab is one character": ("if a:\n\tb", [(1, 3), (2, 1)]),
    "CRLF": (b"a\r\nb\r\n  \r\nc", [(1, 0), (2, 0), (4, 0)]),
    "a lone CR": (b"a\rb\rc", [(1, 0), (2, 0), (3, 0)]),
    "mixed line ends": (b"a\r\nb\rc\nd", [(1, 0), (2, 0), (3, 0), (4, 0)]),
    "a line end inside a string": (b"'''\r\n''' < a", [(2, 6)]),
    "a byte-order mark": (b"\xef\xbb\xbfa", [(1, 0)]),
    "Latin-1": ("# coding: latin-1\n'é' < a".encode("latin-1"), [(2, 6)]),
    "a form feed between lines": ("a\n\f\nb", [(1, 0), (3, 0)]),
    "a form feed before a statement": ("a\n\fb", [(1, 0), (2, 1)]),
    "a continued line": ("a < \\\n  b", [(1, 0), (2, 2)]),
    "a continued line before the first word": ("\\\na", [(2, 0)]),
    "a continued line in an indented block": ("if a:\n  b\n\\\n  c", [(1, 3), (2, 2), (4, 2)]),
    "a line separator that Python does not know": ("'\u2028\x0b\x1c' < a", [(1, 8)]),
    "a formatted string over several lines": ("f'''{a}\n {b}'''", [(1, 5), (2, 2)]),
    "no line end at the end": ("a\nb", [(1, 0), (2, 0)]),
    "comments in brackets": ("(a < # b\n\n  c)", [(1, 1), (3, 2)]),
}


@pytest.mark.parametrize(("source", "expected"), NAMES.values(), ids=NAMES)
def test_names_stand_at(source: str | bytes, expected: list[tuple[int, int]]) -> None:
    assert expected == places_of(source, Name)


OTHERS: dict[str, tuple[str, type, list[tuple[int, int]]]] = {
    "a chain starts where its first link does": ("x = a.b.c()", Attribute, [(1, 4), (1, 4)]),
    "a chain of a parenthesized value": ("((a)\n.b)", Attribute, [(1, 1)]),
    "a call": ("x = a(\n b()\n)", Call, [(1, 4), (2, 1)]),
    "await": ("async def f():\n    x = (await a)", Await, [(2, 9)]),
    "a function is its def, below the decorators": ("@a\n@b\n\n# c\ndef f(): pass", Function, [(5, 0)]),
    "an async function is its async": ("class A:\n  @a\n  async def f(): pass", Function, [(3, 2)]),
    "a class is its class": ("@a\nclass A: pass", Class, [(2, 0)]),
    "a with": ("if a:\n    with b: pass", With, [(2, 4)]),
    "an async with": ("async def f():\n  async with b: pass", With, [(2, 2)]),
    "the items of a with": ("with (\n a as b,\n c): pass", Item, [(2, 1), (3, 1)]),
    "an item of a with in parentheses of its own": ("with (a), (b): pass", Item, [(1, 6), (1, 11)]),
    "an item that is a choice": ("with (a if b else c): pass", Item, [(1, 6)]),
    "an import": ("if a:\n  import b", Import, [(2, 2)]),
    "the names of an import": ("import a.b as c,  d", Alias, [(1, 7), (1, 18)]),
    "the names of a from-import": ("from .a import (\n  b,\n  c as d)", Alias, [(2, 2), (3, 2)]),
    "the star of a star import": ("from  .a  import  *", Alias, [(1, 18)]),
}


@pytest.mark.parametrize(("source", "kind", "expected"), OTHERS.values(), ids=OTHERS)
def test_other_nodes_stand_at(source: str, kind: type, expected: list[tuple[int, int]]) -> None:
    assert expected == places_of(source, kind)


def test_nodes_that_start_together_share_one_position() -> None:
    call, *inner = [node for node in nodes_of(extract_facts("a.b()").body) if hasattr(node, "at")]
    assert [True, True] == [node.at is call.at for node in inner]


def test_a_file_and_its_text_have_the_same_facts(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("import a\nclass B(a.C): pass\n", encoding="utf-8")
    assert extract_facts(path.read_bytes()) == extract_facts(path.read_text(encoding="utf-8"))
