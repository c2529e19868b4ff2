"""`lint-ssot explain`: the page of a rule, or the list of them all."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from difflib import get_close_matches

from rich.markdown import Heading, Markdown
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from lint_ssot.rule import Rule
from lint_ssot.rules import RULES
from lint_ssot.surfaces.outcome import CommandError, Status
from lint_ssot.surfaces.pages import page_codes, page_of
from lint_ssot.surfaces.terminal import Terminal, open_terminal

_HEADINGS = {"markdown.h1": "bold underline", "markdown.h2": "bold", "markdown.h3": "bold dim"}
_THEME = Theme({**_HEADINGS, "markdown.code": "cyan", "markdown.code_block": ""})
# longer lines are hard to read
_WIDEST = 100


class _LeftHeading(Heading):
    """A heading that stands where the text does."""

    def __rich_console__(self, console: object, options: object) -> Iterator[Text]:
        self.text.justify = "left"
        yield self.text


class _Page(Markdown):
    """Markdown with headings at the left."""

    elements = {**Markdown.elements, "heading_open": _LeftHeading}  # noqa: RUF012  # rich declares it so


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "rules", metavar="RULE", nargs="*", help="LSS203, or its name: skipped-base-hook; LSS2 for all that begin so."
    )
    parser.add_argument("--all", action="store_true", help="Every rule, in the order of the codes.")


def run(arguments: argparse.Namespace) -> int:
    """Show the pages; without a rule, the list of them."""
    terminal = open_terminal(arguments)
    codes = page_codes() if arguments.all else tuple(code for word in arguments.rules for code in _codes(word))
    if not codes:
        _write_list(terminal)
    for number, code in enumerate(codes):
        if number:
            terminal.print()
        _write_page(terminal, code)
    return Status.CLEAN


def _codes(word: str) -> tuple[str, ...]:
    """What a word stands for: `LSS203`, `203`, `skipped-base-hook` for a rule, `LSS2` for a whole family."""
    digits = word.upper().removeprefix("LSS").rstrip("X")
    family = tuple(code for code in page_codes() if code.startswith(f"LSS{digits}"))
    return family if digits.isdecimal() and family else (_code(word),)


def _code(word: str) -> str:
    by_word = {rule.name: rule.code for rule in RULES} | {code.lower(): code for code in page_codes()}
    by_word |= {rule.code.lower(): rule.code for rule in RULES}
    found = by_word.get(re.sub(r"[_ ]", "-", word.lower()))
    if found is not None:
        return found
    known = [rule.name for rule in RULES] + [rule.code.lower() for rule in RULES]
    near = dict.fromkeys(by_word[each] for each in get_close_matches(word.lower(), known, n=6, cutoff=0.5))
    names = {rule.code: rule.name for rule in RULES}
    meant = ", ".join(f"{code} ({names[code]})" for code in list(near)[:3])
    raise CommandError(
        f"there is no rule `{word}`" + (f"; nearest: {meant}" if meant else "; `lint-ssot explain` lists them")
    )


def _write_list(terminal: Terminal) -> None:
    if not terminal.is_terminal:
        sys.stdout.writelines(f"{rule.code} {rule.name}: {rule.summary}\n" for rule in RULES)
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold cyan", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(style="dim")
    for rule in RULES:
        table.add_row(rule.code, rule.name, rule.summary.removeprefix("Checks for "))
    terminal.print(table)


def _write_page(terminal: Terminal, code: str) -> None:
    rule = next((rule for rule in RULES if rule.code == code), None)
    page = page_of(code, rule)
    if not terminal.is_terminal:
        sys.stdout.write(page)
        return
    terminal.push_theme(_THEME)
    terminal.print(_Page(page, code_theme="ansi_light"), width=min(terminal.width, _WIDEST))
    if rule is not None:
        terminal.print()
        terminal.print(Text(_standing(rule), style="dim"))


def _standing(rule: Rule) -> str:
    on = f"opt-in: `ssot-enable = {rule.code}`" if rule.is_opt_in else "on by default"
    return f"Since {rule.since}; {on}. One line is silenced by `# noqa: {rule.code}`."
