"""The table of rules in the README."""

from __future__ import annotations

import re

from lint_ssot.rule import Rule
from lint_ssot.rules import RULES
from tests.pages import ROOT

README = ROOT / "README.md"

_ROWS = re.compile(r"(?<=\| code \| allow \| says \|\n\|---\|---\|---\|\n)(?:\|.*\n)*")


def rows_of_rules() -> str:
    """The rows as they have to stand in the README."""
    return "".join(f"| [{rule.code}](docs/rules/{rule.code}.md) | {rule.name} | {_says(rule)} |\n" for rule in RULES)


def _says(rule: Rule) -> str:
    opt_in = " (opt-in)" if rule.is_opt_in else ""
    return rule.summary.removeprefix("Checks for ").removesuffix(".") + opt_in


def rows_in_readme() -> str:
    """The rows that stand in the README."""
    found = _ROWS.search(README.read_text(encoding="utf-8"))
    return found[0] if found else ""


def write() -> None:
    """Write the rows into the README."""
    README.write_text(
        _ROWS.sub(lambda _: rows_of_rules(), README.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
