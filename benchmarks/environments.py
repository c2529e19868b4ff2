"""Environments of their own for what is measured, so that nobody pays for another one's plug-ins."""

from __future__ import annotations

import os
import subprocess
import venv
from pathlib import Path

_ROOT = Path(__file__).parent.parent


class Environments:
    """A folder of environments, each made when it is first asked for, and found again by the next run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def plain(self) -> Path:
        """The interpreter of one with flake8 and nothing else."""
        return self._python("plain", "flake8")

    def linter(self) -> Path:
        """The interpreter of one with this linter, installed as users install it; made anew each time."""
        python = self._python("linter", "flake8")
        _pip(python, "--force-reinstall", "--no-deps", str(_ROOT))
        _pip(python, str(_ROOT))
        return python

    def command(self, name: str, package: str | None = None) -> Path:
        """A command that a package brings."""
        return self._python(name, package or name).with_name(name + (".exe" if os.name == "nt" else ""))

    def _python(self, name: str, package: str) -> Path:
        folder = self._folder / name
        python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if not (folder / "complete").exists():
            venv.create(folder, with_pip=True, clear=True)
            _pip(python, package)
            (folder / "complete").touch()
        return python


def _pip(python: Path, *arguments: str) -> None:
    command = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)
    subprocess.run(command, check=True)
