"""The folders of a report: what their tests add up to, few enough for a map."""

from __future__ import annotations

from collections.abc import Iterable

from lint_ssot.facts.values import dataclass
from lint_ssot.surfaces.report.model import FileReport, Report, Tally, tally

# more tiles than these no one tells apart
_MOST_TILES = 36
# one folder alone must not take all of them
_MOST_INSIDE = 9


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
        inner = _opened(biggest, min(_MOST_INSIDE, _MOST_TILES - len(found) + 1))
        if any(each.path == biggest.path for each in inner):
            closed.add(biggest.path)
        found.remove(biggest)
        found += inner
    return tuple(sorted(found, key=lambda each: each.path))


def _opened(folder: Folder, room: int) -> tuple[Folder, ...]:
    """The folders in a folder, the biggest ones; what is beside them, or too small, stays its own."""
    inner = _grouped(folder.files, folder.path.count("/") + 2)
    below = sorted((each for each in inner if each.path != folder.path), key=lambda each: -each.tally.found)
    has_rest = len(below) < len(inner) or len(below) > room
    shown = below[: max(room - has_rest, 0)]
    taken = {file.path for each in shown for file in each.files}
    rest = tuple(file for file in folder.files if file.path not in taken)
    return (*shown, *((_folder(folder.path, rest),) if rest else ()))


def _depth_of(files: tuple[FileReport, ...]) -> int:
    return max((file.folder.count("/") + 1 for file in files), default=1)


def _grouped(files: Iterable[FileReport], depth: int) -> tuple[Folder, ...]:
    groups: dict[str, list[FileReport]] = {}
    for file in files:
        groups.setdefault("/".join(file.folder.split("/")[:depth]), []).append(file)
    return tuple(_folder(path, tuple(group)) for path, group in sorted(groups.items()))


def _folder(path: str, files: tuple[FileReport, ...]) -> Folder:
    return Folder(path, files, tally(test for file in files for test in file.tests))
