"""Small projects as the linter sees them, without flake8 around it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lint_ssot.config import Settings
from lint_ssot.engine import linted_module
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.session import Session, read_source
from tests.projects import write_project

SETTINGS = Settings()
UNITTEST = Settings(runner="unittest")
PYTEST = Settings(runner="pytest")


def analyzed(folder: Path, settings: Settings = SETTINGS) -> dict[Path, LintedModule]:
    """Every module below the folder, by its relative path."""
    session = Session(settings, ())
    return {
        path.relative_to(folder): linted_module(path, read_source(path), session)
        for path in sorted(folder.rglob("*.py"))
    }


def analyzed_test(folder: Path, files: Mapping[str, str], settings: Settings = SETTINGS) -> LintedModule:
    """The module test_it.py of a project that consists of these files."""
    write_project(folder, files)
    path = folder / "test_it.py"
    return linted_module(path, read_source(path), Session(settings, ()))
