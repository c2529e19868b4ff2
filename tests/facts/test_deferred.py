"""Bodies that are read at the first look are those that are read at once."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from lint_ssot.facts.codec import decode_facts, encode_facts
from lint_ssot.facts.deferred import Lines, deferred, lines_left, may_speak_of
from lint_ssot.facts.extract import extract_facts, outline
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Class, Function
from tests.facts.test_readers import SPECIMENS
from tests.facts.trees import standard_library

REAL = standard_library("c*.py", "d*.py", "asyncio/*.py", "unittest/*.py", "concurrent/futures/*.py")
SHAPES = {
    "a method": "class A:\n    def f(self, é=1):\n        é.ü(self.__x)\n        return 'ß', é.a\n",
    "decorated": "@a\n@b(\n  c)\nasync def f():\n    await d\n",
    "one line": "def f(): return g\nclass A:\n  def f(self): pass; self.x = 1\n",
    "inner functions and classes": "def f():\n  class __A:\n    def g(self): return __b\n  def h(): return __A\n",
    "a text that is not indented": "class A:\n    def f(self):\n        x = '''\nclass B:\n  y'''\n        x.z\n",
    "comments at the margin": "class A:\n    def f(self):\n        a\n# b\n        c\n    # d\n    def g(self): e\n",
    "tabs": "class A:\n\tdef f(self):\n\t\tif a:\n\t\t\tb\n",
    "under a condition": "if a:\n    def f():\n        b\nelse:\n    def f(): c\n",
    "a continued line before": "a = 1; \\\n\\\nb = 2\ndef f():\n    c\n",
    "form feeds": "\fdef f():\n    a\n\f\ndef g():\n    b\n",
    "carriage returns": "def f():\r\n    a\r\ndef g():\r    b\r",
    "generators": "def f():\n    yield a\ndef g():\n    return 'yield'\nasync def h():\n    async def i(): yield b\n",
    "no line end": "def f():\n    a",
    "a byte-order mark": "\ufeffdef f():\n    a\n",
}


@pytest.mark.parametrize("source", [*SHAPES.values(), *SPECIMENS.values()], ids=[*SHAPES, *SPECIMENS])
def test_an_outline_says_in_the_end_what_is_said_at_once(source: str) -> None:
    assert extract_facts(source) == outline(source)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_outlines_of_the_standard_library_do(path: Path) -> None:
    assert extract_facts(path.read_bytes()) == outline(path.read_bytes())


@pytest.mark.parametrize("path", REAL[:20], ids=lambda path: path.name)
def test_bodies_are_left_where_they_are_unless_they_may_yield(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    lines = source.split("\n")
    for read, left in zip(functions(extract_facts(source)), functions(outline(source)), strict=True):
        is_left = lines_left(left) is not None
        assert is_left or "yield" in "\n".join(lines[read.at.line - 1 :])


@pytest.mark.parametrize("source", [*SHAPES.values(), *SPECIMENS.values()], ids=[*SHAPES, *SPECIMENS])
def test_what_is_left_survives_the_store(source: str) -> None:
    facts = outline(source)
    kept: Any = json.loads(json.dumps(encode_facts(facts)))
    read = decode_facts(kept, facts.text)
    assert [lines_left(each) for each in functions(facts)] == [lines_left(each) for each in functions(read)]
    assert extract_facts(source) == read


def test_what_is_left_is_a_fraction_of_what_is_said() -> None:
    (path,) = standard_library("unittest/case.py")
    whole, left = (encode_facts(read(path.read_bytes())) for read in (extract_facts, outline))
    assert len(json.dumps(left)) < len(json.dumps(whole)) / 2


def test_lines_of_no_text_are_none_of_ours() -> None:
    kept: Any = json.loads(json.dumps(encode_facts(outline("def f():\n    a\n"))))
    with pytest.raises(ValueError, match="lines of no text"):
        decode_facts(kept, None)


@pytest.mark.parametrize(
    ("text", "end"),
    [("def f(:\n", 8), ("", 0), ("x = 1\n", 6), ("  x\n", 4), ("def f(): a\nb\n", 13), ("\0", 1)],
)
def test_lines_that_hold_no_function_have_no_body(text: str, end: int) -> None:
    (function,) = functions(extract_facts("def f(): a"))
    assert () == deferred(function, Lines(text, 0, end, 1, "")).body


def test_a_body_that_was_left_is_asked_by_its_text_and_one_that_was_read_may_say_anything() -> None:
    (function,) = functions(outline("def f():\n    return setattr\n"))
    assert (True, False) == (may_speak_of(function, "setattr"), may_speak_of(function, "raise"))
    assert function.body
    assert (True, True) == (may_speak_of(function, "setattr"), may_speak_of(function, "raise"))


def test_outlines_can_be_sent_to_other_processes() -> None:
    source = SHAPES["a method"]
    assert extract_facts(source) == pickle.loads(pickle.dumps(outline(source)))


def test_a_function_has_no_other_attributes() -> None:
    (function,) = functions(outline("def f(): a\n"))
    assert not hasattr(function, "bodies")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a = setup", True), ("setups", False), ("_setup.x setup_", False), ("# setup", True), ("", False)],
)
def test_a_file_speaks_of_whole_words(text: str, expected: bool) -> None:
    assert expected == ModuleFacts((), text=text).may_speak_of("setup", "teardown")


def test_a_file_without_a_text_may_speak_of_anything() -> None:
    assert ModuleFacts(()).may_speak_of("setup")


def functions(facts: ModuleFacts) -> list[Function]:
    """The functions at module level and in classes there."""
    found: list[Function] = []
    rest = list(facts.body)
    for each in rest:
        if isinstance(each, Function):
            found.append(each)
        elif isinstance(each, Class):
            rest += each.body
    return found


def test_a_function_with_neither_body_nor_lines_says_so() -> None:
    (function,) = functions(outline("def f(): a\n"))
    object.__delattr__(function, "lines")
    with pytest.raises(AttributeError):
        _ = function.body
