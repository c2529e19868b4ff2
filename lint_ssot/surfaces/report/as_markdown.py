"""The report as Markdown, for a pull request or a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_ssot.surfaces.report.causes import ranked_causes
from lint_ssot.surfaces.report.comparison import Comparison
from lint_ssot.surfaces.report.folders import folders
from lint_ssot.surfaces.report.model import Passage, Report, Stage, Tally, tally
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


def as_markdown(report: Report, comparison: Comparison | None) -> str:
    """The whole report; tests are named only where they are stopped, or came free."""
    return "\n".join(_lines(report, comparison)) + "\n"


def _lines(report: Report, comparison: Comparison | None) -> Iterator[str]:
    counted = tally(report.tests)
    yield f"# How far the tests of {_plain(report.title)} come"
    yield ""
    yield f"**{headline(counted)}**"
    if told := asides(counted):
        yield "; ".join(told).capitalize() + "."
    if comparison is not None:
        yield ""
        yield f"**{change(comparison)}**"
    elif not counted.found:
        yield "Tests are looked for in the files that pytest's `python_files`, or unittest, would look into."
        return
    yield ""
    yield from _stages(report, counted)
    if comparison is not None:
        yield from _comparison(comparison)
    yield from _causes(report)
    yield from _places(report)
    yield from _stopped(report)
    yield from ("", "## How it was counted", "")
    yield from (f"- {sentence}" for sentence in COUNTING)


def _stages(report: Report, counted: Tally) -> Iterator[str]:
    yield "| stage | tests | | what first stops the others |"
    yield "|---|---:|---:|---|"
    for stage in report.stages:
        here = counted.at(stage)
        others = [f"{code} {name} {count}" for code, name, count in stopped_by(report.tests, stage)]
        others += [f"{count} {word}" for count, word in ((here.unknown, "unknown"), (here.skipped, "skipped")) if count]
        of_all = share(here.passing / counted.found) if counted.found else share(None)
        yield f"| {STAGES[stage]} | {here.passing} | {of_all} | {', '.join(others)} |"


def _comparison(comparison: Comparison) -> Iterator[str]:
    before, after = tally(comparison.before.tests), tally(comparison.after.tests)
    yield from ("", "## Before and after", "")
    yield f"| stage | {state(comparison.before)} | {state(comparison.after)} | |"
    yield "|---|---:|---:|---:|"
    for stage in comparison.after.stages:
        old, new = before.at(stage).passing, after.at(stage).passing
        yield f"| {STAGES[stage]} | {old} | {new} | {new - old:+d} |"
    for what, old, new in (("unknown", before.unknown, after.unknown), ("skipped", before.skipped, after.skipped)):
        if old or new:
            yield f"| {what} | {old} | {new} | {new - old:+d} |"
    yield from _names("came free", comparison.freed)
    yield from _names("no longer reach their business", comparison.lost)
    if comparison.added or comparison.removed:
        yield from ("", f"{len(comparison.added)} tests are new, {len(comparison.removed)} are gone or renamed.")


def _names(what: str, names: tuple[str, ...]) -> Iterator[str]:
    if names:
        yield from ("", f"{len(names)} {what}:", "")
        yield from (f"- `{name}`" for name in names)


def _causes(report: Report) -> Iterator[str]:
    ranked = ranked_causes(report.tests)
    if not ranked:
        return
    yield from ("", "## What to mend first", "")
    yield "Each row counts the tests that are free once it and the rows above are mended."
    yield ""
    yield "| | frees | stops | what | where |"
    yield "|---:|---:|---:|---|---|"
    for number, each in enumerate(ranked, start=1):
        cause = each.cause
        what = f"{cause.code} {_cell(cause.text)}"
        yield f"| {number} | {each.frees} | {each.stops} | {what} | `{cause.path}:{cause.line}` |"


def _places(report: Report) -> Iterator[str]:
    names = [STAGES[stage] for stage in report.stages]
    for title, rows in (
        ("Folders", [(each.path, each.tally) for each in folders(report)]),
        ("Files", [(each.path, tally(each.tests)) for each in report.files]),
    ):
        yield from ("", f"## {title}", "")
        yield f"| | {' | '.join(names)} | unknown | skipped | share |"
        yield "|---|" + "---:|" * (len(names) + 3)
        yield from (_row(path, counted, report.stages) for path, counted in rows)


def _row(path: str, counted: Tally, stages: Iterable[Stage]) -> str:
    cells = [str(counted.at(stage).passing) for stage in stages]
    cells += [str(counted.unknown), str(counted.skipped), share(counted.share)]
    return f"| `{path}` | {' | '.join(cells)} |"


def _stopped(report: Report) -> Iterator[str]:
    """The tests that are stopped, with the first thing that does."""
    for file in report.files:
        stopped = [test for test in file.tests if test.outcome is Passage.STOPPED]
        if stopped:
            yield from ("", f"## Stopped in `{file.path}`", "")
        for test in stopped:
            stop = test.stops[0]
            yield f"- `{test.name}`: {stop.code} {rule_name(stop.code)}, {_where(stop.path, stop.line)}: {stop.text}"


def _where(path: str, line: int) -> str:
    return f"`{path}:{line}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _plain(text: str) -> str:
    return f"`{text}`"
