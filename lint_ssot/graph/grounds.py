"""What a judgment on a module may rest on: files and folders of which some state was seen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from lint_ssot.facts.states import MARKS, Disk, Kind, State
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.modules.modules import Modules
from lint_ssot.graph.projects.project import Project

# what the configuration of a project, and its requirements, are read from
_CONFIGURING = (".toml", ".cfg", ".ini", ".txt", ".in", ".yml", ".yaml", "setup.py", "Pipfile", ".flake8", ".gitignore")


def grounds(module: Module, modules: Modules, installed: tuple[Path, ...], disk: Disk) -> tuple[State, ...]:
    """The states of all that was looked at for a module, its own text aside; rather too many than too few."""
    looked_at = dict.fromkeys(
        (
            *_read(module, modules),
            *_configuration(modules.project, disk),
            *_folders(module, modules),
            *((Kind.NAMES, each) for each in installed),
            *_above(module, disk),
        )
    )
    return tuple(disk.state(kind, path) for kind, path in looked_at)


def _read(module: Module, modules: Modules) -> Iterator[tuple[Kind, Path]]:
    for each in sorted(modules.steps.reached_from(module) - {module}, key=lambda each: str(each.path)):
        if each.path is not None:
            yield Kind.CONTENT, each.path


def _folders(module: Module, modules: Modules) -> Iterator[tuple[Kind, Path]]:
    steps, folders = modules.steps, modules.folders
    for folder in sorted(folders.looked_at_for_nobody | steps.folders_of(steps.reached_from(module))):
        yield Kind.NAMES, folder
        if ".gitignore" in folders.listed[folder]:
            yield Kind.CONTENT, folder / ".gitignore"


def _configuration(project: Project, disk: Disk) -> Iterator[tuple[Kind, Path]]:
    for folder in (project.root, project.root / "requirements"):
        yield Kind.NAMES, folder
        for name in disk.names(folder):
            if name.endswith(_CONFIGURING):
                yield Kind.CONTENT, folder / name
    yield Kind.NAMES, project.root / "src"
    for name in project.pytest.pythonpath:
        yield Kind.NAMES, Path(os.path.normpath(project.root / name))


def _above(module: Module, disk: Disk) -> Iterator[tuple[Kind, Path]]:
    """The folders in which the root was looked for."""
    for folder in module.path.parents if module.path is not None else ():
        yield Kind.MARKS, folder
        for name in disk.names(folder):
            if name in MARKS and name.endswith(_CONFIGURING):
                yield Kind.CONTENT, folder / name
