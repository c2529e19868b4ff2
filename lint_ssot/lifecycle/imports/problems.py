"""What can be wrong with an import, in the words of a message."""

from __future__ import annotations

import enum

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.values import dataclass

# what a message may have beside the words of its rule; see `rule.MESSAGE_LENGTH`
_ROOM = 76
_ROOM_WITH_HINT = 88
# a module's last words tell more than its first
_LONGEST_NAME = 46


def with_hint(name: str, text: str, near: str | None) -> str:
    """`text`, and what may be meant instead, if a message about `name` has room for both."""
    hinted = f"{text}; did you mean `{near}`?"
    return hinted if near and len(name) + len(hinted) <= _ROOM_WITH_HINT else text


def fitting(name: str, text: str, otherwise: str) -> str:
    """`text` if a message about `name` has room for it, `otherwise` if not."""
    return text if len(name) + len(text) <= _ROOM else otherwise


def shortened(name: str) -> str:
    """A dotted name that leaves a message room for more: `….cart.total`."""
    while len(name) > _LONGEST_NAME and "." in name.removeprefix("…."):
        name = "…." + name.removeprefix("….").partition(".")[2]
    return name


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
