"""Small projects on disk, linted by the real flake8 in this process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from flake8.checker import FileChecker
from flake8.options.parse_args import parse_args
from flake8.plugins.finder import Checkers

from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import linted_module
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.session import Session, read_source


def write_project(folder: Path, files: Mapping[str, str]) -> None:
    """Write files by their relative paths; a `.git` makes the folder the root of its project.

    The project is one of pytest, unless a file that is not Python says something about pytest itself.
    """
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    if not any("pytest" in text for name, text in files.items() if not name.endswith(".py")):
        files = {"pytest.ini": "[pytest]\n", **files}
    write_files(folder, files)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files by their relative paths."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def lint_project(folder: Path, arguments: Iterable[str] = ()) -> list[Diagnostic]:
    """Our diagnostics for every Python file below the folder, its own flake8 configuration applied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        plugins, options = parse_args([*arguments])
        ours = [plugin for plugin in plugins.checkers.tree if plugin.entry_name == "LSS"]
        diagnostics = []
        for path in sorted(Path().rglob("*.py")):
            checker = FileChecker(filename=str(path), plugins=Checkers(ours, [], []), options=options)
            _, results, _ = checker.run_checks()
            diagnostics += [
                Diagnostic(path, line, column, code, text)
                for code, line, column, text, _ in results
                if code.startswith("LSS")
            ]
    return sorted(diagnostics)


def linted_modules(folder: Path) -> dict[Path, LintedModule]:
    """What rules would be given for every Python file below the folder, by its relative path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        _, options = parse_args([])
    settings: Settings = options.ssot_settings
    session = Session(settings, ())
    return {
        path.relative_to(folder): linted_module(path, read_source(path), session)
        for path in sorted(folder.rglob("*.py"))
    }
