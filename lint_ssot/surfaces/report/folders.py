"""The folders of a report: what their tests add up to, few enough for a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lint_ssot.surfaces.report.model import FileReport, Report, Tally, tally

# more tiles than these no one tells apart
_MOST_TILES = 36


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, the files of it that have tests, those in folders below included, and what they add up to."""

    path: str
    files: tuple[FileReport, ...]
    tally: Tally


def folders(report: Report) -> tuple[Folder, ...]:
    """The folders that hold files with tests themselves, in order."""
    return _grouped(report.files, _depth_of(report.files))


def folders_for_map(report: Report) -> tuple[Folder, ...]:
    """The deepest folders that are few enough for a map."""
    for depth in range(_depth_of(report.files), 1, -1):
        found = _grouped(report.files, depth)
        if len(found) <= _MOST_TILES:
            return found
    return _grouped(report.files, 1)


def _depth_of(files: tuple[FileReport, ...]) -> int:
    return max((file.folder.count("/") + 1 for file in files), default=1)


def _grouped(files: Iterable[FileReport], depth: int) -> tuple[Folder, ...]:
    groups: dict[str, list[FileReport]] = {}
    for file in files:
        groups.setdefault("/".join(file.folder.split("/")[:depth]), []).append(file)
    return tuple(
        Folder(path, tuple(group), tally(test for file in group for test in file.tests))
        for path, group in sorted(groups.items())
    )
