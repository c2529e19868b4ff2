"""`lint-ssot explain`: every rule has its page, from a checkout and from the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lint_ssot.rule import Rule
from lint_ssot.rules import RULES
from lint_ssot.surfaces.cli import main
from tests.pages import ROOT, RULE_PAGES


def explain(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert 0 == main(["explain", *words])
    return capsys.readouterr().out


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_explained_by_its_code_and_by_its_name(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    by_code = explain(capsys, rule.code)
    assert by_code.startswith(f"# {rule.name} ({rule.code})\n")
    assert by_code == explain(capsys, rule.name) == explain(capsys, rule.code.lower())


def test_all_of_them_are_every_page_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    titles = [line for line in explain(capsys, "--all").splitlines() if line.startswith("# ") and "(LSS" in line]
    assert [page.stem for page in sorted(RULE_PAGES.glob("*.md"))] == [title[-7:-1] for title in titles]


def test_without_a_rule_they_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert [f"{rule.code} {rule.name}: {rule.summary}" for rule in RULES] == explain(capsys).splitlines()


def test_what_examples_claim_is_said_as_codes(capsys: pytest.CaptureFixture[str]) -> None:
    said = explain(capsys, "LSS401")
    assert "# error" not in said
    assert "async def setup_method(self):  # <- LSS401" in said


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("LSS219", "LSS209 (uncalled-method)"), ("skiped-base-hok", "LSS203 (skipped-base-hook)"), ("xyz", "lists them")],
)
def test_an_unknown_rule_gets_the_nearest_ones(word: str, nearest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(["explain", word])
    said = capsys.readouterr().err
    assert said.startswith(f"lint-ssot: there is no rule `{word}`; ")
    assert nearest in said


def test_a_terminal_gets_it_set_in_type(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = explain(capsys, "LSS401", "--color")
    assert "\x1b[" in said
    assert "```" not in said


def test_the_pages_are_in_the_wheel(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    program = "import lint_ssot.surfaces.pages as p; print(p.__file__); print(p.page_of('LSS401', None))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    home, _, page = done.stdout.partition("\n")
    assert (tmp_path / "installed").as_posix() in home
    assert page.startswith("# unawaited-hook (LSS401)")


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("203", ["LSS203"]),
        ("skipped base hook", ["LSS203"]),
        ("lss10x", ["LSS101", "LSS102", "LSS103", "LSS104", "LSS105", "LSS106"]),
    ],
)
def test_a_number_a_name_in_words_and_a_family_are_understood(
    word: str, codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    titles = [line for line in explain(capsys, word).splitlines() if line.startswith("# ") and "(LSS" in line]
    assert codes == [title[-7:-1] for title in titles]
