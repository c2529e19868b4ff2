"""What died lives after the fix, and nothing else has changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from lint_ssot.config import Settings
from tests.fixes.mended import findings, mend
from tests.fixes.specimens import SPECIMENS, Specimen
from tests.projects import write_project

each_specimen = pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.name.replace(" ", "-"))


def settings_of(specimen: Specimen) -> Settings:
    return Settings(runner="unittest" if specimen.run == "unittest" else "pytest")


def written(specimen: Specimen, folder: Path) -> Path:
    write_project(folder, specimen.before)
    return folder


def texts(folder: Path, names: Mapping[str, str]) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


@each_specimen
def test_it_reads_as_a_person_would_have_mended_it(specimen: Specimen, tmp_path: Path) -> None:
    mend(written(specimen, tmp_path), settings_of(specimen), is_unsafe_allowed=specimen.is_unsafe)
    assert {**specimen.before, **specimen.after} == texts(tmp_path, specimen.before)


@each_specimen
def test_the_findings_that_have_a_cure_are_gone_and_no_others_have_come(specimen: Specimen, tmp_path: Path) -> None:
    folder, settings = written(specimen, tmp_path), settings_of(specimen)
    before = {found.code for found in findings(folder, settings)}
    mended = mend(folder, settings, is_unsafe_allowed=specimen.is_unsafe)
    after = findings(folder, settings)
    assert before & specimen.codes
    assert list(mended.remaining) == after
    assert [] == [found for found in after if found.code not in before or found.code in specimen.codes]


@each_specimen
def test_a_second_run_changes_nothing(specimen: Specimen, tmp_path: Path) -> None:
    folder, settings = written(specimen, tmp_path), settings_of(specimen)
    mend(folder, settings, is_unsafe_allowed=specimen.is_unsafe)
    assert () == mend(folder, settings, is_unsafe_allowed=specimen.is_unsafe).files


@pytest.mark.parametrize("specimen", [each for each in SPECIMENS if each.is_unsafe], ids=lambda each: each.name)
def test_what_needs_a_look_is_left_unless_asked_for(specimen: Specimen, tmp_path: Path) -> None:
    mended = mend(written(specimen, tmp_path), settings_of(specimen))
    assert () == mended.files


@pytest.mark.parametrize("specimen", [each for each in SPECIMENS if each.run is not None], ids=lambda each: each.name)
def test_what_died_passes_when_it_is_run(specimen: Specimen, tmp_path: Path) -> None:
    dead, alive = (written(specimen, tmp_path / name) for name in ("dead", "alive"))
    mend(alive, settings_of(specimen), is_unsafe_allowed=specimen.is_unsafe)
    runs = [started(specimen, folder) for folder in (dead, alive)]
    assert [False, True] == [run.wait(timeout=60) == 0 for run in runs]


def started(specimen: Specimen, folder: Path) -> subprocess.Popen[bytes]:
    """A run that ends well if every test passes, and none of them without its body being run."""
    words = {
        "unittest": ["-W", "error", "-m", "unittest", "-q", "test_it"],
        "pytest": ["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"],
    }[specimen.run or ""]
    command = [sys.executable, "-B", *words]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
