"""The demo, mended: everything that could not run passes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.surfaces.cli import main
from tests.pages import ROOT


@pytest.mark.parametrize("runs", [[["--unsafe"]], [[], ["--unsafe"]]], ids=["at once", "the safe ones first"])
def test_every_test_of_the_demo_passes_after_the_fix(
    runs: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "demo", tmp_path / "demo", ignore=shutil.ignore_patterns(".*cache", "__pycache__"))
    monkeypatch.chdir(tmp_path / "demo")
    assert "failed" in run_tests()
    for words in runs:
        main(["fix", *words])
    assert "passed" in (said := run_tests())
    assert "failed" not in said


def run_tests() -> str:
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout.splitlines()[-1]
