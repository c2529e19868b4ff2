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
    """Folders that are few enough for a map: the biggest are opened, one after the other, while there is room."""
    found = list(_grouped(report.files, 1))
    closed: set[str] = set()
    while ahead := [each for each in found if each.path not in closed]:
        biggest = max(ahead, key=lambda each: each.tally.found)
        inner = _grouped(biggest.files, biggest.path.count("/") + 2)
        if len(found) - 1 + len(inner) > _MOST_TILES or inner == (biggest,):
            closed.add(biggest.path)
            continue
        if any(each.path == biggest.path for each in inner):
            # the files in the folder itself are a tile beside its folders
            closed.add(biggest.path)
        found.remove(biggest)
        found += inner
    return tuple(sorted(found, key=lambda each: each.path))


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
