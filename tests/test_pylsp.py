"""The real python-lsp-server, driven as an editor does: through flake8, and with our own plug-in in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.language_client import LanguageClient, language_server
from tests.projects import write_project

pytestmark = pytest.mark.hosts

BASE = """\
class Base:
    def setup_method(self):
        self.value = 1
"""
EMPTY_BASE = "class Base:\n    pass\n"
CHILD = """\
from base import Base


class TestChild(Base):
    def test_value(self):
        assert self.value
"""
DEAD_CHILD = CHILD.replace("value", "price")
ASYNC_CHILD = """\
class TestAsync:
    async def setup_method(self):
        self.name = "ä"

    def test_name(self):
        assert self.name
"""
QUIET = {name: {"enabled": False} for name in ("pycodestyle", "pyflakes", "mccabe")}
# not another one that may be on the PATH
BY_FLAKE8 = {**QUIET, "flake8": {"enabled": True, "executable": str(Path(sys.executable).with_name("flake8"))}}
IN_PROCESS = {**QUIET, "flake8": {"enabled": False}, "lint_ssot": {"lint": True}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # the server runs for the whole module; each test has files of its own
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module", params=[BY_FLAKE8, IN_PROCESS], ids=["flake8", "plug-in"])
def editor(folder: Path, request: pytest.FixtureRequest) -> Iterator[LanguageClient]:
    with language_server(folder, request.param) as client:
        yield client


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    write_project(folder, {"base.py": BASE, "test_child.py": CHILD, "test_async.py": ASYNC_CHILD})


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in found]


def is_dead(found: list[dict[str, Any]]) -> bool:
    return "LSS201" in codes(found)


def is_clean(found: list[dict[str, Any]]) -> bool:
    return not found


def close(editor: LanguageClient, name: str) -> None:
    editor.notify("textDocument/didClose", textDocument={"uri": editor.uri(name)})
    assert [] == editor.published(name)


def test_a_file_is_judged_as_it_is_opened_edited_and_as_its_base_changes(editor: LanguageClient) -> None:
    editor.open("test_child.py", CHILD)
    assert [] == editor.published("test_child.py")

    editor.type("test_child.py", DEAD_CHILD)
    found = editor.diagnostics("test_child.py", is_dead)
    assert ["LSS201 `self.price` is read"] == [each["message"][:27] for each in found]
    assert {"line": 5, "character": 15} == found[0]["range"]["start"]

    editor.write("base.py", BASE.replace("value", "price"))
    assert [] == editor.published("test_child.py")

    editor.write("base.py", EMPTY_BASE)
    assert ["LSS201"] == codes(editor.diagnostics("test_child.py", is_dead))
    close(editor, "test_child.py")


def test_quick_fixes_mend_whoever_found_it(editor: LanguageClient) -> None:
    editor.open("test_async.py", ASYNC_CHILD)
    found = editor.diagnostics("test_async.py", lambda found: "LSS401" in codes(found))
    first = next(each for each in found if each["code"] == "LSS401")
    actions = editor.ask(
        "textDocument/codeAction",
        textDocument={"uri": editor.uri("test_async.py")},
        range=first["range"],
        context={"diagnostics": [first]},
    )
    assert [(True, [first])] == [(each["isPreferred"], each["diagnostics"]) for each in actions if each["isPreferred"]]
    mended = edited(ASYNC_CHILD, actions[0]["edit"]["changes"][editor.uri("test_async.py")])
    assert ASYNC_CHILD.replace("async def", "def") == mended
    editor.type("test_async.py", mended)
    assert [] == editor.published("test_async.py")
    close(editor, "test_async.py")


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    lines = text.splitlines(keepends=True)
    for each in reversed(edits):
        start, end = each["range"]["start"], each["range"]["end"]
        before = "".join(lines[: start["line"]]) + lines[start["line"]][: start["character"]]
        after = lines[end["line"]][end["character"] :] + "".join(lines[end["line"] + 1 :])
        lines = (before + each["newText"] + after).splitlines(keepends=True)
    return "".join(lines)


def hover(editor: LanguageClient, name: str, line: int, character: int) -> str:
    document = {"uri": editor.uri(name)}
    said = editor.ask("textDocument/hover", textDocument=document, position={"line": line, "character": character})
    contents = said["contents"]
    return str(contents["value"] if isinstance(contents, dict) else contents)


def test_a_test_tells_its_story_on_hover(editor: LanguageClient) -> None:
    editor.open("test_async.py", ASYNC_CHILD)
    story = hover(editor, "test_async.py", 4, 10)
    assert "`test_name` **dies before its business, in `test_name`**" in story
    assert "1. `setup_method` — test_async.py:2 — its body never runs" in story
    assert "LSS202" in story
    assert "**`setup_method`**" in hover(editor, "test_async.py", 1, 16)
    assert "dies" not in hover(editor, "test_async.py", 5, 20)
    editor.notify("textDocument/didClose", textDocument={"uri": editor.uri("test_async.py")})


def test_a_base_that_is_not_saved_counts_in_process(folder: Path) -> None:
    with language_server(folder, IN_PROCESS) as editor:
        editor.open("base.py", EMPTY_BASE)
        editor.open("test_child.py", CHILD)
        assert ["LSS201"] == codes(editor.diagnostics("test_child.py", is_dead))
        editor.notify("textDocument/didClose", textDocument={"uri": editor.uri("base.py")})
        editor.type("test_child.py", CHILD + "\n")
        assert [] == editor.published("test_child.py")


def test_nothing_is_said_twice(folder: Path) -> None:
    with language_server(folder, BY_FLAKE8) as editor:
        editor.open("test_child.py", DEAD_CHILD)
        found = editor.diagnostics("test_child.py", is_dead)
        assert ["flake8"] == [each["source"] for each in found]
