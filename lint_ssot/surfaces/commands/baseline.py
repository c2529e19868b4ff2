"""`lint-ssot baseline`: write the known findings down, tell which of them are gone, drop those."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from flake8.options.config import load_config

from lint_ssot.baseline import Baseline, Known, baseline_text, find_baseline, known_as, read_baseline
from lint_ssot.config import ConfigurationError
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import lint, linted_module
from lint_ssot.fixes.files import replace_file
from lint_ssot.graph.projects.project import find_project
from lint_ssot.session import Session, read_source
from lint_ssot.surfaces.configured import Configured, add_choice, add_configuration, configured
from lint_ssot.surfaces.outcome import CommandError, Status
from lint_ssot.surfaces.processes import of_each
from lint_ssot.surfaces.selection import reported
from lint_ssot.surfaces.terminal import Terminal, open_terminal, progress
from lint_ssot.surfaces.why.rail import relative

DEFAULT = "lint-ssot-baseline.jsonl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="Files and folders; the working folder by default.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="Write nothing; 1 if known findings are gone.")
    what.add_argument("--prune", action="store_true", help="Drop the known findings that are gone; add none.")
    parser.add_argument("-o", "--output", metavar="FILE", help=f"Instead of `ssot-baseline`, or {DEFAULT}.")
    add_choice(parser)
    add_configuration(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write, check or prune the baseline."""
    name = arguments.output or arguments.ssot_baseline or _configured_name(arguments)
    # what is known must not be left out of what is looked for
    arguments.ssot_baseline = ""
    choice = configured(arguments)
    terminal = open_terminal(arguments, stderr=True)
    files = choice.files(arguments.paths)
    is_tidying = arguments.check or arguments.prune
    path = _existing(name or DEFAULT) if is_tidying else _wanted(name, is_told=bool(arguments.output))
    with progress(terminal, "Linting") as told:
        found = Counter[Known]()
        for number, each in enumerate(of_each(files, _finder, (arguments, path.parent))):
            told(number, len(files))
            found.update(each)
    if is_tidying:
        return _tidy(terminal, path, choice, files, found, is_pruning=arguments.prune)
    if not arguments.output:
        _refuse_others(path)
    return _write(terminal, path, found, is_configured=bool(name) and not arguments.output)


def _configured_name(arguments: argparse.Namespace) -> str | None:
    """What the configuration says of `ssot-baseline`, whether or not the file exists."""
    extra = [arguments.append_config] if arguments.append_config else []
    read, _ = load_config(arguments.config, extra, isolated=arguments.isolated)
    for option in ("ssot-baseline", "ssot_baseline"):
        if read.get("flake8", option, fallback="").strip():
            return read.get("flake8", option).strip()
    return None


def _wanted(name: str | None, *, is_told: bool) -> Path:
    """Where the file is to be: where the configured one is or, if it is not there yet, where it will be found."""
    if name is None or is_told:
        return Path(name or DEFAULT).absolute()
    try:
        return find_baseline(name, Path.cwd())
    except ConfigurationError:
        return Path(name).absolute()


def _existing(name: str) -> Path:
    try:
        return find_baseline(name, Path.cwd())
    except ConfigurationError as error:
        raise CommandError(str(error)) from error


def _write(terminal: Terminal, path: Path, found: Counter[Known], *, is_configured: bool) -> int:
    _put(path, found)
    terminal.print(f"{_counted(found.total())} written to {path.name}", soft_wrap=True)
    if not is_configured:
        terminal.print(f"leave them out from now on: `ssot-baseline = {path.name}` below [flake8]", soft_wrap=True)
    return Status.CLEAN


def _refuse_others(path: Path) -> None:
    """Raise CommandError for a file out of the project that is no baseline: a configuration may name anything."""
    if not path.is_file() or path.resolve().is_relative_to(find_project(Path.cwd() / DEFAULT).root.resolve()):
        return
    try:
        read_baseline(path)
    except ConfigurationError as error:
        raise CommandError(f"`{path}` is out of the project and no baseline, and is left as it is") from error


def _put(path: Path, counts: Counter[Known]) -> None:
    try:
        replace_file(path, baseline_text(counts).encode())
    except OSError as error:
        raise CommandError(f"`{relative(path)}` cannot be written: {error.strerror}") from error


def _tidy(
    terminal: Terminal,
    path: Path,
    choice: Configured,
    files: tuple[Path, ...],
    found: Counter[Known],
    *,
    is_pruning: bool,
) -> int:
    try:
        known = read_baseline(path)
    except ConfigurationError as error:
        raise CommandError(str(error)) from error
    gone = _gone(known, found, choice, files)
    if is_pruning:
        _put(path, Counter(known.counts) - gone)
        terminal.print(f"{_counted(gone.total())} dropped from {path.name}", soft_wrap=True)
        return Status.CLEAN
    out = open_terminal(argparse.Namespace(color=False))
    for each in sorted(gone):
        where = f" in `{each.where}`" if each.where else ""
        out.print(f"{each.path}: {each.code} gone{where}: {each.message}", soft_wrap=True)
    return Status.FOUND if gone else Status.CLEAN


def _gone(known: Baseline, found: Counter[Known], choice: Configured, files: tuple[Path, ...]) -> Counter[Known]:
    """What is known and no longer there, among the files and codes that were looked at, and files that are gone."""
    codes = {rule.code for rule in choice.rules}
    looked_at = set(files)
    candidates = Counter(
        {
            each: count
            for each, count in known.counts.items()
            if each.code in codes and ((path := known.folder / each.path) in looked_at or not path.exists())
        }
    )
    return candidates - found


def _finder(given: tuple[argparse.Namespace, Path]) -> Callable[[Path], Counter[Known]]:
    arguments, folder = given
    choice = configured(arguments)
    session = choice.session()
    return lambda path: _found_in(path, session, choice, folder)


def _found_in(path: Path, session: Session, choice: Configured, folder: Path) -> Counter[Known]:
    """What would be said of a file.

    Of equal findings all are counted if one is said: the linter cannot tell which of them a comment silences.
    """
    source = read_source(path)
    found = [each for each in lint(path, source, session) if each.code != "LSS000"]
    said = set(reported(found, path, source, choice.options))
    if not said:
        return Counter()
    body = linted_module(path, source, session).module.facts.body

    def key(each: Diagnostic) -> Known:
        return known_as(each, body, folder)

    wanted = {key(each) for each in said}
    return Counter(known for known in map(key, found) if known in wanted)


def _counted(count: int) -> str:
    return f"{count} known finding{'' if count == 1 else 's'}"
