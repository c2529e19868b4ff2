from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.graph.projects.project import Project, find_project
from lint_ssot.graph.projects.pytest_settings import PytestSettings


def project_of(folder: Path, files: dict[str, str], file: str = "tests/test_a.py") -> Project:
    for name, text in {file: "", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return find_project(folder / file)


INI = "[pytest]\n"
TOML = "[tool.pytest.ini_options]\nminversion = '8'\n"

# files, the linted file, the root
ROOTS = {
    "pytest.ini": ({"pytest.ini": ""}, "."),
    "an empty hidden pytest.ini": ({".pytest.ini": ""}, "."),
    "pyproject.toml with options": ({"pyproject.toml": TOML}, "."),
    "pyproject.toml with the table of pytest 9": ({"pyproject.toml": "[tool.pytest]\nminversion = '9'\n"}, "."),
    "tox.ini": ({"tox.ini": INI}, "."),
    "setup.cfg": ({"setup.cfg": "[tool:pytest]\n"}, "."),
    "the nearest with options wins": ({"pytest.ini": "", "tests/pytest.ini": ""}, "tests"),
    "options above win over none below": ({"pytest.ini": "", "tests/pyproject.toml": "[project]\n"}, "."),
    "no options": ({"setup.py": ""}, "."),
    "the nearest project file": ({"setup.py": "", "tests/setup.cfg": ""}, "tests"),
    "a repository": ({".git/HEAD": ""}, "."),
    "options above the repository": ({"pytest.ini": "", "tests/.git/HEAD": ""}, "tests"),
    "nothing": ({}, "tests"),
    "nothing but a package": ({"tests/__init__.py": ""}, "."),
}


@pytest.mark.parametrize(("files", "expected"), ROOTS.values(), ids=ROOTS)
def test_the_root_is_that_of_pytest(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    assert tmp_path / expected == project_of(tmp_path, files).root


def test_the_root_has_the_folders_that_the_user_names_if_nothing_marks_one(tmp_path: Path) -> None:
    file = tmp_path / "tests" / "unit" / "deep" / "test_a.py"
    file.parent.mkdir(parents=True)
    assert tmp_path == find_project(file, folders=["tests/unit"]).root
    assert file.parent == find_project(file, folders=["tests/e2e"]).root


SETTINGS = {
    "defaults": ("", PytestSettings(is_configured=True)),
    "patterns": (
        "python_files = check_*.py *_check.py\npython_classes = Check *Suite\npython_functions = check\n",
        PytestSettings(
            python_files=("check_*.py", "*_check.py"),
            python_classes=("Check", "*Suite"),
            python_functions=("check",),
            is_configured=True,
        ),
    ),
    "lines": (
        "testpaths =\n    tests\n    more\nusefixtures = a b\n",
        PytestSettings(testpaths=("tests", "more"), usefixtures=("a", "b"), is_configured=True),
    ),
    "arguments": (
        "addopts = -ra --import-mode=importlib -p plug -pother -p no:cacheprovider\n",
        PytestSettings(import_mode="importlib", plugins=("plug", "other", "no:cacheprovider"), is_configured=True),
    ),
    "an argument and its value": (
        "addopts = --import-mode append\n",
        PytestSettings(import_mode="append", is_configured=True),
    ),
    "the mode of asyncio": ("asyncio_mode = auto\n", PytestSettings(asyncio_mode="auto", is_configured=True)),
    "the mode of asyncio as an argument": (
        "asyncio_mode = strict\naddopts = --asyncio-mode=auto\n",
        PytestSettings(asyncio_mode="auto", is_configured=True),
    ),
    "anyio takes them all": ("anyio_mode = auto\n", PytestSettings(has_other_async_mode=True, is_configured=True)),
    "anyio is told by an argument": (
        "addopts = --anyio-mode=auto\n",
        PytestSettings(has_other_async_mode=True, is_configured=True),
    ),
    "anyio is strict": ("anyio_mode = strict\n", PytestSettings(is_configured=True)),
    "trio takes them all": ("trio_mode = True\n", PytestSettings(has_other_async_mode=True, is_configured=True)),
    "an overridden option": (
        "addopts = -o asyncio_mode=auto\n",
        PytestSettings(asyncio_mode="auto", is_configured=True),
    ),
    "a version": (
        "minversion = 8.1\nrequired_plugins = pytest-asyncio>=1 pytest-xdist\n",
        PytestSettings(
            minimum_version=(8, 1), required_plugins=("pytest-asyncio>=1", "pytest-xdist"), is_configured=True
        ),
    ),
}


@pytest.mark.parametrize(("options", "expected"), SETTINGS.values(), ids=SETTINGS)
def test_options_are_read_as_pytest_reads_them(tmp_path: Path, options: str, expected: PytestSettings) -> None:
    assert expected == project_of(tmp_path, {"pytest.ini": INI + options}).pytest


def test_options_of_pyproject_are_lists_or_text(tmp_path: Path) -> None:
    options = "[tool.pytest.ini_options]\npythonpath = ['src', 'lib']\nusefixtures = 'a b'\n"
    settings = project_of(tmp_path, {"pyproject.toml": options}).pytest
    assert (("src", "lib"), ("a", "b")) == (settings.pythonpath, settings.usefixtures)


# the files of a project, whether it depends on pytest, and the least version of it
DEPENDENCIES = {
    "nothing": ({"pyproject.toml": "[project]\ndependencies = ['requests']\n"}, False, None),
    "dependencies": ({"pyproject.toml": "[project]\ndependencies = ['pytest>=8.4,<9']\n"}, True, (8, 4)),
    "an extra": ({"pyproject.toml": "[project.optional-dependencies]\ntest = ['pytest ~= 7.4']\n"}, True, (7, 4)),
    "a group": (
        {"pyproject.toml": "[dependency-groups]\ndev = [{include-group = 'x'}, 'pytest==8.3.5']\n"},
        True,
        (8, 3, 5),
    ),
    "poetry": ({"pyproject.toml": "[tool.poetry.group.dev.dependencies]\npytest = '^8.0'\n"}, True, (8, 0)),
    "a plug-in": ({"pyproject.toml": "[project]\ndependencies = ['pytest-asyncio']\n"}, True, None),
    "requirements": ({"setup.py": "", "requirements-dev.txt": "-r a.txt\n# x\npytest  # y\n"}, True, None),
    "requirements in a folder": ({"setup.py": "", "requirements/test.txt": "PyTest>=9\n"}, True, (9,)),
    "setup.cfg": ({"setup.cfg": "[options.extras_require]\ntest =\n    pytest>=8\n"}, True, (8,)),
    "tox": ({"tox.ini": "[testenv]\ndeps =\n    py311: pytest>=8.2\n"}, True, (8, 2)),
    "tox, for something else": (
        {
            "pyproject.toml": "[project]\ndependencies = ['pytest-benchmark']\n",
            "tox.ini": "[testenv]\ncommands =\n    coverage run -m twisted.trial {posargs:shop}\n",
        },
        False,
        None,
    ),
    "tox, for a tool of that name": (
        {"tox.ini": "[testenv]\ndeps = pytest\ncommands = pytest --trial tests/trial tests/unittest\n"},
        True,
        None,
    ),
    "setup.py": ({"setup.py": "setup(name='pytest', tests_require=['pytest>=6'])"}, True, (6,)),
    "setup.py of that name": ({"setup.py": "setup(name='pytest', packages=['pytest'])"}, False, None),
    "the higher of two versions": (
        {"pyproject.toml": "[project]\ndependencies = ['pytest>=8']\n[tool.pytest.ini_options]\nminversion = '8.4'\n"},
        True,
        (8, 4),
    ),
}


@pytest.mark.parametrize(("files", "depends", "version"), DEPENDENCIES.values(), ids=DEPENDENCIES)
def test_whether_a_project_depends_on_pytest(
    tmp_path: Path, files: dict[str, str], depends: bool, version: tuple[int, ...] | None
) -> None:
    project = project_of(tmp_path, files)
    assert (depends, version) == (project.depends_on_pytest, project.pytest.minimum_version)


PYTHONS = {
    "nothing": ({"setup.py": ""}, None),
    "requires-python": ({"pyproject.toml": "[project]\nrequires-python = '>=3.9, <4'\n"}, (3, 9)),
    "poetry": ({"pyproject.toml": "[tool.poetry.dependencies]\npython = '^3.10'\n"}, (3, 10)),
    "setup.cfg": ({"setup.cfg": "[options]\npython_requires = ~=3.8\n"}, (3, 8)),
    "setup.py": ({"setup.py": "setup(python_requires='>=3')"}, (3, 0)),
    "only an upper bound": ({"pyproject.toml": "[project]\nrequires-python = '<4'\n"}, None),
}


@pytest.mark.parametrize(("files", "expected"), PYTHONS.values(), ids=PYTHONS)
def test_the_oldest_python_of_a_project(
    tmp_path: Path, files: dict[str, str], expected: tuple[int, int] | None
) -> None:
    assert expected == project_of(tmp_path, files).requires_python


IMPORT_ROOTS = {
    "the root": ({"setup.py": ""}, ["."]),
    "src": ({"setup.py": "", "src/kit/__init__.py": ""}, ["src", "."]),
    "src as a package": ({"setup.py": "", "src/__init__.py": ""}, ["."]),
    "pythonpath": ({"pytest.ini": "[pytest]\npythonpath = lib gone\n", "lib/a.py": ""}, ["lib", "."]),
    "setuptools": (
        {"pyproject.toml": "[tool.setuptools.packages.find]\nwhere = ['lib']\n", "lib/a.py": ""},
        ["lib", "."],
    ),
    "setup.cfg": ({"setup.cfg": "[options]\npackage_dir =\n    = lib\n", "lib/a.py": ""}, ["lib", "."]),
    "poetry": (
        {"pyproject.toml": "[[tool.poetry.packages]]\ninclude = 'a'\nfrom = 'lib'\n", "lib/a.py": ""},
        ["lib", "."],
    ),
    "hatch": (
        {"pyproject.toml": "[tool.hatch.build.targets.wheel]\npackages = ['lib/kit']\n", "lib/kit/a.py": ""},
        ["lib", "."],
    ),
}


@pytest.mark.parametrize(("files", "expected"), IMPORT_ROOTS.values(), ids=IMPORT_ROOTS)
def test_the_import_roots(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert [tmp_path / each for each in expected] == list(project_of(tmp_path, files).import_roots)


def test_the_roots_that_are_asked_for_come_first(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "own").mkdir()
    assert (tmp_path / "own", tmp_path) == find_project(tmp_path / "test_a.py", ("own",)).import_roots


BROKEN = {
    "toml": {"pyproject.toml": "[tool.pytest\n"},
    "types": {"pyproject.toml": "project = 3\ntool = []\n[dependency-groups]\na = 1\n"},
    "lists of odd things": {"pyproject.toml": "[project]\nname = 1\ndependencies = [1, {}]\nrequires-python = 3\n"},
    "ini": {"setup.cfg": "no section\n", "tox.ini": "[a]\n=\n"},
    "bytes": {"pytest.ini": "[pytest]\n\0\n"},
    "quotes": {"pytest.ini": "[pytest]\naddopts = 'open\n"},
    "a poetry table": {"pyproject.toml": "[tool.poetry]\npackages = 3\ndependencies = 'x'\n"},
}


ENTRY_POINTS = {
    "pyproject.toml": {"pyproject.toml": "[project.entry-points.pytest11]\nshop = 'shop.plugin:Plugin'\n"},
    "poetry": {"pyproject.toml": "[tool.poetry.plugins.pytest11]\nshop = 'shop.plugin'\n"},
    "setup.cfg": {"setup.cfg": "[options.entry_points]\npytest11 =\n    shop = shop.plugin\n"},
    "setup.py": {"setup.py": "setup(entry_points={'pytest11': ['shop = shop.plugin']})\n"},
}


@pytest.mark.parametrize("files", ENTRY_POINTS.values(), ids=ENTRY_POINTS)
def test_what_a_project_gives_to_pytest_is_a_plug_in_of_its_own_tests(tmp_path: Path, files: dict[str, str]) -> None:
    assert ("shop.plugin",) == project_of(tmp_path, files).pytest.plugins


@pytest.mark.parametrize("files", BROKEN.values(), ids=BROKEN)
def test_a_broken_configuration_is_never_an_exception(tmp_path: Path, files: dict[str, str]) -> None:
    (tmp_path / ".git").mkdir()
    assert tmp_path == project_of(tmp_path, files).root


def test_a_broken_configuration_is_told(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    troubles = project_of(tmp_path, {"pyproject.toml": "[tool.pytest\n"}).troubles
    assert ["pyproject.toml"] == [trouble.partition(":")[0] for trouble in troubles]
