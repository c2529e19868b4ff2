"""What a rule yields and what a person sees: a finding becomes a diagnostic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from lint_ssot.cure import Cure
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A position in any file of the project; in messages it reads `base.py:12`."""

    path: Path
    at: Position

    def __str__(self) -> str:
        return f"{self.path.name}:{self.at.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: a position in the linted file and the values of the message's placeholders.

    `related` are the places it is also about: the base class, the hook that assigns.
    `cures` are what would mend it, the best first.
    """

    at: Position
    values: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Place, ...] = ()
    cures: tuple[Cure, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """What a person sees: `line` is 1-based, `column` 0-based in characters, `text` has no code.

    `subject` is the text in full, without what edits elsewhere would change: a finding is recognized by it.
    """

    path: Path
    line: int
    column: int
    code: str
    text: str
    related: tuple[Place, ...] = field(default=(), compare=False)
    cures: tuple[Cure, ...] = field(default=(), compare=False)
    subject: str = field(default="", compare=False)
