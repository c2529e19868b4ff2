"""Each specimen is mended in the same way however its files are written: bytes outside of the edits stay."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.fixes.mended import mend
from tests.fixes.specimens import SPECIMENS, Specimen
from tests.fixes.test_specimens import settings_of
from tests.projects import write_project

HEADER = re.compile(r"^( *(?:async +)?(?:def|class) .*:)$", re.MULTILINE)


def with_tabs(text: str) -> str:
    """A tab for every four spaces at the beginning of a line."""
    return re.sub(r"^(?: {4})+", lambda found: "\t" * (len(found[0]) // 4), text, flags=re.MULTILINE)


def with_form_feeds(text: str) -> str:
    return re.sub(r"^class ", "\fclass ", text, flags=re.MULTILINE)


def with_comments(text: str) -> str:
    return HEADER.sub(r"\1  # für uns", text)


def in_cp1252(text: str) -> bytes:
    return ("# coding: cp1252\n" + with_comments(text)).encode("cp1252")


STYLES: dict[str, Callable[[str], bytes]] = {
    "carriage returns, line feeds and a mark": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "carriage returns": lambda text: text.replace("\n", "\r").encode(),
    "comments on headers in another encoding": in_cp1252,
    "tabs": lambda text: with_tabs(text).encode(),
    "form feeds": lambda text: with_form_feeds(text).encode(),
    "no end of the last line": lambda text: text.removesuffix("\n").encode(),
}


def mended(folder: Path, specimen: Specimen, write: Callable[[str], bytes]) -> dict[str, bytes]:
    """The files of a specimen that are Python, written in a style and mended."""
    write_project(folder, specimen.before)
    names = [name for name in specimen.before if name.endswith(".py")]
    for name in names:
        (folder / name).write_bytes(write(specimen.before[name]))
    mend(folder, settings_of(specimen), is_unsafe_allowed=specimen.is_unsafe)
    return {name: (folder / name).read_bytes() for name in names}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda each: each.name.replace(" ", "-"))
def test_it_is_mended_in_the_style_that_it_is_written_in(specimen: Specimen, style: str, tmp_path: Path) -> None:
    write = STYLES[style]
    texts = {**specimen.before, **specimen.after}
    assert {name: write(text) for name, text in texts.items() if name.endswith(".py")} == mended(
        tmp_path, specimen, write
    )


def with_mixed_ends(text: str) -> bytes:
    """The end of a line depends on the line alone."""
    lines = text.splitlines()
    return "".join(line + ("\n", "\r\n")[len(line) % 2] for line in lines).encode()


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda each: each.name.replace(" ", "-"))
def test_line_ends_of_many_kinds_stay(specimen: Specimen, tmp_path: Path) -> None:
    after = mended(tmp_path, specimen, with_mixed_ends)
    for name, content in after.items():
        expected = {**specimen.before, **specimen.after}[name].splitlines()
        assert expected == content.decode().splitlines()
        before, lines = (
            [line for line in text.splitlines(keepends=True) if line.strip()]
            for text in (with_mixed_ends(specimen.before[name]), content)
        )
        matcher = SequenceMatcher(None, [each.rstrip() for each in before], [each.rstrip() for each in lines], False)
        for i, j, size in matcher.get_matching_blocks():
            assert before[i : i + size] == lines[j : j + size]
