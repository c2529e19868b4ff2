"""`lint-ssot fix`: mends what can be mended, and says what it did."""

from __future__ import annotations

import argparse
import difflib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.color import ColorSystem
from rich.style import Style

from lint_ssot.diagnostic import Diagnostic
from lint_ssot.fixes.files import SourceFile, UnfixableFileError, write_file
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from lint_ssot.surfaces.configured import Configured, add_choice, add_configuration, configured
from lint_ssot.surfaces.mending import Hindrance, Judgment, Left, Mended, Mending, Planned, judgment
from lint_ssot.surfaces.outcome import Status
from lint_ssot.surfaces.processes import of_each
from lint_ssot.surfaces.selection import reported
from lint_ssot.surfaces.terminal import Terminal, open_terminal

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="Files and folders; by default all of this folder.")
    parser.add_argument("--diff", action="store_true", help="Show what would be changed, and change nothing.")
    parser.add_argument("--unsafe", action="store_true", help="Also apply fixes that need a look afterwards.")
    add_choice(parser)
    add_configuration(parser)


def run(arguments: argparse.Namespace) -> int:
    """Mend the files; 1 if something is left to mend, or with `--diff` would be changed; 2 if a file defies it."""
    choice = configured(arguments)
    mended = _mending(choice, arguments).mend()
    terminal = open_terminal(arguments)
    notes = open_terminal(arguments, stderr=True)
    if arguments.diff:
        for file, text in mended.files:
            _show_diff(terminal, file, text)
        _summarize(notes, mended, arguments, len(mended.files))
        return Status.FOUND if mended.files or mended.remaining else Status.CLEAN
    refused = {file.path: why for file, text in mended.files if (why := _written(file, text)) is not None}
    for planned in sorted(mended.applied, key=lambda each: (each.diagnostic.path, each.diagnostic.line)):
        if planned.cure.path not in refused:
            terminal.out(_line(planned), highlight=False)
    for path, why in refused.items():
        notes.out(f"lint-ssot: `{_relative(path)}` {why}", highlight=False)
    _summarize(notes, mended, arguments, len(mended.files) - len(refused))
    if refused:
        return Status.TROUBLE
    return Status.FOUND if mended.remaining else Status.CLEAN


def _mending(choice: Configured, arguments: argparse.Namespace) -> Mending:
    def wanted(path: Path, source: str, found: list[Diagnostic]) -> Iterator[Diagnostic]:
        return reported(found, path, source, choice.options)

    def linting(paths: Sequence[Path], texts: Mapping[Path, str]) -> Iterable[Judgment]:
        return of_each(paths, _linter, (arguments, texts))

    shared = linting if (os.cpu_count() or 1) > 1 else None
    return Mending(choice.files(arguments.paths), _session(choice), wanted, arguments.unsafe, shared)


def _session(choice: Configured) -> Session:
    """All rules watch over what is done, also those that are not selected."""
    enabled = choice.settings.enable
    return Session(choice.settings, tuple(rule for rule in RULES if not rule.is_opt_in or rule.code in enabled))


def _linter(given: tuple[argparse.Namespace, Mapping[Path, str]]) -> Callable[[Path], Judgment]:
    arguments, texts = given
    session = _session(configured(arguments))
    for path, text in texts.items():
        session.put(path, text)
    return lambda path: judgment(path, texts[path] if path in texts else read_source(path), session)


def _written(file: SourceFile, text: str) -> str | None:
    """Write the file, or say why that cannot be done."""
    try:
        write_file(file, text)
    except UnfixableFileError as error:
        return str(error)
    return None


def _line(planned: Planned) -> str:
    found = planned.diagnostic
    elsewhere = "" if planned.cure.path == found.path else f" in {_relative(planned.cure.path)}"
    return f"{_relative(found.path)}:{found.line}: {found.code} fixed{elsewhere}: {planned.cure.title}"


def _show_diff(terminal: Terminal, file: SourceFile, mended: str) -> None:
    """As `git apply` and `patch` read it."""
    name = _relative(file.path)
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", each) for each in (file.text, mended))
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"):
        style = "bold" if line.startswith(("+++", "---")) else _STYLES.get(line[0], "")
        colors = ColorSystem.STANDARD if style and terminal.color_system is not None else None
        # the console would drop carriage returns
        text, end = line.removesuffix("\n"), "\n" if line.endswith("\n") else "\n\\ No newline at end of file\n"
        terminal.file.write(Style.parse(style).render(text, color_system=colors) + end)


def _summarize(terminal: Terminal, mended: Mended, arguments: argparse.Namespace, files: int) -> None:
    if terminal.quiet:
        return
    verb = "would be mended" if arguments.diff else "mended"
    said = [f"{_counted(len(mended.applied), 'finding')} {verb} in {_counted(files, 'file')}"]
    if mended.remaining:
        said.append(f"{len(mended.remaining)} left")
    unsafe = sum(each.hindrance is Hindrance.UNSAFE for each in mended.left)
    if unsafe:
        said.append(f"{_counted(unsafe, 'fix', 'fixes')} more with --unsafe")
    terminal.out(", ".join(said), highlight=False)
    for left in mended.left:
        if left.hindrance is not Hindrance.UNSAFE or arguments.verbose:
            terminal.out(_why_left(left), highlight=False)


def _why_left(left: Left) -> str:
    found = left.diagnostic
    because = f" ({left.because})" if left.because else ""
    return (
        f"{_relative(found.path)}:{found.line}: {found.code} left, {left.hindrance.value}{because}: {left.cure.title}"
    )


def _counted(number: int, word: str, plural: str = "") -> str:
    return f"{number} {word if number == 1 else plural or word + 's'}"


def _relative(path: Path) -> str:
    """The path as a person would write it here."""
    return Path(os.path.relpath(path)).as_posix()
