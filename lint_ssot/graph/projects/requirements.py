"""What a project says that it needs: distributions, the oldest Python, a program for its tests; and what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lint_ssot.graph.projects.configuration import Configuration, lines, table
from lint_ssot.graph.projects.pytest_settings import version

_REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*([^;#]*)")
_REQUIRED_BY_SCRIPT = re.compile(r"requires?\s*=\s*(\[.*?\]|\{.*?\})", re.DOTALL)
_QUOTED = re.compile(r"""(["'])(.+?)\1""")
_CONDA = re.compile(r"^\s*-\s*([A-Za-z0-9][^\s#]*)", re.MULTILINE)
_PYTHON_REQUIRES = re.compile(r"""python_requires\s*=\s*["']([^"']+)""")
_POINTS_BY_SCRIPT = re.compile(r"""["']pytest11["']\s*:\s*(\[.*?\]|["'][^"']+["'])""", re.DOTALL)
# `python -m unittest`, `python -m twisted.trial`, `trial --reporter=…`, `stestr run`, `manage.py test`, …
_OTHER_PROGRAMS = re.compile(
    r"-m\s+(?:unittest|twisted\.trial|nose2|zope\.testrunner)(?=\s|$)"
    r"|(?:^|\s|/bin/)(?:trial|nose2|stestr|zope-testrunner|(?:\S*manage\.py|django-admin)\s+test)(?=\s|$)"
)
_NOSE = re.compile(r"(?:^|\s|/bin/|-m\s)nose(?:2|tests)(?=\s|$)")
_COLLECTED_BY_NOSE = re.compile(r"""test_suite\s*=\s*["']nose""")
_LOWEST = re.compile(r"(?:>=|~=|==|\^|~|>)\s*(\d+(?:\.\d+)*)")


def requirements(folder: Path, files: frozenset[str], configuration: Configuration) -> dict[str, str]:
    """Every distribution that a file of the folder names, normalized (PEP 503), with its version constraint.

    It is meant to name too many: a name here only keeps the linter from calling something absent.
    """
    found: dict[str, str] = {}
    for text in _stated(folder, files, configuration):
        match = _REQUIREMENT.match(text.strip())
        if match is None:
            continue
        name = normalized(match[1])
        found[name] = found.get(name) or match[2].strip()
    return found


def normalized(name: str) -> str:
    """The name of a distribution as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def oldest_python(folder: Path, configuration: Configuration) -> tuple[int, int] | None:
    """The lowest (major, minor) that the project says it runs on."""
    pyproject = configuration.toml(folder / "pyproject.toml")
    setup = configuration.ini(folder / "setup.cfg")
    script = _PYTHON_REQUIRES.search(configuration.text(folder / "setup.py"))
    for stated in (
        table(pyproject, "project").get("requires-python"),
        table(pyproject, "tool", "poetry", "dependencies").get("python"),
        table(setup, "options").get("python_requires"),
        script[1] if script else None,
    ):
        numbers = lowest(stated) if isinstance(stated, str) else None
        if numbers is not None:
            return numbers[0], numbers[1] if len(numbers) > 1 else 0
    return None


def runs_otherwise(folder: Path, configuration: Configuration) -> bool:
    """Whether a command of `tox.ini` runs tests with another program than pytest."""
    return any(map(_OTHER_PROGRAMS.search, _commands(folder, configuration)))


def runs_nose(folder: Path, configuration: Configuration) -> bool:
    """Whether a command of `tox.ini`, or the `test_suite` of `setup.py`, runs tests with nose or nose2."""
    if _COLLECTED_BY_NOSE.search(configuration.text(folder / "setup.py")):
        return True
    return any(map(_NOSE.search, _commands(folder, configuration)))


def _commands(folder: Path, configuration: Configuration) -> Iterator[str]:
    for environment in configuration.ini(folder / "tox.ini").values():
        yield from lines(table(environment).get("commands"))


def own_plugins(folder: Path, configuration: Configuration) -> Iterator[str]:
    """The modules that the project itself gives to pytest as plug-ins, by entry points."""
    project = table(configuration.toml(folder / "pyproject.toml"), "project")
    poetry = table(configuration.toml(folder / "pyproject.toml"), "tool", "poetry")
    for points in (table(project, "entry-points", "pytest11"), table(poetry, "plugins", "pytest11")):
        yield from (value.partition(":")[0].strip() for value in points.values() if isinstance(value, str))
    stated = table(configuration.ini(folder / "setup.cfg"), "options.entry_points").get("pytest11")
    for line in (*lines(stated), *_by_script(configuration.text(folder / "setup.py"))):
        yield line.partition("=")[2].partition(":")[0].strip()


def lowest(constraint: str) -> tuple[int, ...] | None:
    """The lowest version that a constraint allows, as far as it says so."""
    match = _LOWEST.search(constraint)
    return version(match[1]) if match else None


def _stated(folder: Path, files: frozenset[str], configuration: Configuration) -> Iterator[str]:
    yield from _in_pyproject(folder, configuration)
    yield from _in_ini(folder, configuration)
    for name in sorted(files):
        if name.endswith((".txt", ".in")) and "require" in name:
            yield from lines(configuration.text(folder / name))
        elif name.startswith("environment") and name.endswith((".yml", ".yaml")):
            yield from _CONDA.findall(configuration.text(folder / name))
    for listed in _listed(folder / "requirements"):
        yield from lines(configuration.text(listed))
    pipfile = configuration.toml(folder / "Pipfile") if "Pipfile" in files else {}
    yield from (*table(pipfile, "packages"), *table(pipfile, "dev-packages"))
    for required in _REQUIRED_BY_SCRIPT.findall(configuration.text(folder / "setup.py")):
        yield from (text for _, text in _QUOTED.findall(required))


def _by_script(text: str) -> Iterator[str]:
    for points in _POINTS_BY_SCRIPT.findall(text):
        yield from (text for _, text in _QUOTED.findall(points))


def _listed(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.glob("*.txt"))
        yield from sorted(folder.glob("*.in"))
    except OSError:
        return


def _in_pyproject(folder: Path, configuration: Configuration) -> Iterator[str]:
    content = configuration.toml(folder / "pyproject.toml")
    project = table(content, "project")
    yield from lines(project.get("dependencies"))
    tool = table(content, "tool")
    for groups in (
        table(project, "optional-dependencies"),
        table(content, "dependency-groups"),
        table(tool, "pdm", "dev-dependencies"),
    ):
        for group in groups.values():
            yield from lines(group)
    yield from lines(table(tool, "uv").get("dev-dependencies"))
    for environment in table(tool, "hatch", "envs").values():
        yield from lines(table(environment).get("dependencies"))
        yield from lines(table(environment).get("extra-dependencies"))
    yield from _of_poetry(table(tool, "poetry"))


def _of_poetry(poetry: Mapping[str, object]) -> Iterator[str]:
    groups = (table(group, "dependencies") for group in table(poetry, "group").values())
    for needed in (table(poetry, "dependencies"), table(poetry, "dev-dependencies"), *groups):
        for name, constraint in needed.items():
            yield f"{name} {constraint}" if isinstance(constraint, str) else name


def _in_ini(folder: Path, configuration: Configuration) -> Iterator[str]:
    setup = configuration.ini(folder / "setup.cfg")
    options = table(setup, "options")
    yield from (*lines(options.get("install_requires")), *lines(options.get("tests_require")))
    for extra in table(setup, "options.extras_require").values():
        yield from lines(extra)
    for environment in configuration.ini(folder / "tox.ini").values():
        for line in lines(table(environment).get("deps")):
            # a factor may stand before the requirement: `py311: pytest>=8`
            yield line.rpartition(": ")[2]
