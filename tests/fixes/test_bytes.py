"""A fix leaves every other byte as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.config import Settings
from tests.fixes.mended import mend

BEFORE = """import unittest


class Base(unittest.TestCase):
    def setUp(self):
        self.store = "{word}"


class TestStore(Base):
    def setUp(self):   # ours
        self.shelf = (1,
            2 )

    def test_it(self):
        self.assertTrue(self.store)
"""
AFTER = BEFORE.replace("    def setUp(self):   # ours\n", "    def setUp(self):   # ours\n        super().setUp()\n")


def mended(folder: Path, content: bytes) -> bytes:
    path = folder / "test_it.py"
    path.write_bytes(content)
    (folder / ".git").mkdir()
    mend(folder, Settings(runner="unittest"))
    return path.read_bytes()


def both(word: str = "x") -> tuple[str, str]:
    return BEFORE.replace("{word}", word), AFTER.replace("{word}", word)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_stay(newline: str, tmp_path: Path) -> None:
    before, after = (text.replace("\n", newline).encode() for text in both())
    assert after == mended(tmp_path, before)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_the_encoding_stays(encoding: str, tmp_path: Path) -> None:
    cookie = f"# coding: {encoding.removesuffix('-sig')}\n"
    before, after = ((cookie + text).encode(encoding) for text in both("für"))
    assert after == mended(tmp_path, before)


def test_a_byte_order_mark_without_a_cookie_stays(tmp_path: Path) -> None:
    before, after = (text.encode("utf-8-sig") for text in both("für"))
    assert after == mended(tmp_path, before)


def test_a_file_without_an_end_of_line_stays_so(tmp_path: Path) -> None:
    before, after = (text.rstrip("\n").encode() for text in both())
    assert after == mended(tmp_path, before)


def test_form_feeds_and_continued_lines_stay(tmp_path: Path) -> None:
    odd = ("class TestStore(Base):", "\fclass TestStore(Base):"), ("self.store = ", "self.store = \\\n            ")
    before, after = both()
    for plain, written in odd:
        before, after = before.replace(plain, written), after.replace(plain, written)
    assert after.encode() == mended(tmp_path, before.encode())


def test_text_that_cannot_be_decoded_is_left_alone(tmp_path: Path) -> None:
    before = BEFORE.encode() + b"# \xff\n"
    assert before == mended(tmp_path, before)


def test_what_python_cannot_parse_is_left_alone(tmp_path: Path) -> None:
    before = BEFORE.encode() + b"def (\n"
    assert before == mended(tmp_path, before)


def test_the_last_line_of_a_teardown_may_be_the_last_of_the_file(tmp_path: Path) -> None:
    before = """import unittest


class Base(unittest.TestCase):
    def tearDown(self):
        self.closed = True


class TestStore(Base):
    def test_it(self):
        self.addCleanup(self.check)

    def check(self):
        self.assertTrue(self.closed)

    def tearDown(self):
        if self.id():
            print()"""
    assert (before + "\n        super().tearDown()").encode() == mended(tmp_path, before.encode())
