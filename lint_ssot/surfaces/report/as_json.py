"""The report as JSON, for programs."""

from __future__ import annotations

import json
from typing import TypeAlias

from lint_ssot.surfaces.report.causes import ranked_causes
from lint_ssot.surfaces.report.comparison import Comparison
from lint_ssot.surfaces.report.folders import folders
from lint_ssot.surfaces.report.model import Fate, Passage, Report, Tally, tally

Json: TypeAlias = "str | int | float | list[Json] | dict[str, Json] | None"


def as_json(report: Report, comparison: Comparison | None) -> str:
    """The whole report, every test included, with what a change did if there is something to compare with."""
    told = _report(report)
    if comparison is not None:
        other = comparison.after if comparison.before is report else comparison.before
        told["against"] = _report(other)
        told["change"] = {
            "from": comparison.before.revision,
            "to": comparison.after.revision,
            "freed": list(comparison.freed),
            "lost": list(comparison.lost),
            "still_stopped": list(comparison.still_stopped),
            "added": list(comparison.added),
            "removed": list(comparison.removed),
        }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _report(report: Report) -> dict[str, Json]:
    ranked = ranked_causes(report.tests)
    return {
        "revision": report.revision,
        "total": _tally(tally(report.tests), report),
        "causes": [
            {
                "frees": each.frees,
                "stops": each.stops,
                "code": each.cause.code,
                "text": each.cause.text,
                "path": each.cause.path,
                "line": each.cause.line,
            }
            for each in ranked
        ],
        "folders": [{"path": each.path, "total": _tally(each.tally, report)} for each in folders(report)],
        "files": [
            {
                "path": file.path,
                "total": _tally(tally(file.tests), report),
                "tests": [_test(test) for test in file.tests],
            }
            for file in report.files
        ],
    }


def _tally(counted: Tally, report: Report) -> dict[str, Json]:
    stages: dict[str, Json] = {
        stage.name.lower(): {
            "passing": counted.at(stage).passing,
            "unknown": counted.at(stage).unknown,
            "skipped": counted.at(stage).skipped,
            "stopped": counted.at(stage).stopped,
        }
        for stage in report.stages
    }
    return {
        "found": counted.found,
        "reaching": counted.reaching,
        "stopped": counted.stopped,
        "unknown": counted.unknown,
        "skipped": counted.skipped,
        "passing_unrun": counted.passing_unrun,
        "share": counted.share,
        "stages": stages,
    }


def _test(test: Fate) -> dict[str, Json]:
    told: dict[str, Json] = {"name": test.name, "line": test.line, "outcome": _outcome(test)}
    if test.outcome in (Passage.UNKNOWN, Passage.SKIPPED):
        told["why"] = test.why
    told["stops"] = [
        {
            "stage": stop.stage.name.lower(),
            "code": stop.code,
            "text": stop.text,
            "path": stop.path,
            "line": stop.line,
        }
        for stop in test.stops
    ]
    return told


def _outcome(test: Fate) -> str:
    return "reaches" if test.outcome is Passage.PASSES else test.outcome.value
