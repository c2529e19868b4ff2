"""The flake8 plug-in: options in, diagnostics out, and never an exception."""

from __future__ import annotations

import argparse
import ast
import gc
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flake8.exceptions import ExecutionError
from flake8.options.manager import OptionManager
from flake8.style_guide import DecisionEngine

from lint_ssot.config import OPTIONS, ConfigurationError, Settings, settings_from
from lint_ssot.facts.collector import Settling, collector_at_rest
from lint_ssot.facts.relevance import may_matter
from lint_ssot.recall import Memory, Said

if TYPE_CHECKING:
    from lint_ssot.baseline import Baseline
    from lint_ssot.session import Session

Reported = tuple[int, int, str, type]


class Plugin:
    """What flake8 makes for every file that the running Python can parse.

    The session hangs on the options: flake8 parses them once a run (in each worker that is spawned, in the
    parent of those that are forked), so nothing survives into another run of a long-lived process.
    """

    def __init__(self, tree: ast.AST, filename: str, lines: list[str], options: argparse.Namespace) -> None:
        self._tree = tree
        self._filename = filename
        self._lines = lines
        self._options = options

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Register the options, for the command line and for flake8's configuration files."""
        for option in OPTIONS:
            manager.add_option(
                f"--{option.name}",
                default=option.default,
                parse_from_config=True,
                help=option.help,
                metavar="VALUE",
            )

    @staticmethod
    def parse_options(manager: OptionManager, options: argparse.Namespace, args: list[str]) -> None:
        """Validate the options; flake8 prints an ExecutionError as one line and exits with 1."""
        gc.unfreeze()  # what a run before this one let settle, in a process that lives on
        raw = {option.name: getattr(options, option.name.replace("-", "_")) for option in OPTIONS}
        try:
            options.ssot_settings = settings_from(raw)
            _check_enabled_codes(options.ssot_settings)
            _check_python(options.ssot_settings)
            options.ssot_known = _baseline(options.ssot_settings)
        except ConfigurationError as error:
            raise ExecutionError(str(error)) from error
        options.ssot_is_selected = _is_any_code_selected(options)
        options.ssot_session = None
        options.ssot_memory = memory_of(options)
        options.ssot_settling = Settling()

    def run(self) -> Iterator[Reported]:
        """Yield line (1-based), column (0-based), text with its code, and the type that flake8 wants.

        An exception from here would end the whole flake8 run and lose every result.
        """
        if not self._options.ssot_is_selected:
            return
        if not any(line.strip() for line in self._lines):
            return  # python-lsp-server drops all diagnostics of an empty buffer that has one
        for line, column, code, text in self._said():
            line = min(max(line, 1), len(self._lines))
            column = min(max(column, 0), len(self._lines[line - 1]))
            yield line, column, f"{code} {text}", Plugin

    def _said(self) -> Iterable[Said]:
        """What an earlier run said, if that still holds, else what is found."""
        path = Path(os.path.abspath(self._filename))  # noqa: PTH100  # resolve() follows links
        # stdin keeps the line ends that reading a file translates
        source = "".join(self._lines).replace("\r\n", "\n")
        if not may_matter(source.encode("utf-8", "surrogatepass")):
            return ()
        memory: Memory | None = self._options.ssot_memory
        recalled = None if memory is None else memory.recall(path, source)
        if recalled is not None:
            return recalled.said
        session = _session(self._options)
        if not session.rules:
            return ()
        with collector_at_rest():
            said = _judged(path, source, self._tree, session, memory)
            if self._options.ssot_settling.is_due():
                session.release()
                self._options.ssot_settling.settle()
        return said


def _judged(path: Path, source: str, tree: ast.AST | None, session: Session, memory: Memory | None) -> tuple[Said, ...]:
    from lint_ssot.engine import lint

    said = tuple((each.line, each.column, each.code, each.text) for each in lint(path, source, session, tree))
    if memory is not None and not any(code == "LSS000" for _, _, code, _ in said):
        memory.keep(path, source, said, session.grounds(path, memory.disk))
    session.is_done_with(path)
    return said


def memory_of(options: argparse.Namespace) -> Memory | None:
    """What earlier runs with the same options left; None if the user wants no cache."""
    settings: Settings = options.ssot_settings
    if settings.cache_dir is None:
        return None
    decisions = DecisionEngine(options)
    chosen = (decisions.selected_explicitly, decisions.ignored_explicitly, decisions.selected, decisions.ignored)
    known: Baseline | None = options.ssot_known
    run = repr((settings, chosen))
    return Memory(settings.cache_dir, run) if known is None else Memory(settings.cache_dir, run, known.about)


def _check_enabled_codes(settings: Settings) -> None:
    if not settings.enable:
        return
    from lint_ssot.rules import RULES

    for code in settings.enable:
        if code not in {rule.code for rule in RULES}:
            raise ConfigurationError(f"ssot-enable: there is no rule `{code}`")


def _check_python(settings: Settings) -> None:
    """Where the environment is not there, every class of it would be unknown, and the linter silent for no reason.

    A relative path starts at the root of the project, which flake8 does not tell: it may be called from outside.
    """
    if settings.python is None:
        return
    from lint_ssot.graph.projects.project import PROJECT_FILES

    python, here = Path(os.path.expanduser(settings.python)), Path.cwd()  # noqa: PTH111  # ~ of nobody is no fault
    folders = (here, *here.parents)
    is_at_home = any((folder / name).exists() for folder in folders for name in (*PROJECT_FILES, ".git"))
    if (python.is_absolute() or is_at_home) and not any(os.path.exists(folder / python) for folder in folders):  # noqa: PTH110
        raise ConfigurationError(f"ssot-python: there is no `{settings.python}`")


def _baseline(settings: Settings) -> Baseline | None:
    """The known findings, if the user keeps some; their file is found upwards from the working folder."""
    if settings.baseline is None:
        return None
    from lint_ssot.baseline import find_baseline, read_baseline

    return read_baseline(find_baseline(settings.baseline, Path.cwd()))


def _is_any_code_selected(options: argparse.Namespace) -> bool:
    """Whether a code of ours may be selected: a cheap question, so that `--select=E` does not load the rules."""
    return any(prefix.startswith("LSS") or "LSS".startswith(prefix) for prefix in DecisionEngine(options).selected)


def _session(options: argparse.Namespace) -> Session:
    """The session of this run, made when the first file wants it: what it imports is heavy."""
    if options.ssot_session is None:
        from lint_ssot.session import Session
        from lint_ssot.surfaces.selection import selected_rules

        rules = selected_rules(options)
        options.ssot_session = Session(options.ssot_settings, rules, options.ssot_known, options.ssot_memory)
    session: Session = options.ssot_session
    return session
