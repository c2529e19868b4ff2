"""What a glance at the bytes proves is so."""

from __future__ import annotations

import pytest

from lint_ssot.facts.relevance import may_matter

MATTERS: dict[str, bytes] = {
    "a class": b"class A: pass",
    "an indented class": b"if a:\n\tclass A: pass",
    "a with": b"a = 1\n  with b: pass",
    "an async with": b"  async with b: pass",
    "an async function": b"async def f(): pass",
    "an async function on two lines": b"async \\\n def f(): pass",
    "a test": b"def test_a(): pass",
    "a hook of a module": b"def setup_module(): pass",
    "unittest's hook of a module": b"def tearDownModule(): pass",
    "a fixture": b"@pytest.fixture\ndef a(): pass",
    "an import": b"import a",
    "an import behind a semicolon": b"a; import b",
    "an import behind a colon": b"try: from a import b\nfinally: pass",
    "an import by a function": b"__import__('a')",
    "a class behind a byte-order mark": b"\xef\xbb\xbfclass A: pass",
    "a class behind a form feed": b"\x0cclass A: pass",
    "a class behind a lone CR": b"a\rclass A: pass",
    "a class behind a continued line": b"\\\nclass A: pass",
    "an encoding that hides everything": b"# coding: utf-7\n+AGMAbABhAHMAcw A: pass",
    "an encoding that hides everything, on the second line": b"#!python\n# coding=utf-7\n",
    "an unknown encoding": b"# coding: klingon",
}


@pytest.mark.parametrize("source", MATTERS.values(), ids=MATTERS)
def test_a_file_may_matter_that_has(source: bytes) -> None:
    assert may_matter(source)


INNOCENT: dict[str, bytes] = {
    "nothing": b"",
    "comments": b"# a class with an async test",
    "constants": b"A = 1\nB = 'a class'\n",
    "functions": b"def f(a):\n    return a\n",
    "words that end like others": b"x_class = 1\nnot_with = 2\n",
    "UTF-8 said aloud": b"# coding: utf-8\nA = 1\n",
}


@pytest.mark.parametrize("source", INNOCENT.values(), ids=INNOCENT)
def test_a_file_cannot_matter_that_has_only(source: bytes) -> None:
    assert not may_matter(source)


IMPORTS: dict[str, tuple[bytes, bool]] = {
    "the project's own": (b"from pkg.a import b", True),
    "the project's own among others": (b"import os, pkg as p", True),
    "a relative one": (b"from . import a", True),
    "a relative one, spaced out": (b"from \\\n .a import b", True),
    "others only": (b"import os\nfrom a.b import c", False),
    "a name that only begins alike": (b"import pkg_other", False),
}


@pytest.mark.parametrize(("source", "expected"), IMPORTS.values(), ids=IMPORTS)
def test_only_imports_of_the_project_matter(source: bytes, expected: bool) -> None:
    assert expected == may_matter(source, first_party=["pkg", "tests"])


@pytest.mark.parametrize("source", [b'__all__ = ["gone"]\n', b'pytest_plugins = ["gone"]\n'])
def test_names_that_are_promised_or_asked_for_matter(source: bytes) -> None:
    assert may_matter(source)
