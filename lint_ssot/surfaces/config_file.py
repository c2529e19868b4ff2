"""The configuration file that flake8 reads for a project, or that would be the one to begin with."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lint_ssot.surfaces import ini_text, toml_text
from lint_ssot.surfaces.outcome import CommandError

_NAMES = ("setup.cfg", "tox.ini", ".flake8")
# the plug-ins by which flake8 reads `[tool.flake8]`
_READERS = ("flake8p", "pflake8")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file with the options of flake8, whether it is there yet or not."""

    path: Path

    @property
    def text(self) -> str:
        """The whole text, line ends and all; empty if there is none. Raises CommandError if it cannot be read."""
        if not self.path.is_file():
            return ""
        try:
            return self.path.read_bytes().decode()
        except (OSError, UnicodeError) as error:
            raise CommandError(f"`{self.path.name}` cannot be read: {error}") from error

    @property
    def is_toml(self) -> bool:
        """Whether it is TOML, which flake8 reads with a plug-in only."""
        return self.path.suffix == ".toml"

    @property
    def is_read(self) -> bool:
        """Whether the flake8 at hand reads it."""
        return not self.is_toml or reads_toml()

    def with_options(self, options: Mapping[str, tuple[str, ...]]) -> str:
        """The text with these options; raises CommandError if it is written in a way that defies it."""
        if not self.is_toml:
            return ini_text.with_options(self.text, "flake8", options)
        changed = toml_text.with_options(self.text, options)
        if changed is None:
            said = "; ".join(f"{key} = {json.dumps(values)}" for key, values in options.items())
            raise CommandError(f"`{self.path.name}` cannot be changed safely; add by hand below [tool.flake8]: {said}")
        return changed


def reads_toml() -> bool:
    """Whether a plug-in is installed by which flake8 reads `pyproject.toml`."""
    return any(importlib.util.find_spec(name) is not None for name in _READERS)


def find_config_file(folder: Path, root: Path | None) -> ConfigFile:
    """The file with flake8's section, here or above up to the project's root, or the one to put it into.

    Where flake8 reads the `pyproject.toml` of the working folder, that wins over all others (`flake8p.hook`).
    """
    toml = ConfigFile(folder / "pyproject.toml")
    has_table = toml_text.flake8_table(toml.text) is not None
    if has_table and reads_toml():
        return toml
    for each in (folder, *(parent for parent in folder.parents if root is not None and parent.is_relative_to(root))):
        for found in (ConfigFile(each / name) for name in _NAMES):
            if ini_text.has_section(found.text, "flake8"):
                return found
    home = root if root is not None and folder.is_relative_to(root) else folder
    return toml if has_table else ConfigFile(home / ("setup.cfg" if (home / "setup.cfg").is_file() else ".flake8"))
