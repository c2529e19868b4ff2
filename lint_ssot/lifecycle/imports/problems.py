"""What can be wrong with an import, in the words of a message."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from lint_ssot.facts.expressions import Position


class ImportFault(enum.Enum):
    """The ways in which an import fails."""

    MISSING_MODULE = "there is no such module"
    MISSING_NAME = "the module has no such name"
    SWALLOWED = "it fails, and a handler goes on without it"
    CIRCULAR = "the module imports this one before the name is there"
    BROKEN = "the module has a syntax error"


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """An import that fails: where, what is missing and why."""

    at: Position
    fault: ImportFault
    name: str
    why: str
