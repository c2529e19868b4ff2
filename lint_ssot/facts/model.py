"""What is known of one file: its reduced source, or why it could not be read."""

from __future__ import annotations

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Block
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file could not be read; `is_syntax` tells a defect of the file from a limit of the linter."""

    at: Position
    message: str
    is_syntax: bool


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """One file: the reduced statements of its module level, everything else nested in them.

    A file with `trouble` has an empty body and says nothing about what it defines.
    """

    body: Block
    trouble: Trouble | None = None
