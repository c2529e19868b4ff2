"""The command line itself: its table, its exit status, and how it ends when something goes wrong."""

from __future__ import annotations

import importlib
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from lint_ssot.surfaces.cli import COMMANDS, Command, main
from tests.demo import DEMO
from tests.pages import ROOT
from tests.terminals import ctrl_c_is_heard, open_terminal

MODULES = ROOT / "lint_ssot" / "surfaces" / "commands"


def lint_ssot(folder: Path, *words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lint_ssot", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_every_command_is_a_module_and_every_module_a_command() -> None:
    modules = {f"lint_ssot.surfaces.commands.{path.stem}" for path in MODULES.glob("[!_]*.py")}
    assert modules == {command.module for command in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_what_the_table_needs(command: Command) -> None:
    module = importlib.import_module(command.module)
    assert callable(module.add_arguments)
    assert callable(module.run)


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["--help"])
    said = capsys.readouterr().out
    assert [] == [command.name for command in COMMANDS if f"    {command.name} " not in said]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_help_of_its_own(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main([command.name, "--help"])
    assert command.help in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("words", [[], ["unheard-of"], ["completion", "--unheard-of"], ["completion", "cmd"]])
def test_wrong_arguments_are_trouble(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(words)
    said = capsys.readouterr().err
    assert ("usage: " if not words else "--help` says more\n") in said


def test_the_version_is_that_of_the_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.metadata import version

    assert 0 == main(["--version"])
    assert f"lint-ssot {version('lint-ssot')}\n" == capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["completion", shell])
    said = capsys.readouterr().out
    assert [] == [command.name for command in COMMANDS if command.name not in said]


def test_a_reader_who_leaves_early_sees_no_traceback() -> None:
    program = f"'{sys.executable}' -m lint_ssot completion zsh | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert "" == done.stderr
    assert done.stdout in ("141\n", "0\n")


def test_help_imports_neither_the_rules_nor_rich() -> None:
    program = (
        "import sys; from lint_ssot.surfaces.cli import main; main(['--help']);"
        " print(sorted({'libcst', 'rich', 'flake8', 'lint_ssot.rules'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="it has no pseudo-terminals")
def test_a_person_may_leave_at_any_time() -> None:
    _, theirs = open_terminal()
    program = [sys.executable, "-m", "lint_ssot", "init", "--isolated", "tests"]
    with ctrl_c_is_heard():
        asking = subprocess.Popen(program, cwd=DEMO, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE)
    with asking:
        assert asking.stderr is not None
        said = b""
        while b"Declare which?" not in said:
            said += asking.stderr.read(1)
            assert asking.poll() is None, said
        asking.send_signal(signal.SIGINT)
        _, complaint = asking.communicate(timeout=60)
    assert 130 == asking.returncode
    assert complaint.endswith(b"interrupted\n")
    assert b"Traceback" not in complaint
