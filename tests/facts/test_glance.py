"""A first look at a file tells what it surely binds and imports, and claims nothing more."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.glance import EarlyImport, Glance, glance, glance_at_facts
from tests.facts.trees import standard_library


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(): ...", {"f": 1}),
        ("async def f(): ...\n\nclass C: ...", {"f": 1, "C": 3}),
        ("a = b = 1\nc: int = 2", {"a": 1, "b": 1, "c": 2}),
        ("(a, [b, c]) = f()", {"a": 1, "b": 1, "c": 1}),
        ("import a.b, c as d\nfrom e import f, g as h", {"a": 1, "d": 1, "f": 2, "h": 2}),
        ("a = 1\na = 2", {"a": 1}),
        ("a: int", {}),
        ("from a import *", {}),
        ("a = 1\ndel a", {}),
        ("a.b = 1\na[0] = 1", {}),
        ("if a:\n    b = 1", {}),
        ("def f():\n    inner = 1", {"f": 1}),
    ],
)
def test_what_a_plain_statement_binds_is_surely_there(source: str, names: dict[str, int]) -> None:
    assert names == glance(source.encode()).bound


@pytest.mark.parametrize(
    "source",
    [
        "if a:\n    b = 1",
        "try:\n    b = 1\nexcept E:\n    pass",
        "try:\n    pass\nexcept E:\n    b = 1",
        "for a in c:\n    b = 1",
        "with a:\n    import b.c",
        "match a:\n    case 1:\n        def b(): ...",
        "if a:\n    if c:\n        class b: ...",
    ],
)
def test_what_a_block_binds_may_be_there(source: str) -> None:
    assert frozenset({"b"}) == glance(source.encode()).may_bind


def test_names_of_functions_and_classes_are_their_own() -> None:
    assert frozenset() == glance(b"class C:\n    def f(self): ...\n\ndef g():\n    x = 1").may_bind


def test_from_imports_that_always_run_are_told_with_their_lines() -> None:
    source = b"from a.b import c as d, e\nfrom .. import f\nif g:\n    from h import i"
    expected = (EarlyImport(1, "a.b", 0, "c"), EarlyImport(1, "a.b", 0, "e"), EarlyImport(2, "", 2, "f"))
    assert expected == glance(source).imports


@pytest.mark.parametrize("source", [b"def f(", b"\x00", b"# coding: no-such-coding\n", b"a = (" * 5000])
def test_what_cannot_be_parsed_is_not_readable(source: bytes) -> None:
    assert Glance(is_readable=False) == glance(source)


def test_an_invalid_escape_warns_nobody() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert glance(rb'a = "\d"').is_readable


@pytest.mark.parametrize("path", standard_library("[a-d]*.py", "unittest/*.py"), ids=lambda path: path.name)
def test_a_glance_at_facts_sees_the_same(path: Path) -> None:
    parsed, read = glance(path.read_bytes()), glance_at_facts(extract_facts(path.read_bytes()).body)
    assert (set(parsed.bound), parsed.may_bind, parsed.imports) == (set(read.bound), read.may_bind, read.imports)


def test_a_glance_at_facts_tells_the_line_that_binds_a_name_first() -> None:
    source = b"import a.b\n\ndef c(): ...\n\nd, [e] = f()\na = c\ng = 1\ndel g\nh: int\nd += 1"
    expected = {"a": 1, "c": 3, "d": 5, "e": 5}
    assert (expected, expected) == (glance(source).bound, glance_at_facts(extract_facts(source).body).bound)
