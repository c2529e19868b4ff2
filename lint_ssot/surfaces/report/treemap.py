"""Where the tiles of a map lie: areas as the numbers they stand for, as square as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """What is still empty of the map, in units of which only the proportion counts."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tile:
    """The place of one number, in percent of the map's width and height."""

    left: float
    top: float
    width: float
    height: float


def tiles(numbers: Sequence[float], box: Box) -> tuple[Tile, ...]:
    """A tile for each number, all of them positive, in their order; the biggest lies at the upper left.

    Squarified as Bruls, Huizing and van Wijk have it: a row takes one number more as long as that makes
    the worst proportion in it better.
    """
    if not numbers:
        return ()
    scale = box.width * box.height / sum(numbers)
    order = sorted(range(len(numbers)), key=lambda index: (-numbers[index], index))
    placed = dict(zip(order, _laid_out([numbers[index] * scale for index in order], box), strict=True))
    return tuple(_in_percent(placed[index], box) for index in range(len(numbers)))


def _laid_out(areas: list[float], box: Box) -> Iterator[Box]:
    while areas:
        side = min(box.width, box.height)
        taken = 1
        while taken < len(areas) and _worst(areas[: taken + 1], side) <= _worst(areas[:taken], side):
            taken += 1
        row, areas = areas[:taken], areas[taken:]
        yield from _row(row, box)
        box = _rest(sum(row), box)


def _worst(row: list[float], side: float) -> float:
    depth = sum(row) / side
    return max(max(area / depth / depth, depth * depth / area) for area in row)


def _row(row: list[float], box: Box) -> Iterator[Box]:
    """A row across the shorter side."""
    is_column = box.width >= box.height
    depth = sum(row) / (box.height if is_column else box.width)
    at = box.top if is_column else box.left
    for area in row:
        length = area / depth
        yield Box(box.left, at, depth, length) if is_column else Box(at, box.top, length, depth)
        at += length


def _rest(area: float, box: Box) -> Box:
    if box.width >= box.height:
        depth = area / box.height
        return Box(box.left + depth, box.top, box.width - depth, box.height)
    depth = area / box.width
    return Box(box.left, box.top + depth, box.width, box.height - depth)


def _in_percent(placed: Box, box: Box) -> Tile:
    return Tile(
        round(100 * (placed.left - box.left) / box.width, 3),
        round(100 * (placed.top - box.top) / box.height, 3),
        round(100 * placed.width / box.width, 3),
        round(100 * placed.height / box.height, 3),
    )
