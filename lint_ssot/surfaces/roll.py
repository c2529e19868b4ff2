"""What a run told of the same files before: a file whose last change is the one of then is not even read."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence

from lint_ssot.facts.states import stamp_of
from lint_ssot.facts.values import dataclass
from lint_ssot.recall import Memory


@dataclass(frozen=True, slots=True)
class Known:
    """What was told of a file, the numbers of what that rests on, and the last change of the file."""

    lines: tuple[str, ...]
    grounds: tuple[int, ...]
    stamp: int


class Roll:
    """The files of a run, one row for all of them; it holds as long as all of what they rest on does.

    Where that has changed, each file is asked for by itself, and the roll is written anew.
    """

    def __init__(self, memory: Memory | None, options: argparse.Namespace, names: Sequence[str]) -> None:
        self._memory = memory
        self._names = names
        chosen = options.disable_noqa, options.per_file_ignores, options.ssot_known
        self._about = "\n".join((repr(chosen), *names))
        self._grounds: set[int] = set()
        self._told: dict[str, Known] = {}

    def known(self) -> dict[str, tuple[str, ...]]:
        """What was told of each file that is as it was."""
        kept = None if self._memory is None else self._memory.recall_run(self._about)
        if kept is not None:
            self._grounds.update(kept[1])
            self._told = dict(self._unchanged(kept[0]))
        return {name: known.lines for name, known in self._told.items()}

    def _unchanged(self, told: object) -> Iterator[tuple[str, Known]]:
        match told:
            case [list(stamps), dict(lines)] if len(stamps) == len(self._names):
                for number, (name, stamp) in enumerate(zip(self._names, stamps, strict=True)):
                    said = lines.get(str(number), [])
                    if stamp and stamp == stamp_of(name) and isinstance(said, list) and all(map(_is_printable, said)):
                        yield name, Known(tuple(said), (), stamp)

    def keep(self, found: Mapping[str, Known]) -> None:
        """Add what is known of other files; the row is written if there is any."""
        new = {name: known for name, known in found.items() if known.stamp}
        if self._memory is None or not new:
            return
        told = self._told | new
        stamps = [told[name].stamp if name in told else 0 for name in self._names]
        lines = {str(number): told[name].lines for number, name in enumerate(self._names) if name in told}
        grounds = self._grounds.union(*(known.grounds for known in new.values()))
        self._memory.keep_run(self._about, [stamps, {number: said for number, said in lines.items() if said}], grounds)


def _is_printable(line: object) -> bool:
    # whoever wrote into the folder must not write to the terminal
    return isinstance(line, str) and line.isprintable()
