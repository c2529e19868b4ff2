"""The project that a file belongs to: its root, its import roots, and what its configuration says."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lint_ssot.graph.projects.configuration import Configuration, lines, table, words
from lint_ssot.graph.projects.pytest_settings import PytestSettings, has_pytest_options, pytest_settings
from lint_ssot.graph.projects.requirements import (
    lowest,
    normalized,
    oldest_python,
    own_plugins,
    requirements,
    runs_nose,
    runs_otherwise,
)

PROJECT_FILES = frozenset({"pyproject.toml", "setup.cfg", "setup.py", "tox.ini", ".flake8"})


@dataclass(frozen=True, slots=True)
class Project:
    """What is known of a project before any of its modules is read.

    `import_roots` are those that hold for every file; the first one that has a module wins.
    `depends_on_pytest`: it names pytest or a plug-in of it, and no other program that it runs its tests with.
    `runs_nose`: it runs its tests with nose or nose2.
    `requirements` are the distributions it names, normalized as in PEP 503, without its own.
    `troubles` tells which configuration files could not be read.
    """

    root: Path
    import_roots: tuple[Path, ...]
    pytest: PytestSettings = field(default_factory=PytestSettings)
    requires_python: tuple[int, int] | None = None
    depends_on_pytest: bool = False
    runs_nose: bool = False
    requirements: frozenset[str] = frozenset()
    troubles: tuple[str, ...] = ()


def find_project(path: Path, source_roots: tuple[str, ...] = (), folders: Collection[str] = ()) -> Project:
    """The project of the file at `path`, found upwards from it; never raises.

    If nothing on the way up marks the root, it is where one of `folders` is, which the user names as seen from it.
    """
    configuration = Configuration()
    root = _root(path.parent, folders, configuration)
    files = _files(root)
    settings = pytest_settings(root, files, configuration)
    needed = requirements(root, files, configuration)
    own = table(configuration.toml(root / "pyproject.toml"), "project").get("name")
    if isinstance(own, str):
        needed.pop(normalized(own), None)
    lowest_pytest = max((settings.minimum_version or (), lowest(needed.get("pytest", "")) or ()))
    return Project(
        root=root,
        import_roots=tuple(_import_roots(root, source_roots, settings, configuration)),
        pytest=replace(
            settings,
            minimum_version=lowest_pytest or None,
            plugins=(*settings.plugins, *own_plugins(root, configuration)),
        ),
        requires_python=oldest_python(root, configuration),
        depends_on_pytest=any(name == "pytest" or name.startswith("pytest-") for name in needed)
        and not runs_otherwise(root, configuration),
        runs_nose=runs_nose(root, configuration),
        requirements=frozenset(needed),
        troubles=tuple(configuration.troubles),
    )


def _root(folder: Path, folders: Collection[str], configuration: Configuration) -> Path:
    """The root as pytest chooses it (`_pytest.config.findpaths`), but never above the repository."""
    marked: Path | None = None
    for each in (folder, *folder.parents):
        files = _files(each)
        if has_pytest_options(each, files, configuration):
            return each
        if marked is None and files & PROJECT_FILES:
            marked = each
        if ".git" in files:
            return marked or each
    if marked is not None:
        return marked
    above = (folder, *folder.parents)
    holding = (each for each in above if any(os.path.isdir(each / inner) for inner in folders))  # noqa: PTH112  # any text
    return next(holding, None) or next((each for each in above if "__init__.py" not in _files(each)), folder)


def _import_roots(
    root: Path, source_roots: tuple[str, ...], settings: PytestSettings, configuration: Configuration
) -> Iterator[Path]:
    seen: set[Path] = set()
    src = () if "__init__.py" in _files(root / "src") else ("src",)
    for each in (*source_roots, *settings.pythonpath, *_package_folders(root, configuration), *src, "."):
        folder = Path(os.path.normpath(root / each))
        if folder not in seen and os.path.isdir(folder):  # noqa: PTH112  # a name may be too long for Path
            seen.add(folder)
            yield folder


def _package_folders(root: Path, configuration: Configuration) -> Iterator[str]:
    """The folders that the build configuration names as holding packages."""
    tool = table(configuration.toml(root / "pyproject.toml"), "tool")
    yield from words(table(tool, "setuptools", "packages", "find").get("where"))
    yield from words([table(tool, "setuptools", "package-dir").get("")])
    packages = table(tool, "poetry").get("packages")
    yield from words([table(each).get("from") for each in packages] if isinstance(packages, list) else [])
    wheel = table(tool, "hatch", "build", "targets", "wheel")
    for package in words(wheel.get("packages")):
        yield package.rpartition("/")[0] or "."
    setup = configuration.ini(root / "setup.cfg")
    yield from lines(table(setup, "options.packages.find").get("where"))
    for pair in lines(table(setup, "options").get("package_dir")):
        if pair.startswith("="):
            yield pair[1:].strip() or "."


def _files(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208  # Path.iterdir makes a Path of every entry
    except OSError:
        return frozenset()
