"""Known findings, kept in a file and left out of what is said, wherever their lines move to."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lint_ssot.config import ConfigurationError
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.facts.enclosing import enclosing
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Block, Class
from lint_ssot.facts.values import dataclass

# the lines of places in other files and modules
_LINES = re.compile(r"(?<=\w):\d+")
# they stand where the first of many reads is, or the first who asks, and so are known by the class
_OF_CLASSES = ("LSS2", "LSS408")
_FIELDS = ("path", "code", "in", "message")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """What a known finding is recognized by: no line, so that it may move.

    `path` is relative to the folder of the baseline file, `where` the qualified name of the function or class
    that the finding stands in, empty at module level; `message` is in full, and tells no lines.
    """

    path: str
    code: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known findings of a project, with how many of each; `folder` is that of their file."""

    folder: Path
    counts: Mapping[Known, int]

    def about(self, path: Path) -> str:
        """All that the baseline says of one file: another baseline may say the same."""
        name = Path(os.path.relpath(path, self.folder)).as_posix()
        return repr(sorted((known, count) for known, count in self.counts.items() if known.path == name))

    def unknown(self, found: Iterable[Diagnostic], body: Block) -> list[Diagnostic]:
        """The findings of one file, whose statements are `body`, that are not known; of equals the last are new."""
        left = Counter[Known]()
        unknown = []
        for each in found:
            known = known_as(each, body, self.folder)
            left[known] += 1
            if left[known] > self.counts.get(known, 0):
                unknown.append(each)
        return unknown


def known_as(found: Diagnostic, body: Block, folder: Path) -> Known:
    """What a finding in a file, whose statements are `body`, would be recognized by."""
    path = Path(os.path.relpath(found.path, folder)).as_posix()
    return Known(path, found.code, _where(found, body), _LINES.sub("", found.subject or found.text))


def _where(found: Diagnostic, body: Block) -> str:
    around = enclosing(body, Position(found.line, found.column))
    if found.code == "LSS001":
        return ""
    named = [each for each in around if isinstance(each, Class) or not found.code.startswith(_OF_CLASSES)]
    return named[-1].qualname if named else ""


def baseline_text(counts: Mapping[Known, int]) -> str:
    """The file's text: a line of JSON for each, sorted, so that changes read well in a diff."""
    return "".join(f"{_line(known, counts[known])}\n" for known in sorted(counts) if counts[known] > 0)


def _line(known: Known, count: int) -> str:
    values = (known.path, known.code, known.where, known.message)
    entry: dict[str, object] = dict(zip(_FIELDS, values, strict=True))
    if count > 1:
        entry["count"] = count
    return json.dumps(entry, ensure_ascii=False)


def find_baseline(name: str, folder: Path) -> Path:
    """The file that `ssot-baseline` names: relative to the folder or, as configuration is found, one above it.

    Raises ConfigurationError if there is none.
    """
    for each in (folder, *folder.parents):
        if os.path.isfile(each / name):  # noqa: PTH113  # a name may be too long for Path
            return each / name
    raise ConfigurationError(f"ssot-baseline: there is no file `{name}`; `lint-ssot baseline` writes it")


def read_baseline(path: Path) -> Baseline:
    """Read the file; raises ConfigurationError, with the number of the line, for what is no entry."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise ConfigurationError(f"ssot-baseline: `{path.name}` cannot be read: {error}") from error
    counts = Counter[Known]()
    for known, count in _entries(lines, path.name):
        counts[known] += count
    return Baseline(path.parent, counts)


def _entries(lines: list[str], name: str) -> Iterator[tuple[Known, int]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            values = [entry[field] for field in _FIELDS]
            count = entry.get("count", 1)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise _broken(name, number) from error
        if not all(isinstance(value, str) for value in values) or not isinstance(count, int):
            raise _broken(name, number)
        yield Known(*values), count


def _broken(name: str, number: int) -> ConfigurationError:
    return ConfigurationError(f"ssot-baseline: line {number} of `{name}` is no entry; `lint-ssot baseline` writes them")
