"""Both hooks inside the real pre-commit, on commits that are made for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.pages import ROOT
from tests.projects import write_files

pytestmark = pytest.mark.hosts

PARTS = ("lint_ssot", "docs", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
BASE = """\
class Base:
    def setup_method(self):
        self.value = 1
"""
EMPTY_BASE = "class Base:\n    pass\n"
CHILD = """\
from base import Base


class TestChild(Base):
    def test_value(self):
        assert self.value
"""
FOUND = "test_child.py:6:16: LSS201 `self.value` is read in `test_value`, and nothing assigns it"
WHOLE, FILES = "lint-ssot (whole suite)", "lint-ssot (changed files)"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    return subprocess.run(
        ["git", *identity, *arguments], cwd=folder, env=environment(), capture_output=True, text=True, check=True
    ).stdout


def environment(home: Path | None = None) -> dict[str, str]:
    """The environment without the user's configuration, and without that of a hook that runs these tests."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    ours = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_COLOR": "never"}
    return {**inherited, **ours, **({} if home is None else {"PRE_COMMIT_HOME": str(home)})}


def commit(folder: Path, files: Mapping[str, str] | None = None) -> None:
    write_files(folder, files or {})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message=a change")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as a repository of its own, with a tag."""
    folder = tmp_path_factory.mktemp("published")
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    (folder / ".gitignore").write_text("__pycache__/\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    commit(folder)
    git(folder, "tag", "v0.1.0")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environment, for all tests of this module."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def suite(tmp_path: Path, published: Path) -> Path:
    """A repository whose one test reaches its business, both hooks configured."""
    hooks = "".join(f"      - id: {name}\n" for name in ("lint-ssot", "lint-ssot-files"))
    configuration = f"repos:\n  - repo: {published.as_uri()}\n    rev: v0.1.0\n    hooks:\n{hooks}"
    git(tmp_path, "init", "--quiet")
    commit(
        tmp_path,
        {
            ".pre-commit-config.yaml": configuration,
            ".gitignore": ".lint_ssot_cache/\n",
            "pytest.ini": "[pytest]\n",
            "base.py": BASE,
            "test_child.py": CHILD,
        },
    )
    return tmp_path


def pre_commit(folder: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        env=environment(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def verdicts(output: str) -> dict[str, str]:
    """What pre-commit says of each hook: `{"lint-ssot (whole suite)": "Passed"}`."""
    lines = (line for line in output.splitlines() if line.startswith("lint-ssot") and "..." in line)
    return {line.split("...")[0]: line.rpartition(".")[2].removeprefix("(no files to check)") for line in lines}


def test_a_commit_whose_tests_reach_their_business_passes(suite: Path, home: Path) -> None:
    write_files(suite, {"test_child.py": CHILD + "\n    def test_more(self): ...\n"})
    git(suite, "add", "--all")
    done = pre_commit(suite, home, "run")
    assert (0, {WHOLE: "Passed", FILES: "Passed"}) == (done.returncode, verdicts(done.stdout)), done.stdout


def test_a_commit_with_a_dead_test_fails(suite: Path, home: Path) -> None:
    write_files(suite, {"test_child.py": CHILD.replace("value", "price")})
    git(suite, "add", "--all")
    done = pre_commit(suite, home, "run")
    assert (1, {WHOLE: "Failed", FILES: "Failed"}) == (done.returncode, verdicts(done.stdout)), done.stdout
    assert 2 == done.stdout.count(FOUND.replace("value", "price"))


def test_a_base_that_is_changed_alone_is_seen_by_the_whole_suite_only(suite: Path, home: Path) -> None:
    write_files(suite, {"base.py": EMPTY_BASE})
    git(suite, "add", "--all")
    done = pre_commit(suite, home, "run")
    assert (1, {WHOLE: "Failed", FILES: "Passed"}) == (done.returncode, verdicts(done.stdout)), done.stdout
    assert 1 == done.stdout.count(FOUND)


def test_what_is_not_staged_does_not_count_and_is_not_lost(suite: Path, home: Path) -> None:
    write_files(suite, {"base.py": EMPTY_BASE})
    git(suite, "add", "--all")
    write_files(suite, {"base.py": BASE, "test_child.py": "mended, but not yet said to git\n"})
    done = pre_commit(suite, home, "run")
    assert 1 == done.stdout.count(FOUND)
    assert "mended, but not yet said to git\n" == (suite / "test_child.py").read_text(encoding="utf-8")


def test_a_breakage_that_is_not_staged_stops_no_commit(suite: Path, home: Path) -> None:
    write_files(suite, {"test_child.py": CHILD + "\n    def test_more(self): ...\n"})
    git(suite, "add", "--all")
    write_files(suite, {"base.py": EMPTY_BASE})
    done = pre_commit(suite, home, "run")
    assert (0, {WHOLE: "Passed", FILES: "Passed"}) == (done.returncode, verdicts(done.stdout)), done.stdout


def test_a_change_of_the_configuration_alone_is_a_reason_to_look(suite: Path, home: Path) -> None:
    write_files(suite, {"setup.cfg": "[flake8]\nssot-base-classes = base.Nowhere\n"})
    git(suite, "add", "--all")
    done = pre_commit(suite, home, "run")
    assert (1, {WHOLE: "Failed", FILES: "Skipped"}) == (done.returncode, verdicts(done.stdout)), done.stdout
    assert "LSS001" in done.stdout


def test_it_can_be_tried_without_a_configuration(suite: Path, home: Path, published: Path) -> None:
    commit(suite, {"base.py": EMPTY_BASE})
    done = pre_commit(suite, home, "try-repo", str(published), "--all-files")
    assert {WHOLE: "Failed", FILES: "Failed"} == verdicts(done.stdout), done.stdout
    assert 2 == done.stdout.count(FOUND)


FLAKE8_HOOK = "- id: flake8\n  name: flake8\n  entry: flake8\n  language: python\n  types: [python]\n"
FLAKE8_DISTRIBUTION = (
    '[project]\nname = "flake8-hook"\nversion = "1"\ndependencies = ["flake8"]\n[tool.setuptools]\npackages = []\n'
)


def test_the_hook_of_flake8_speaks_with_us_beside_it(suite: Path, home: Path, published: Path) -> None:
    # stands for https://github.com/pycqa/flake8, which may be out of reach
    mirror = published.parent / "flake8"
    write_files(mirror, {".pre-commit-hooks.yaml": FLAKE8_HOOK, "pyproject.toml": FLAKE8_DISTRIBUTION})
    git(mirror, "init", "--quiet")
    commit(mirror)
    hook = f"      - id: flake8\n        additional_dependencies: ['{published}']\n        args: [--select=LSS]\n"
    configuration = (
        f"repos:\n  - repo: {mirror.as_uri()}\n    rev: {git(mirror, 'rev-parse', 'HEAD').strip()}\n    hooks:\n{hook}"
    )
    commit(suite, {".pre-commit-config.yaml": configuration, "base.py": EMPTY_BASE})
    done = pre_commit(suite, home, "run", "--all-files")
    assert (1, 1) == (done.returncode, done.stdout.count(FOUND)), done.stdout
