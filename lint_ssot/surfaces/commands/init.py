"""`lint-ssot init`: look at a project, propose its configuration, and write that on demand."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.text import Text

from lint_ssot.config import ConfigurationError, settings_from
from lint_ssot.fixes.files import replace_file
from lint_ssot.surfaces.config_file import ConfigFile, find_config_file
from lint_ssot.surfaces.configured import Configured, add_choice, add_configuration, configured
from lint_ssot.surfaces.ini_text import with_options
from lint_ssot.surfaces.outcome import CommandError, Status
from lint_ssot.surfaces.processes import of_each
from lint_ssot.surfaces.proposal import Base, Survey, survey
from lint_ssot.surfaces.selection import selected_rules
from lint_ssot.surfaces.terminal import Terminal, is_interactive, open_terminal, progress
from lint_ssot.surfaces.why.rail import relative

_SHOWN = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="Where the tests are; the working folder by default.")
    parser.add_argument("--base", metavar="NAME", action="append", help="Declare this base: package.module.Class.")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("-y", "--yes", action="store_true", help="Write without asking.")
    how.add_argument("--print", action="store_true", help="Print the section; write nothing.")
    add_choice(parser)
    add_configuration(parser)


def run(arguments: argparse.Namespace) -> int:
    """Look, propose, ask, write."""
    choice = configured(arguments)
    _checked(tuple(arguments.base or ()))
    talk = open_terminal(arguments, stderr=True)
    seen = _survey(arguments, choice, talk)
    _tell(talk, seen)
    asks = is_interactive() and not arguments.yes and not arguments.print
    bases = _bases(arguments, choice, seen, talk, asks=asks)
    options = _options(arguments, bases, choice)
    if not options:
        talk.print("nothing to write")
        return Status.CLEAN
    if arguments.print:
        sys.stdout.write(with_options("", "flake8", options))
        return Status.CLEAN
    file = (
        ConfigFile(Path(arguments.config).absolute()) if arguments.config else find_config_file(Path.cwd(), seen.root)
    )
    before, after = file.text, file.with_options(options)
    if before == after:
        talk.print(f"{file.path.name} says so already", soft_wrap=True)
    elif _is_wanted(talk, file, before, after, is_sure=arguments.yes, asks=asks):
        _write(talk, file, after)
    return Status.CLEAN


def _survey(arguments: argparse.Namespace, choice: Configured, talk: Terminal) -> Survey:
    files = choice.files(arguments.paths)
    seen = Survey()
    with progress(talk, "Looking at the tests") as told:
        for number, each in enumerate(of_each(files, _surveyor, arguments)):
            told(number, len(files))
            seen.add(each)
    return seen


def _surveyor(arguments: argparse.Namespace) -> Callable[[Path], Survey]:
    session = configured(arguments).session()
    return lambda path: survey(path, session)


def _tell(talk: Terminal, seen: Survey) -> None:
    """What was seen, so that a person can judge the proposal."""
    count = len(seen.classes)
    talk.print(f"{count} test class{'' if count == 1 else 'es'}, {seen.on_testcase} of them TestCases", style="bold")
    if seen.invocation is not None:
        sure = "" if seen.invocation.is_certain else ", as it seems; `--ssot-runner` settles it"
        talk.print(f"run by {seen.invocation.program.value}{sure}", soft_wrap=True)
        talk.print(f"imports are looked for in {', '.join(relative(root) for root in seen.roots)}", soft_wrap=True)
    if seen.unknown:
        talk.print(f"{seen.unknown} stand on something that cannot be followed", style="yellow")
    ranked = seen.ranked()
    if not ranked:
        return
    talk.print()
    proposed = seen.proposed()
    width = max(len(base.name) for base in ranked[:_SHOWN])
    talk.print(f"   {'base':{width}}  classes  directly  files", style="dim", soft_wrap=True)
    for number, base in enumerate(ranked[:_SHOWN], start=1):
        name = Text(f"{base.name:{width}}", style="bold" if base in proposed else "")
        counts = f"  {len(base.standing):7}  {base.direct:8}  {base.files:5}"
        talk.print(Text(f"{number}  ").append_text(name).append(counts), soft_wrap=True)
        talk.print(Text(f"   {relative(base.path)}:{base.line}", style="dim"), soft_wrap=True)
    if len(ranked) > _SHOWN:
        talk.print(f"and {len(ranked) - _SHOWN} more", style="dim")


def _bases(
    arguments: argparse.Namespace, choice: Configured, seen: Survey, talk: Terminal, *, asks: bool
) -> tuple[str, ...]:
    """The names to declare: those of the arguments, those that are declared, or those that are proposed."""
    if arguments.base:
        return _checked(tuple(arguments.base))
    if choice.settings.base_classes:
        talk.print(f"declared already: {', '.join(choice.settings.base_classes)}", soft_wrap=True)
        return ()
    proposed = seen.proposed()
    if not proposed:
        talk.print("no class of the project has several test classes on it: none to declare", style="yellow")
    else:
        names = ", ".join(base.name for base in proposed)
        held = f"{seen.held(proposed)} of {len(seen.classes)} stand on {'it' if len(proposed) == 1 else 'them'}"
        talk.print(f"\nproposed: {names}; {held}", soft_wrap=True)
    return _asked(seen.ranked()[:_SHOWN], proposed) if asks and proposed else tuple(base.name for base in proposed)


def _asked(ranked: list[Base], proposed: list[Base]) -> tuple[str, ...]:
    """What the person says: nothing for the proposal, numbers of the table, or dotted names."""
    while True:
        said = input("Declare which? Enter for the proposal, numbers, names, or - for none: ").replace(",", " ").split()
        if not said:
            return tuple(base.name for base in proposed)
        if said == ["-"]:
            return ()
        try:
            return _checked(tuple(_named(word, ranked) for word in said))
        except CommandError as error:
            print(error, file=sys.stderr)


def _named(word: str, ranked: list[Base]) -> str:
    if not word.isdigit():
        return word
    if not 1 <= int(word) <= len(ranked):
        raise CommandError(f"there is no number {word}")
    return ranked[int(word) - 1].name


def _checked(names: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return settings_from({"ssot-base-classes": names}).base_classes
    except ConfigurationError as error:
        raise CommandError(str(error)) from error


def _options(
    arguments: argparse.Namespace, bases: tuple[str, ...], choice: Configured
) -> Mapping[str, tuple[str, ...]]:
    """What the section has to say: only what is not so by itself."""
    options: dict[str, tuple[str, ...]] = {}
    if bases:
        options["ssot-base-classes"] = bases
    for name in ("ssot-runner", "ssot-asyncio-mode", "ssot-source-roots", "ssot-python"):
        value = getattr(arguments, name.replace("-", "_"))
        if value:
            options[name] = (value,)
    if not selected_rules(choice.options):
        options["extend-select"] = ("LSS",)
    return options


def _is_wanted(talk: Terminal, file: ConfigFile, before: str, after: str, *, is_sure: bool, asks: bool) -> bool:
    """Show what would change, and ask a person who is there."""
    name = file.path.name
    talk.print()
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2):
        style = {"+": "green", "-": "red", "@": "dim"}.get(line[:1], "")
        talk.print(Text(line, style=style), soft_wrap=True)
    if asks:
        is_sure = input(f"Write this to {name}? [Y/n] ").strip().lower() in ("", "y", "yes")
    if not is_sure:
        talk.print("nothing is written" + ("" if asks else "; --yes writes it"), style="yellow")
    return is_sure


def _write(talk: Terminal, file: ConfigFile, text: str) -> None:
    name = file.path.name
    try:
        replace_file(file.path, text.encode())
    except OSError as error:
        raise CommandError(f"`{name}` cannot be written: {error.strerror}") from error
    talk.print(f"written to {name}; now: flake8 --select=LSS", soft_wrap=True)
    if not file.is_read:
        talk.print(f"flake8 reads {name} with a plug-in only: pip install flake8-pyproject", style="yellow")
