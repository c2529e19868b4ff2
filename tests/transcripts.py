"""The transcripts in the docs: every command is run on a copy of the demo, in the order of its page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from lint_ssot.surfaces.cli import COMMANDS
from tests.demo import DEMO
from tests.pages import ROOT

PAGE = ROOT / "docs" / "command.md"
PAGES = (PAGE, ROOT / "docs" / "report.md")

# nothing but these is run
_COMMANDS = {"lint-ssot": "lint_ssot", "flake8": "flake8"}
_TABLE = re.compile(r"\| command \|.*?\n(?=\n)", re.DOTALL)
_BLOCK = re.compile(r"(?<=```console\n)(?P<command>\$ [^\n]+\n)(?P<output>.*?)(?=```)", re.DOTALL)


def transcripts(page: Path) -> list[tuple[str, str]]:
    """The commands of a page, each with what the page shows of it."""
    return [(found["command"], found["output"]) for found in _BLOCK.finditer(page.read_text(encoding="utf-8"))]


def runs(page: Path) -> list[tuple[str, str]]:
    """The commands of a page, each with what it really says."""
    return _with_demo(lambda demo: [(command, _run(command, demo)) for command, _ in transcripts(page)])


def table_in_page() -> str:
    """The table of commands that the page shows."""
    found = _TABLE.search(PAGE.read_text(encoding="utf-8"))
    return found[0] if found else ""


def table_of_commands() -> str:
    """The table as the command line's own help has it."""
    rows = (f"| `lint-ssot {command.name}` | {command.help} |\n" for command in COMMANDS)
    return "".join(("| command | what for |\n", "|---|---|\n", *rows))


def write() -> None:
    """Write the table, and what the commands say, into the pages."""
    PAGE.write_text(
        _TABLE.sub(lambda _: table_of_commands(), PAGE.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
    for page in PAGES:
        _write_page(page)


def _write_page(page: Path) -> None:
    said = iter(runs(page))

    def renewed(_: re.Match[str]) -> str:
        command, output = next(said)
        return command + output

    page.write_text(_BLOCK.sub(renewed, page.read_text(encoding="utf-8")), encoding="utf-8")


def _with_demo(use: Callable[[Path], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        shutil.copytree(DEMO, demo, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        (demo / ".git").mkdir()
        return use(demo)


def _run(command: str, demo: Path) -> str:
    """What a command says, on both streams, to a reader of 80 columns without color."""
    program, *words = command.removeprefix("$ ").split()
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("FORCE_COLOR", None)
    done = subprocess.run(
        [sys.executable, "-m", _COMMANDS[program], *words],
        cwd=demo,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    # tables are padded on the right
    return re.sub(r" +$", "", done.stdout, flags=re.MULTILINE)
