"""The `lint-ssot` command: finds the subcommand that was asked for and ends with its exit status."""

from __future__ import annotations

import argparse
import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn, Protocol, cast

from lint_ssot.facts.values import dataclass
from lint_ssot.surfaces.outcome import CommandError, Status


class CommandModule(Protocol):
    """What the module of a command has to define."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what the command takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; the exit status."""


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its name, the line that `--help` says of it, and the module that is imported to run it."""

    name: str
    help: str
    module: str

    def load(self) -> CommandModule:
        """Import it; nothing of it is imported before."""
        return cast("CommandModule", importlib.import_module(self.module))


_HOME = "lint_ssot.surfaces.commands"

COMMANDS = (
    Command("check", "Tell the findings, and nothing of flake8's other checks; on all processors.", f"{_HOME}.check"),
    Command("init", "Look at a project, propose its configuration, write it on demand.", f"{_HOME}.init"),
    Command("why", "Tell the story of a test: what is called, in which order, where it dies.", f"{_HOME}.why"),
    Command("fix", "Mend what can be mended without a doubt; --unsafe also what needs a look.", f"{_HOME}.fix"),
    Command("explain", "Show the page of a rule: what it means, and what to do.", f"{_HOME}.explain"),
    Command("baseline", "Write down the findings of today, so that only new ones are told.", f"{_HOME}.baseline"),
    Command("report", "Count how far the tests come, as a document; compare with a revision.", f"{_HOME}.report"),
    Command("completion", "Print the completion script of a shell.", f"{_HOME}.completion"),
)

_DESCRIPTION = "Tell which tests die in the infrastructure before they reach what they test."
_EPILOG = "Exit status: 0 nothing to object, 1 something found, 2 trouble."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status. Nothing escapes but a bug with `--verbose`."""
    words = sys.argv[1:] if argv is None else list(argv)
    _open_closed_streams()
    _tolerate_narrow_encodings()
    try:
        status = _run(words)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse has spoken
        return stop.code if isinstance(stop.code, int) else Status.CLEAN
    except OSError as error:
        # what is still buffered has nowhere to go, and the interpreter would complain at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return Status.PIPE_CLOSED
        return _complain(f"what is said cannot be written ({error.strerror})")
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return Status.INTERRUPTED
    return status


def _open_closed_streams() -> None:
    """Python has nothing to write to where a stream was closed before it began."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # stays open


def _tolerate_narrow_encodings() -> None:
    """Write a question mark for what the encoding of a stream lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _run(words: list[str]) -> int:
    if not words:
        build_parser().print_help(sys.stderr)
        return Status.TROUBLE
    arguments = build_parser(_named(words)).parse_args(words)
    command: Command = arguments.command
    try:
        return command.load().run(arguments)
    except CommandError as error:
        return _complain(str(error))
    except Exception as error:
        if arguments.verbose or _is_of_streams(error):
            raise
        told = f"{type(error).__name__}: {error}"
        return _complain(f"`{command.name}` failed ({told}); --verbose shows where, please report it")


def _is_of_streams(error: Exception) -> bool:
    """Whether what the command says finds no reader, or no room: files have names."""
    is_full = isinstance(error, OSError) and error.filename is None and error.errno in (errno.ENOSPC, errno.EFBIG)
    return is_full or isinstance(error, BrokenPipeError)


def _complain(line: str) -> int:
    print(f"lint-ssot: {line}", file=sys.stderr)
    return Status.TROUBLE


class _Parser(argparse.ArgumentParser):
    """One that complains in a line: the options that all commands have would bury it."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where there is more."""
        self.exit(Status.TROUBLE, f"lint-ssot: {message}; `{self.prog} --help` says more\n")


def build_parser(*loaded: str | None) -> argparse.ArgumentParser:
    """The parser of the whole command line, with the arguments of the commands `loaded`."""
    parser = _Parser(prog="lint-ssot", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"lint-ssot {version('lint-ssot')}")
    _add_common(parser, quiet=False, verbose=False, color=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        _add_common(sub, quiet=argparse.SUPPRESS, verbose=argparse.SUPPRESS, color=argparse.SUPPRESS)
        sub.set_defaults(command=command)
        if command.name in loaded:
            command.load().add_arguments(sub)
    return parser


def _named(words: list[str]) -> str | None:
    """The command that the words name; what stands before it are options without values."""
    return next((word for word in words if not word.startswith("-")), None)


def _add_common(parser: argparse.ArgumentParser, **defaults: object) -> None:
    """The options that stand before the command or after it."""
    group = parser.add_argument_group("output")
    group.add_argument("-q", "--quiet", action="store_true", default=defaults["quiet"], help="Say only what was found.")
    group.add_argument(
        "-v", "--verbose", action="store_true", default=defaults["verbose"], help="Say more, also of what goes wrong."
    )
    group.add_argument(
        "--color",
        action=argparse.BooleanOptionalAction,
        default=defaults["color"],
        help="Color, also where no terminal is; NO_COLOR is honored.",
    )
