"""What the linter says of generated modules, held against what became of their tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from lint_ssot.config import Settings
from lint_ssot.engine import linted_module
from lint_ssot.lifecycle.assigned import Cause, MissingAttribute, missing_attributes
from lint_ssot.lifecycle.assignment.timeline import Life
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.session import Session, read_source
from tests.generated.outcomes import Fate, observed
from tests.generated.programs import Writer


@dataclass(frozen=True)
class Comparison:
    """How many tests died of a missing attribute in every run, how many passed in every one, and what was wrong."""

    dead: int
    alive: int
    false_alarms: tuple[str, ...]
    missed_alarms: tuple[str, ...]


def compare(folder: Path, seeds: range, *, are_clear: bool) -> Comparison:
    """Run the modules of these seeds, and lint them.

    A test that dies of an attribute of its own in every run has to be told, unless the module is not clear;
    one that passes in every run must not be, except for a read that nothing ever comes to.
    """
    modules = {f"test_{seed}.py": Writer(Random(seed), are_clear).module() for seed in seeds}
    fates = observed(folder, modules)
    told, told_surely = _told(folder / "project", modules)
    return Comparison(
        dead=sum(fate.misses_always for fate in fates.values()),
        alive=sum(fate.passes_always for fate in fates.values()),
        false_alarms=tuple(
            _shown(name, missing) for name, missing in told_surely.items() if _is_wrong(missing, fates[name])
        ),
        missed_alarms=tuple(_missed(fates, told)) if are_clear else (),
    )


def _is_wrong(told: MissingAttribute, fate: Fate) -> bool:
    """Whether a test is told that always passes, even where something fails on its way."""
    return fate.passes_always and not (told.cause is Cause.PARTIAL and fate.misses_after_a_fault)


def _missed(fates: Mapping[str, Fate], told: Mapping[str, MissingAttribute]) -> Iterator[str]:
    for name, fate in fates.items():
        if fate.misses_always and name not in told:
            yield f"{name} {fate.runs[0]}"


def _told(project: Path, modules: Mapping[str, str]) -> tuple[dict[str, MissingAttribute], ...]:
    """What each test reads and misses, by its node id; and what it surely reads of that."""
    (project / ".git").mkdir(exist_ok=True)
    session = Session(Settings(cache_dir=None), ())
    found: dict[str, MissingAttribute] = {}
    sure: dict[str, MissingAttribute] = {}
    for name in modules:
        path = project / name
        module = linted_module(path, read_source(path), session)
        for test, missing, is_surely_read in _missing(module):
            found[f"{name}::{test}"] = missing
            if is_surely_read:
                sure[f"{name}::{test}"] = missing
    return found, sure


def _missing(module: LintedModule) -> Iterator[tuple[str, MissingAttribute, bool]]:
    for timeline in module.timelines:
        for missing in missing_attributes(timeline.test_class, timeline):
            for life in timeline.lives:
                if life.test.name in missing.tests:
                    test = f"{timeline.test_class.definition.node.qualname}::{life.test.name}"
                    yield test, missing, _is_surely_read(life, missing.attribute)


def _is_surely_read(life: Life, attribute: str) -> bool:
    reads = (read for read in life.log.reads if read.attribute == attribute)
    return any(not (read.is_conditional or read.is_deferred) for read in reads)


def _shown(name: str, missing: MissingAttribute) -> str:
    return f"{name} is said to miss `{missing.attribute}` in line {missing.read.at.line}: {missing.cause.value}"
