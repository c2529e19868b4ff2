"""What died lives after the fix, and nothing else has changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.surfaces.mending import Mended
from tests.fixes.mended import findings, mend
from tests.fixes.specimens import SPECIMENS, Specimen
from tests.projects import write_project


@dataclass(frozen=True)
class Case:
    """A specimen on disk, as it is and mended, and what was found before."""

    specimen: Specimen
    dead: Path
    alive: Path
    before: list[Diagnostic]
    mended: Mended

    @property
    def settings(self) -> Settings:
        return settings_of(self.specimen)


def settings_of(specimen: Specimen) -> Settings:
    return Settings(runner="unittest" if specimen.run == "unittest" else "pytest")


@pytest.fixture(scope="module")
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    specimen: Specimen = request.param
    dead, alive = tmp_path_factory.mktemp("dead"), tmp_path_factory.mktemp("alive")
    for folder in (dead, alive):
        write_project(folder, specimen.before)
    before = findings(alive, settings_of(specimen))
    mended = mend(alive, settings_of(specimen), is_unsafe_allowed=specimen.is_unsafe)
    return Case(specimen, dead, alive, before, mended)


def of_each(specimens: Iterable[Specimen]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", list(specimens), indirect=True, ids=lambda each: each.name.replace(" ", "-"))


@of_each(SPECIMENS)
def test_it_reads_as_a_person_would_have_mended_it(case: Case) -> None:
    texts = {name: (case.alive / name).read_text(encoding="utf-8") for name in case.specimen.before}
    assert {**case.specimen.before, **case.specimen.after} == texts


@of_each(SPECIMENS)
def test_the_findings_that_have_a_cure_are_gone_and_no_others_have_come(case: Case) -> None:
    codes, after = {found.code for found in case.before}, findings(case.alive, case.settings)
    assert codes & case.specimen.codes
    assert list(case.mended.remaining) == after
    assert [] == [found for found in after if found.code not in codes or found.code in case.specimen.codes]


@of_each(SPECIMENS)
def test_a_second_run_changes_nothing(case: Case) -> None:
    assert () == mend(case.alive, case.settings, is_unsafe_allowed=case.specimen.is_unsafe).files


@of_each(each for each in SPECIMENS if each.is_unsafe)
def test_what_needs_a_look_is_left_unless_asked_for(case: Case) -> None:
    assert () == mend(case.dead, case.settings).files


@of_each(each for each in SPECIMENS if each.run is not None)
def test_what_died_passes_when_it_is_run(case: Case) -> None:
    if sys.version_info < case.specimen.since:
        pytest.skip("it takes a later Python to run it")
    runs = [started(case.specimen, folder) for folder in (case.dead, case.alive)]
    assert [False, True] == [run.wait(timeout=60) == 0 for run in runs]


def started(specimen: Specimen, folder: Path) -> subprocess.Popen[bytes]:
    """A run that ends well if every test passes, and none of them without its body being run."""
    words = {
        "unittest": ["-W", "error", "-m", "unittest", "-q", "test_it"],
        "pytest": ["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"],
    }[specimen.run or ""]
    command = [sys.executable, "-B", *words]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
