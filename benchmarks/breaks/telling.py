"""Whether the linter tells a break: what it says afterwards and did not say before."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from lint_ssot.config import Settings
from lint_ssot.engine import lint
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source

_NUMBER = re.compile(r"[0-9]+")


class Teller:
    """The linter as people run it, in this process, over files that are broken and mended again."""

    def __init__(self, python: str | None, runner: str) -> None:
        settings = Settings(python=python, runner=runner, cache_dir=None)
        self._session = Session(settings, tuple(rule for rule in RULES if not rule.is_opt_in))
        self._before: dict[Path, Counter[tuple[str, str]]] = {}

    def news(self, path: Path, source: str, readers: tuple[Path, ...]) -> list[str]:
        """What is said only when the file at `path` has this text, about the file or about those that read it."""
        files = {path: None, **dict.fromkeys(readers)}
        before = {each: self._known(each) for each in files}
        original = read_source(path)
        self._session.put(path, source)
        try:
            return [
                f"{code} {text}"
                for each in files
                for code, text in self._said(each, source if each == path else read_source(each)) - before[each]
            ]
        finally:
            self._session.put(path, original)

    def _known(self, path: Path) -> Counter[tuple[str, str]]:
        if path not in self._before:
            self._before[path] = self._said(path, read_source(path))
        return self._before[path]

    def _said(self, path: Path, source: str) -> Counter[tuple[str, str]]:
        """Findings wherever they stand: a break may move lines."""
        return Counter((each.code, _NUMBER.sub("0", each.text)) for each in lint(path, source, self._session))
