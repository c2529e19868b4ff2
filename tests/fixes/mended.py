"""Projects on disk that are mended as the command does it, without its options."""

from __future__ import annotations

from pathlib import Path

from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import lint
from lint_ssot.fixes.files import write_file
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from lint_ssot.surfaces.mending import Mended, Mending


def mend(folder: Path, settings: Settings | None = None, *, is_unsafe_allowed: bool = False) -> Mended:
    """Mend every Python file below the folder, and write the files."""
    mending = Mending(
        tuple(sorted(folder.rglob("*.py"))),
        new_session(settings),
        lambda _path, _source, found: found,
        is_unsafe_allowed=is_unsafe_allowed,
    )
    mended = mending.mend()
    for file, text in mended.files:
        write_file(file, text)
    return mended


def findings(folder: Path, settings: Settings | None = None) -> list[Diagnostic]:
    """What the rules hold against the files as they are on disk."""
    session = new_session(settings)
    return [found for path in sorted(folder.rglob("*.py")) for found in lint(path, read_source(path), session)]


def new_session(settings: Settings | None = None) -> Session:
    return Session(settings or Settings(), tuple(rule for rule in RULES if not rule.is_opt_in))
