"""The pages of the rules: where they are shipped, and how a person reads them."""

from __future__ import annotations

import re
from pathlib import Path

from lint_ssot.rule import Rule

_PACKAGE = Path(__file__).parent.parent
# in the wheel, and in a checkout of the source
_HOMES = (_PACKAGE / "pages", _PACKAGE.parent / "docs" / "rules")
_CLAIM = re.compile(r'# error(?:: (?:(LSS\d{3})\s*)?(?:"[^"\n]*")?)?(?=\s|$)', re.MULTILINE)


def page_codes() -> tuple[str, ...]:
    """The codes that have a page, in order."""
    return tuple(sorted({path.stem for home in _HOMES for path in home.glob("LSS[0-9][0-9][0-9].md")}))


def page_of(code: str, rule: Rule | None) -> str:
    """The page of a code as Markdown, with what its examples claim said in plain words.

    A rule without a page gets one of its title and its summary.
    """
    for home in _HOMES:
        path = home / f"{code}.md"
        if path.is_file():
            return _CLAIM.sub(lambda claim: f"# <- {claim[1] or code}", path.read_text(encoding="utf-8"))
    return "" if rule is None else f"# {rule.name} ({rule.code})\n\n{rule.summary}\n"
