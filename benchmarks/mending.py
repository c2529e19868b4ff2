"""How much `lint-ssot fix` mends of a suite: python -m benchmarks.mending SUITE TESTS [--as-is | RUN …].

`SUITE` is a folder that may be written to, `TESTS` the part of it to break, or with `--as-is` to mend as it stands.
With `RUN`, a command in which `{module}` and `{folder}` stand for the broken module, the tests are run before and
after as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.breaks.accident import Break
from benchmarks.breaks.making import breaks
from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import lint
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from lint_ssot.surfaces.mending import Mending

KINDS = ("super dropped", "async hook", "classmethod gone", "decorator gone", "plain TestCase", "assignment removed")
MOST_OF_A_KIND = int(os.environ.get("MOST_OF_A_KIND", "40"))
MOST_RUNS = int(os.environ.get("MOST_RUNS", "12"))
SECONDS = 120
EVERY = int(os.environ.get("EVERY", "1"))
BASES = tuple(os.environ.get("BASES", "").split())


def main(suite: Path, tests: Path, run: list[str]) -> None:
    """Break, mend and run; print what came of it."""
    settings = Settings(runner="unittest" if "unittest" in run else "auto", base_classes=BASES)
    session = Session(settings, tuple(rule for rule in RULES if not rule.is_opt_in))
    if run == ["--as-is"]:
        as_is(tests, session)
        return
    counts: Counter[tuple[str, str]] = Counter()
    for path, each in chosen(tests):
        original = path.read_bytes()
        try:
            for outcome in outcomes(path, each, session, suite, run, counts):
                counts[each.kind, outcome] += 1
        finally:
            path.write_bytes(original)
            session.put(path, read_source(path))
    for kind in KINDS:
        found = {outcome: number for (each, outcome), number in counts.items() if each == kind}
        print(f"{kind:20}", *(f"{outcome} {number}" for outcome, number in found.items()), sep="  ")


def as_is(tests: Path, session: Session) -> None:
    """Tell of each code how many findings there are, how many are mended, and how many with `--unsafe`."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(tests.rglob("*.py"))[::EVERY]:
        found = Counter(each.code for each in lint(path, read_source(path), session))
        counts.update({(code, "found"): number for code, number in found.items()})
        for word, is_unsafe in (("mended", False), ("with --unsafe", True)) if found else ():
            mended = Mending((path,), session, lambda _path, _source, found: found, is_unsafe).mend()
            session.put(path, read_source(path))
            left = Counter(each.code for each in mended.remaining)
            counts.update({(code, word): number - left[code] for code, number in found.items()})
    for code in sorted({code for code, _ in counts}):
        print(code, *(f"{word} {counts[code, word]}" for word in ("found", "mended", "with --unsafe")), sep="  ")


def chosen(tests: Path) -> Iterator[tuple[Path, Break]]:
    """So many breaks of each kind, spread over the files."""
    found: dict[str, list[tuple[Path, Break]]] = {kind: [] for kind in KINDS}
    for path in sorted(tests.rglob("*.py")):
        source = read_source(path)
        try:
            made = list(breaks(source, frozenset()))
        except SyntaxError:
            continue
        for each in made:
            if each.kind in found:
                found[each.kind].append((path, each))
    for several in found.values():
        step = max(1, len(several) // MOST_OF_A_KIND)
        yield from several[::step][:MOST_OF_A_KIND]


def outcomes(
    path: Path, each: Break, session: Session, suite: Path, run: list[str], counts: Counter[tuple[str, str]]
) -> Iterator[str]:
    """What became of one break: `made`, `told`, `mended`, and of its tests `died` and `live again`."""
    before = keys(lint(path, read_source(path), session))
    goes = bool(run) and counts[each.kind, "ran"] < MOST_RUNS
    lives = goes and passes(path, suite, run)
    yield "made"
    path.write_text(each.source, encoding="utf-8")
    broken = keys(lint(path, each.source, session))
    if not broken - before:
        return
    yield "told"
    dies = lives and not passes(path, suite, run)
    mended = Mending((path,), session, lambda _path, _source, found: found).mend()
    is_mended = not keys(list(mended.remaining)) - before
    for file, text in mended.files:
        file.home.write_text(text, encoding="utf-8")
    if is_mended:
        yield "mended"
    else:
        print(f"left: {path.relative_to(suite)}:{each.line} {each.kind}: {each.what}:", *sorted(broken - before)[:2])
    if dies and is_mended:
        yield "ran"
        yield "live again" if passes(path, suite, run) else "stay dead"
        if not passes(path, suite, run):
            print(f"dead: {path.relative_to(suite)}:{each.line} {each.kind}: {each.what}")


def keys(found: list[Diagnostic]) -> Counter[tuple[str, str]]:
    """Findings wherever they stand."""
    return Counter((each.code, "".join(c for c in each.text if not c.isdigit())) for each in found)


def passes(path: Path, suite: Path, run: list[str]) -> bool:
    """Whether the tests of a module pass."""
    relative = path.relative_to(suite)
    names = {"module": ".".join(relative.with_suffix("").parts), "folder": relative.parent.name}
    command = [sys.executable, "-W", "error::RuntimeWarning", "-B", *(word.format(**names) for word in run)]
    try:
        done = subprocess.run(command, cwd=suite, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3:])
