"""What is shipped: the contents of the wheel and of the sdist, and how the wheel introduces itself."""

from __future__ import annotations

import configparser
import email
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.pages import ROOT, RULE_PAGES
from tests.tree import PACKAGE

pytestmark = pytest.mark.hosts


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both, the wheel made of the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return folder


@pytest.fixture
def wheel(dist: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(dist.glob("*.whl")))


def info(wheel: zipfile.ZipFile, name: str) -> str:
    (found,) = (each for each in wheel.namelist() if each.endswith(f".dist-info/{name}"))
    return wheel.read(found).decode()


def test_the_wheel_holds_the_package_the_pages_and_its_papers(wheel: zipfile.ZipFile) -> None:
    package = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    pages = {f"lint_ssot/pages/{page.name}" for page in RULE_PAGES.glob("*.md")}
    names = set(wheel.namelist())
    papers = {name.partition(".dist-info/")[2] for name in names if ".dist-info/" in name}
    assert package | pages == {name for name in names if ".dist-info/" not in name}
    assert {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"} == papers
    assert "lint_ssot/py.typed" in names


def test_the_wheel_names_every_way_in(wheel: zipfile.ZipFile) -> None:
    parser = configparser.ConfigParser()
    parser.read_string(info(wheel, "entry_points.txt"))
    assert {
        "console_scripts": ["lint-ssot"],
        "flake8.extension": ["lss"],
        "flake8.report": ["lss-sarif"],
        "pylsp": ["lint_ssot"],
        "pytest11": ["lint_ssot"],
    } == {section: list(parser[section]) for section in parser.sections()}


def test_the_wheel_says_what_it_needs_and_offers(wheel: zipfile.ZipFile) -> None:
    metadata = email.message_from_string(info(wheel, "METADATA"))
    needed = {line.partition(">")[0] for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line}
    assert {"astroid<5,", "flake8", "jinja2", "libcst", "rich", "tomli"} == needed
    assert [">=3.10"] == metadata.get_all("Requires-Python")
    assert {"bench", "completion", "docs", "pylsp", "test"} == set(metadata.get_all("Provides-Extra", []))
    assert {"Framework :: Flake8", "Framework :: Pytest", "Typing :: Typed"} <= set(metadata.get_all("Classifier", []))


def test_the_sdist_holds_what_is_needed_to_build_test_and_read(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"lint_ssot", "tests", "docs", "demo"} == {name.partition("/")[0] for name in names if "/" in name}
    papers = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "PKG-INFO", "README.md", "mkdocs.yml", "pyproject.toml"}
    tools = {".gitignore", ".pre-commit-hooks.yaml", "setup.cfg"}
    assert papers | tools == {name for name in names if "/" not in name}
    assert [] == [name for name in names if any(part.endswith(("cache", "cache__")) for part in name.split("/"))]
