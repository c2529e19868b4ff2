"""`python -m benchmarks.ecosystem`: whether the linter is right on real suites, held against verdicts of a person."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ecosystem.archives import Suite, read_list, unpacked
from benchmarks.ecosystem.linting import Judged, judged
from benchmarks.ecosystem.verdicts import (
    TRUE,
    Said,
    Verdict,
    difference,
    read_verdicts,
    updated,
    write_verdicts,
)

_HERE = Path(__file__).parent
_ROW = "| {:24} | {:>6} | {:>8} | {:>7} | {:>6} | {:>8} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Lint, print the figures and what differs from the verdicts.

    The result is 1 if something differs, 2 if a suite is not to be had.
    """
    chosen = _parser().parse_args(arguments)
    suites = [each for each in read_list(chosen.list) if not chosen.suites or each.name in chosen.suites]
    verdicts = read_verdicts(chosen.verdicts)
    results, unavailable = _results(suites, chosen, verdicts)
    said = Counter({Said(name, known): n for name, each in results.items() for known, n in each.findings.items()})
    change = difference(verdicts, said, results)
    _print_sums(results, said, verdicts, chosen.reasons)
    if chosen.update:
        write_verdicts(chosen.verdicts, updated(verdicts, change))
    elif change:
        print(change)
    return 2 if unavailable else int(bool(change) and not chosen.update)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ecosystem", description=__doc__)
    parser.add_argument("suites", nargs="*", help="names of suites of the list; all by default")
    parser.add_argument("--list", type=Path, default=_HERE / "suites.toml", help="the list of suites")
    parser.add_argument("--verdicts", type=Path, default=_HERE / "verdicts.jsonl", help="the file of verdicts")
    parser.add_argument("--cache", type=Path, default=Path(".ecosystem"), help="the folder that sources are kept in")
    parser.add_argument("--python", help="an interpreter whose installed packages count, in the place of this one")
    parser.add_argument("--update", action="store_true", help="write what is new, unread; drop what is gone")
    parser.add_argument("--reasons", type=int, default=0, metavar="N", help="print so many reasons of open classes")
    parser.add_argument("--places", action="store_true", help="print the lines of findings that no verdict calls true")
    return parser


def _results(
    suites: list[Suite], chosen: argparse.Namespace, verdicts: dict[Said, Verdict]
) -> tuple[dict[str, Judged], bool]:
    print(_ROW.format("suite", "files", "lines", "classes", "open", "findings"))
    print("|---|---:|---:|---:|---:|---:|")
    results: dict[str, Judged] = {}
    unavailable = False
    for suite in suites:
        try:
            root = unpacked(suite, chosen.cache)
        except OSError as error:
            unavailable = True
            print(error, file=sys.stderr)
            continue
        results[suite.name] = judged(root, chosen.python)
        _print_row(suite.requirement, (results[suite.name],))
        if chosen.places:
            _print_places(suite.name, results[suite.name], verdicts, root)
    _print_row(f"{len(results)} suites", tuple(results.values()))
    return results, unavailable


def _print_row(name: str, several: Sequence[Judged]) -> None:
    classes = sum(each.classes for each in several)
    is_open = sum(sum(each.open_because.values()) for each in several)
    share = f"{is_open / classes:.0%}" if classes else ""
    counts = (sum(each.files for each in several), sum(each.code_lines for each in several), classes, share)
    print(_ROW.format(Path(name).name, *counts, sum(sum(each.findings.values()) for each in several)), flush=True)


def _print_sums(results: dict[str, Judged], said: Counter[Said], verdicts: dict[Said, Verdict], reasons: int) -> None:
    sums: Counter[str] = Counter()
    for each, count in said.items():
        sums[verdicts[each].verdict if each in verdicts else "new"] += count
    print("findings:", ", ".join(f"{count} {verdict}" for verdict, count in sorted(sums.items())) or "none")
    because: Counter[str] = Counter()
    for result in results.values():
        for reason, count in result.open_because.items():
            because[re.sub(r"`[^`]*`", "`…`", reason)] += count
    for reason, count in because.most_common(reasons):
        print(f"{count:6} open: {reason}")


def _print_places(name: str, result: Judged, verdicts: dict[Said, Verdict], root: Path) -> None:
    for known, line in sorted(result.lines.items()):
        verdict = verdicts.get(Said(name, known))
        if verdict is None or verdict.verdict != TRUE:
            print(f"{root / known.path}:{line}: {known.code} {known.message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
