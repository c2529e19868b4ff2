"""The sentences that every format of the report has in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lint_ssot.rules import RULES
from lint_ssot.surfaces.report.comparison import Comparison
from lint_ssot.surfaces.report.model import Fate, Report, Stage, Tally

STAGES = {
    Stage.FOUND: "found",
    Stage.COLLECTED: "collected",
    Stage.BASE: "on a declared base",
    Stage.SETUP: "through their setup",
    Stage.BUSINESS: "reaching their business",
}
COUNTING = (
    "Nothing was run: this is what the code at hand says of the calls that the runner will make.",
    "A test is counted once, at the first stage it does not attain; one with parameters is one test.",
    "A setup that looks like one and that nobody calls or awaits is none that a test gets through, if it needs it.",
    "Unknown are tests of which nobody can know without running them: they count neither as reaching nor as stopped.",
    "Skipped are tests that skip themselves on purpose, whatever the circumstances.",
)
_OTHERS = {"E999": "syntax-error"}


def headline(counted: Tally) -> str:
    """How many tests reach their business."""
    if not counted.found:
        return "No tests were found."
    if counted.found == 1:
        return "The one test reaches its business." if counted.reaching else "The one test does not reach its business."
    if counted.reaching == counted.found:
        return f"All {counted.found} tests reach their business."
    if not counted.reaching:
        return f"None of the {counted.found} tests reaches its business."
    return f"{counted.reaching} of {counted.found} tests reach their business."


def asides(counted: Tally) -> tuple[str, ...]:
    """What the headline leaves out."""
    said = (
        (counted.stopped, "stopped in the infrastructure"),
        (counted.unknown, "unknown"),
        (counted.skipped, "skipped on purpose"),
        (counted.passing_unrun, "reported as passed without having run"),
    )
    return tuple(f"{count} {words}" for count, words in said if count)


def change(comparison: Comparison) -> str:
    """What a change did, in a sentence or two."""
    stopped, freed, lost = comparison.stopped_before, len(comparison.freed), len(comparison.lost)
    if not stopped:
        told = f"Before the change {_span(comparison)}, no test was stopped."
    elif stopped == 1:
        told = f"The change {_span(comparison)} {'frees' if freed else 'does not free'} the one test that was stopped."
    else:
        told = f"The change {_span(comparison)} frees {freed or 'none'} of the {stopped} tests that were stopped."
    if lost:
        told += f" It stops {lost} that reached {'its' if lost == 1 else 'their'} business."
    return told


def _span(comparison: Comparison) -> str:
    if comparison.after.revision is not None:
        return f"up to {comparison.after.revision}"
    return f"since {comparison.before.revision}"


def share(value: float | None) -> str:
    """A share as a person reads it: never rounded up to all, nor down to nothing."""
    if value is None:
        return "–"  # noqa: RUF001  # what tables have for no number
    percent = round(value * 100)
    if percent == 100 and value < 1:
        return "99 %"
    return "< 1 %" if percent == 0 and value > 0 else f"{percent} %"


def stopped_by(tests: Iterable[Fate], stage: Stage) -> tuple[tuple[str, str, int], ...]:
    """What first stops tests at a stage: code, name of the rule and number of tests, the most frequent first."""
    first = Counter(test.stops[0].cause.code for test in tests if test.stops and test.stops[0].stage is stage)
    ordered = sorted(first.items(), key=lambda each: (-each[1], each[0]))
    return tuple((code, rule_name(code), count) for code, count in ordered)


def rule_name(code: str) -> str:
    """The name of a rule."""
    return next((rule.name for rule in RULES if rule.code == code), _OTHERS.get(code, ""))


def state(report: Report) -> str:
    """Which state of the code a report is about."""
    return "Now" if report.revision is None else f"At {report.revision}"
