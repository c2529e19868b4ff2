"""The verdicts of a person on what the linter says of the suites, and what differs from them now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lint_ssot.baseline import Known

TRUE, FALSE, UNREAD = "true", "false", "unread"


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """A finding in a suite, recognized wherever its line moves to."""

    suite: str
    known: Known


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person found: whether it is so, the proof, and how often the same is said."""

    verdict: str
    proof: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """What is said and has no verdict, and what has one and is not said any more, with how many of each."""

    new: Counter[Said]
    gone: Counter[Said]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)

    def __str__(self) -> str:
        lines = [(said, f"{sign} {_line(said)}") for sign, each in (("-", self.gone), ("+", self.new)) for said in each]
        return "\n".join(line for _, line in sorted(lines))


def difference(verdicts: Mapping[Said, Verdict], said: Counter[Said], suites: Iterable[str]) -> Difference:
    """Hold what was said of some suites against the verdicts on these."""
    chosen = frozenset(suites)
    known = Counter({each: verdict.count for each, verdict in verdicts.items() if each.suite in chosen})
    return Difference(said - known, known - said)


def updated(verdicts: Mapping[Said, Verdict], change: Difference) -> dict[Said, Verdict]:
    """The verdicts with what is new, unread, and without what is gone."""
    counts = Counter({each: verdict.count for each, verdict in verdicts.items()}) + change.new - change.gone
    unread = Verdict(UNREAD, "")
    made: dict[Said, Verdict] = {}
    for said in sorted(counts):
        # a verdict on one of two equals is none on the other
        old = unread if said in change.new else verdicts[said]
        made[said] = Verdict(old.verdict, old.proof, counts[said])
    return made


def read_verdicts(path: Path) -> dict[Said, Verdict]:
    """The verdicts of a file, a line of JSON each; none if there is no file."""
    if not path.is_file():
        return {}
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {
        Said(each["suite"], Known(each["path"], each["code"], each["in"], each["message"])): Verdict(
            each["verdict"], each["proof"], each.get("count", 1)
        )
        for each in entries
    }


def write_verdicts(path: Path, verdicts: Mapping[Said, Verdict]) -> None:
    """Write the file so that a change reads well in a diff."""
    lines = [json.dumps(_entry(said, verdicts[said]), ensure_ascii=False) for said in sorted(verdicts)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _entry(said: Said, verdict: Verdict) -> dict[str, object]:
    known = said.known
    entry: dict[str, object] = {"suite": said.suite, "path": known.path, "code": known.code, "in": known.where}
    entry |= {"message": known.message, "verdict": verdict.verdict, "proof": verdict.proof}
    return entry | ({"count": verdict.count} if verdict.count > 1 else {})


def _line(said: Said) -> str:
    known = said.known
    where = f" in {known.where}" if known.where else ""
    return f"{said.suite}: {known.path}: {known.code} {known.message}{where}"
