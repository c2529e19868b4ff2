"""Replacements of text: which of them get along, and what they make of a source."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` in the place of the characters from `start` to `end`, offsets into the source."""

    start: int
    end: int
    text: str


def meets(one: Iterable[Edit], other: Iterable[Edit]) -> bool:
    """Whether any of these edits touches what one of the others touches; the very same edit does not count."""
    return any(_overlap(a, b) for a in one for b in other if a != b)


def _overlap(one: Edit, other: Edit) -> bool:
    """What is inserted at the same place would have no order, so that counts too."""
    first, second = sorted((one, other))
    return second.start < first.end or first.start == second.start


def applied(source: str, edits: Iterable[Edit]) -> str:
    """The source with the edits made, those that are given twice once.

    Of two insertions at the same place the one that is given first comes first.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda each: (each.start, each.end)):
        parts += (source[done : edit.start], edit.text)
        done = edit.end
    return "".join((*parts, source[done:]))


def edits_between(before: str, after: str) -> tuple[Edit, ...]:
    """The edits, in whole lines, that make one source of another."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        Edit(starts[i], starts[j], "".join(new[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"
    )
