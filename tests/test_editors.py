"""The command lines of editors, and their way of reading what comes back, as far as it is not python-lsp-server."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pages import ROOT
from tests.projects import write_files, write_project

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
# what is typed and not saved
TYPED = CHILD.replace("value", "price")
MESSAGE = "`self.price` is read in `test_price`, and nothing assigns it"
PAGE = ROOT / "docs" / "editors.md"


@dataclass(frozen=True)
class Editor:
    """What an editor runs, and how it reads a line of the answer.

    `%s` stands for the absolute path of the buffer, `%c` for that of the configuration.
    """

    name: str
    arguments: tuple[str, ...]
    pattern: str


EDITORS = (
    # lua/lint/linters/flake8.lua; its pattern is one of Lua
    Editor(
        "nvim-lint",
        (
            "--format=%(path)s:%(row)d:%(col)d:%(code)s:%(text)s",
            "--no-show-source",
            "--stdin-display-name",
            "%s",
            "-",
        ),
        r"[^:]+:(?P<line>\d+):(?P<column>\d+):(?P<code>[^\W_]+):(?P<message>.+)",
    ),
    # ale_linters/python/flake8.vim
    Editor(
        "ALE",
        ("--format=default", "--stdin-display-name", "%s", "-"),
        r"[a-zA-Z]?:?[^:]+:(?P<line>\d+):?(?P<column>\d+)?: (?P<code>[^\W_]+):? (?P<message>.*)",
    ),
    # python-flake8 in flycheck.el, with a configuration file, and with our page's executable
    Editor(
        "flycheck",
        ("--format=default", "--append-config", "%c", "--stdin-display-name=%s", "-"),
        r"(?P<file>.+?):(?P<line>\d+):(?:(?P<column>\d+):)? (?P<code>[A-Za-z]+\d+) (?P<message>.+)",
    ),
)


# as flycheck starts it; like the script `flake8` it keeps the working folder off Python's path
START = ("-c", "import sys;sys.path.pop(0);import runpy;runpy.run_module('flake8', run_name='__main__')")


def run(folder: Path, arguments: tuple[str, ...], text: str) -> list[str]:
    paths = {"%s": str(folder / "test_child.py"), "%c": str(folder / "setup.cfg")}
    filled = (re.sub("%[sc]$", lambda match: paths[match[0]], each) for each in arguments)
    command = [sys.executable, *START, *filled]
    done = subprocess.run(
        command, cwd=folder, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert "" == done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_project(tmp_path, {"base.py": BASE, "test_child.py": CHILD, "setup.cfg": "[flake8]\n"})
    return tmp_path


def read(lines: list[str], pattern: str) -> list[tuple[int, int, str, str]]:
    """What an editor reads in the lines: place, code and message."""
    found = (re.fullmatch(pattern, line) for line in lines)
    return [(int(each["line"]), int(each["column"]), each["code"], each["message"]) for each in found if each]


@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.name)
def test_an_editor_is_told_of_what_is_typed_and_not_saved(folder: Path, editor: Editor) -> None:
    lines = run(folder, editor.arguments, TYPED)
    assert [(6, 16, "LSS201", MESSAGE)] == [
        (*at, message[: len(MESSAGE)]) for *at, message in read(lines, editor.pattern)
    ]
    assert [] == read(run(folder, editor.arguments, CHILD), editor.pattern)


def setting(name: str) -> str:
    """The value of a setting of efm-langserver as our page tells it."""
    found = re.search(rf"^ +(?:- )?{name}: '?(.+?)'?$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, name
    return found[1]


# the parts of errorformat (`:help errorformat`) as regular expressions
ERRORFORMAT = {
    "%f": r"(?P<file>.+?)",
    "%l": r"(?P<line>\d+)",
    "%c": r"(?P<column>\d+)",
    "%t": r"(?P<type>.)",
    "%n": r"(?P<number>\d+)",
    "%m": r"(?P<message>.+)",
    "%.%#": ".*",
}


def pattern_of(errorformat: str) -> str:
    return re.sub(r"%\.%#|%.", lambda match: ERRORFORMAT[match[0]], errorformat)


def test_efm_reads_whole_messages_with_the_settings_on_our_page(folder: Path) -> None:
    command = setting("lint-command").replace("${INPUT}", "%s").split()
    assert "flake8" == command[0]
    lines = run(folder, tuple(command[1:]), TYPED)
    found = re.fullmatch(pattern_of(setting("lint-formats").strip("[]'\" ")), lines[0])
    assert found is not None
    assert (str(folder / "test_child.py"), "6", "16") == (found["file"], found["line"], found["column"])
    assert found["message"].startswith(f"LSS201 {MESSAGE}")


# linters/flake8.lua of efmls-configs
THEIR_FORMAT = "stdin:%l:%c: %t%n %m"


def test_the_settings_of_efmls_configs_show_nothing_of_ours(folder: Path) -> None:
    # as our page says; if this fails it has nothing to warn of
    theirs = pattern_of(THEIR_FORMAT)
    assert re.fullmatch(theirs, "stdin:1:1: E501 line too long")
    assert [] == run(folder, ("-",), TYPED)
    (line,) = run(folder, ("--stdin-display-name=test_stdin.py", "-"), TYPED)
    assert line.startswith("test_stdin.py:6:16: LSS201 ")
    assert None is re.fullmatch(theirs, line.replace("test_stdin.py", "stdin"))


# as `_run_module` of ms-python.flake8 does, again and again in one process
VSCODE = """
import contextlib, io, runpy, sys
from pathlib import Path

def lint(path):
    sys.argv = ["flake8", "--format='%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s'", path]
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        runpy.run_module("flake8", run_name="__main__")
    said.seek(0)
    return said.read()

path, text = sys.argv[1:]
print(lint(path), end="")
print("saved")
Path("base.py").write_text(text)
print(lint(path), end="")
"""
VSCODE_LINE = r"'(?P<line>\d+),(?P<column>-?\d+),(?P<type>\w+),(?P<code>\w+\d+):(?P<message>[^\r\n]*)'"


@pytest.mark.parametrize(("first", "then"), [(BASE, EMPTY_BASE), (EMPTY_BASE, BASE)], ids=["breaks", "is mended"])
def test_the_long_lived_process_of_vs_code_sees_how_a_base(folder: Path, first: str, then: str) -> None:
    write_files(folder, {"base.py": first})
    command = [sys.executable, "-W", "ignore", "-c", VSCODE, str(folder / "test_child.py"), then]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True)
    before, _, after = done.stdout.partition("saved\n")
    assert {BASE: [], EMPTY_BASE: [(6, 16, "LSS201")]} == {
        text: [each[:3] for each in read(said.splitlines(), VSCODE_LINE)]
        for text, said in ((first, before), (then, after))
    }
