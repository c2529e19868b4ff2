"""`lint-ssot completion`: the completion script of a shell."""

from __future__ import annotations

import argparse
import sys

from lint_ssot.surfaces.outcome import CommandError, Status

SHELLS = ("bash", "zsh", "fish", "tcsh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("shell", choices=SHELLS, help="The shell to complete in.")


def run(arguments: argparse.Namespace) -> int:
    """Print the script that makes the shell complete `lint-ssot`."""
    try:
        import shtab
    except ImportError as error:
        raise CommandError("completion needs `shtab`: pip install 'lint-ssot[completion]'") from error
    # the table of commands is in the module that runs this one
    from lint_ssot.surfaces.cli import COMMANDS, build_parser

    if arguments.shell not in shtab.SUPPORTED_SHELLS:
        raise CommandError(f"this version of `shtab` has no {arguments.shell}: pip install -U shtab")
    parser = build_parser(*(command.name for command in COMMANDS))
    sys.stdout.write(shtab.complete(parser, shell=arguments.shell) + "\n")
    return Status.CLEAN
