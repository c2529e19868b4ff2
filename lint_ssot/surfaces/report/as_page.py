"""The report as one HTML page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from itertools import groupby, takewhile

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from lint_ssot.facts.values import dataclass
from lint_ssot.surfaces.report.causes import RankedCause, ranked_causes
from lint_ssot.surfaces.report.comparison import Comparison
from lint_ssot.surfaces.report.folders import Folder, folders, folders_for_map
from lint_ssot.surfaces.report.model import Fate, FileReport, Passage, Report, Stage, Tally, tally
from lint_ssot.surfaces.report.treemap import Box, Tile, tiles
from lint_ssot.surfaces.report.words import (
    COUNTING,
    STAGES,
    asides,
    change,
    headline,
    rule_name,
    share,
    state,
    stopped_by,
)

# the map is laid out for both, and the style sheet shows the one that fits
_WIDE, _NARROW = Box(0, 0, 16, 8), Box(0, 0, 9, 12)
# tiles of this width and height, in percent of the map, have room for a name, or at least for a number
_ROOM = {_WIDE: ((9.5, 17), (5.5, 7)), _NARROW: ((22, 14), (14, 6))}


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: its kind, which the style sheet colors, how many tests, and its share of the bar in percent."""

    kind: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage as the page shows it."""

    stage: Stage
    name: str
    passing: int
    share: str
    segments: tuple[Segment, ...]
    stopped_by: tuple[tuple[str, str, int], ...]
    unknown: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Row:
    """A file or folder: its name, its counts by stage, and its bar."""

    path: str
    tally: Tally
    counts: tuple[int, ...]
    share: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """A file with the tests that are worth a line: all that do not surely reach their business."""

    row: Row
    tests: tuple[Fate, ...]


@dataclass(frozen=True, slots=True)
class FolderView:
    """A folder and the files in it."""

    row: Row
    anchor: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class TileView:
    """A folder on the map; `level` from 0, none reaches its business, to 4, all do; None if nobody knows.

    `name` is the path without what all folders of the map have in common; None where there is no room for it.
    """

    tile: Tile
    folder: Folder
    share: str
    level: int | None
    name: str | None
    has_number: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What the template is given."""

    report: Report
    tally: Tally
    headline: str
    asides: tuple[str, ...]
    stages: tuple[StageRow, ...]
    sides: tuple[tuple[str, tuple[StageRow, ...]], ...]
    comparison: Comparison | None
    change: str
    causes: tuple[RankedCause, ...]
    wide: tuple[TileView, ...]
    narrow: tuple[TileView, ...]
    folders: tuple[FolderView, ...]
    counting: tuple[str, ...]
    version: str


def as_page(report: Report, comparison: Comparison | None) -> str:
    """The whole report as one page; no script, and nothing is fetched from anywhere."""
    environment = Environment(
        loader=PackageLoader("lint_ssot.surfaces.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(code=_with_code, by_file=_by_file)
    environment.globals.update(rule_name=rule_name, Passage=Passage, STAGES=STAGES)
    return environment.get_template("page.html.jinja").render(page=_page(report, comparison)) + "\n"


def _with_code(text: str) -> Markup:
    """The text with what stands between backticks set as code."""
    parts = escape(text).split("`")
    return Markup("").join(
        Markup(f"<code>{part}</code>") if odd % 2 and odd < len(parts) - 1 else part for odd, part in enumerate(parts)
    )


def _by_file(tests: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Node ids by their file, each without it."""
    for path, group in groupby(tests, key=lambda name: name.partition("::")[0]):
        yield path, tuple(name.partition("::")[2] for name in group)


def _page(report: Report, comparison: Comparison | None) -> Page:
    counted = tally(report.tests)
    return Page(
        report=report,
        tally=counted,
        headline=headline(counted),
        asides=asides(counted),
        stages=tuple(_stage_rows(report)),
        sides=() if comparison is None else tuple(map(_side, (comparison.before, comparison.after))),
        comparison=comparison,
        change="" if comparison is None else change(comparison),
        causes=ranked_causes(report.tests),
        wide=_tiles(report, _WIDE),
        narrow=_tiles(report, _NARROW),
        folders=tuple(_folder(each, number, report) for number, each in enumerate(folders(report), start=1)),
        counting=COUNTING,
        version=version("lint-ssot"),
    )


def _side(report: Report) -> tuple[str, tuple[StageRow, ...]]:
    return state(report), tuple(_stage_rows(report))


def _stage_rows(report: Report) -> Iterator[StageRow]:
    counted = tally(report.tests)
    for stage in report.stages:
        here = counted.at(stage)
        yield StageRow(
            stage=stage,
            name=STAGES[stage],
            passing=here.passing,
            share=share(here.passing / counted.found) if counted.found else share(None),
            segments=_segments(counted, stage),
            stopped_by=stopped_by(report.tests, stage),
            unknown=here.unknown,
            skipped=here.skipped,
        )


def _segments(counted: Tally, stage: Stage) -> tuple[Segment, ...]:
    """What the bar of a stage is made of; the rest of it was lost before."""
    here = counted.at(stage)
    parts = (("passes", here.passing), ("unknown", here.unknown), ("skipped", here.skipped), ("stopped", here.stopped))
    return tuple(Segment(kind, count, round(100 * count / counted.found, 3)) for kind, count in parts if count)


def _tiles(report: Report, box: Box) -> tuple[TileView, ...]:
    shown = folders_for_map(report)
    common = _common_parents(shown)
    for_name, for_number = _ROOM[box]
    return tuple(
        TileView(
            tile=tile,
            folder=folder,
            share=share(folder.tally.share),
            level=_level(folder.tally.share),
            name="/".join(folder.path.split("/")[common:]) if _holds(tile, for_name) else None,
            has_number=_holds(tile, for_number),
        )
        for folder, tile in zip(shown, tiles([each.tally.found for each in shown], box), strict=True)
    )


def _common_parents(shown: tuple[Folder, ...]) -> int:
    """How many folders above them all have in common."""
    parents = [each.path.split("/")[:-1] for each in shown]
    return sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, zip(*parents, strict=False)))


def _holds(tile: Tile, room: tuple[float, float]) -> bool:
    return tile.width >= room[0] and tile.height >= room[1]


def _level(value: float | None) -> int | None:
    if value is None:
        return None
    if value in (0, 1):
        return int(4 * value)
    return 1 if value < 1 / 3 else 2 if value < 2 / 3 else 3


def _folder(folder: Folder, number: int, report: Report) -> FolderView:
    files = tuple(_file(each, report) for each in folder.files)
    return FolderView(_row(folder.path, folder.tally, report), f"folder-{number}", files)


def _file(file: FileReport, report: Report) -> FileView:
    untold = tuple(test for test in file.tests if test.outcome is not Passage.PASSES)
    return FileView(_row(file.path, tally(file.tests), report), untold)


def _row(path: str, counted: Tally, report: Report) -> Row:
    counts = tuple(counted.at(stage).passing for stage in report.stages)
    kinds = (
        ("passes", counted.reaching),
        ("unknown", counted.unknown),
        ("skipped", counted.skipped),
        ("stopped", counted.stopped),
    )
    segments = tuple(Segment(kind, count, round(100 * count / counted.found, 3)) for kind, count in kinds if count)
    return Row(path, counted, counts, share(counted.share), segments)
