"""First looks at files of the project, each taken once."""

from __future__ import annotations

from pathlib import Path

from lint_ssot.facts.glance import Glance, glance


class Glances:
    """What can be told of files that nobody has to read whole."""

    def __init__(self) -> None:
        self._glances: dict[Path, Glance] = {}

    def at(self, path: Path) -> Glance:
        """A first look at a file; one that cannot be opened is not readable."""
        if path not in self._glances:
            try:
                source = path.read_bytes()
            except OSError:
                return Glance(is_readable=False)
            self._glances[path] = glance(source)
        return self._glances[path]
