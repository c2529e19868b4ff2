"""What the user configured, by flake8's own discovery: the settings, the rules and the files of a command."""

from __future__ import annotations

import argparse
import configparser
import contextlib
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flake8.discover_files import expand_paths
from flake8.exceptions import Flake8Exception
from flake8.options.parse_args import parse_args

from lint_ssot.config import OPTIONS, Settings
from lint_ssot.surfaces.outcome import CommandError
from lint_ssot.surfaces.selection import reported, selected_rules

if TYPE_CHECKING:
    # imported late where they are needed: a command that only recalls goes without the analysis
    from lint_ssot.diagnostic import Diagnostic
    from lint_ssot.rule import Rule
    from lint_ssot.session import Session

# flake8's own options that commands pass on
_CONFIGURATION = ("config", "append-config")
_CHOICE = {
    "select": "Codes to look for.",
    "extend-select": "Codes to look for besides.",
    "ignore": "Codes to leave out.",
    "extend-ignore": "Codes to leave out besides.",
    "per-file-ignores": "Codes to leave out of some files.",
    "exclude": "Files and folders to leave out.",
    "extend-exclude": "Files and folders to leave out besides.",
    "filename": "Patterns of the files to read.",
}


def add_configuration(parser: argparse.ArgumentParser) -> None:
    """Add the options by which flake8, and our plug-in in it, are configured."""
    group = parser.add_argument_group("configuration, as in flake8")
    group.add_argument("--config", metavar="FILE", help="Read this configuration file and no other.")
    group.add_argument("--append-config", metavar="FILE", help="Read this one besides.")
    group.add_argument("--isolated", action="store_true", help="Read no configuration file.")
    for option in OPTIONS:
        group.add_argument(f"--{option.name}", metavar="VALUE", help=option.help)


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Add flake8's options that choose codes and files."""
    group = parser.add_argument_group("codes and files, as in flake8")
    for name, text in _CHOICE.items():
        group.add_argument(f"--{name}", metavar="LIST", help=text)


def configured(arguments: argparse.Namespace) -> Configured:
    """Read the configuration as flake8 does from the working folder; what the arguments say wins.

    Raises CommandError for what flake8 or our own options refuse.
    """
    told = io.StringIO()
    try:
        with contextlib.redirect_stderr(told):
            _, options = parse_args(list(_passed_on(arguments)))
    except (Flake8Exception, configparser.Error, ValueError) as error:
        raise CommandError(_one_line(str(error))) from error
    except SystemExit as error:
        raise CommandError(_one_line(told.getvalue().rpartition("error: ")[2])) from error
    return Configured(options)


def _passed_on(arguments: argparse.Namespace) -> Iterator[str]:
    """The words that make flake8 see the same options."""
    if getattr(arguments, "isolated", False):
        yield "--isolated"
    for name in (*_CONFIGURATION, *_CHOICE, *(option.name for option in OPTIONS)):
        value = getattr(arguments, name.replace("-", "_"), None)
        if value is not None:
            yield f"--{name}={value}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class Configured:
    """The options as flake8 made them of its configuration files and of the command line."""

    options: argparse.Namespace

    @property
    def settings(self) -> Settings:
        """What the user asked for, validated."""
        settings: Settings = self.options.ssot_settings
        return settings

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are selected."""
        return selected_rules(self.options)

    def session(self) -> Session:
        """A session with these settings and rules."""
        from lint_ssot.session import Session

        return Session(self.settings, self.rules, self.options.ssot_known)

    def files(self, paths: Sequence[str] = ()) -> tuple[Path, ...]:
        """The files that flake8 would lint, absolute, in order."""
        return tuple(sorted({Path(os.path.abspath(each)) for each in self.names(paths)}))  # noqa: PTH100  # resolve() follows links

    def names(self, paths: Sequence[str] = ()) -> tuple[str, ...]:
        """The files that flake8 would lint, as it would name them."""
        for path in paths:
            if not os.path.exists(path):  # noqa: PTH110  # as it was written
                raise CommandError(f"there is no `{path}`")
        found = expand_paths(
            paths=paths,
            stdin_display_name="stdin",
            filename_patterns=self.options.filename,
            exclude=(*self.options.exclude, *self.options.extend_exclude),
        )
        return tuple(dict.fromkeys(found))

    def findings(self, path: Path, session: Session) -> list[Diagnostic]:
        """What flake8 would say of the file: without what `noqa` and `per-file-ignores` leave out."""
        from lint_ssot.engine import lint
        from lint_ssot.session import read_source

        source = read_source(path)
        return list(reported(lint(path, source, session), path, source, self.options))
