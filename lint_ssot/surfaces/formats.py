"""Formats of the report, imported by flake8 at every start: what they need they import when they speak."""

from __future__ import annotations

import json

from flake8.formatting.base import BaseFormatter
from flake8.statistics import Statistics
from flake8.violation import Violation


class Sarif(BaseFormatter):
    """`--format=lss-sarif`: one SARIF log for the whole run, whoever found what is in it."""

    def after_init(self) -> None:
        """Begin without findings."""
        self._violations: list[Violation] = []

    def start(self) -> None:
        """Begin the output file anew: two logs in one file are none."""
        super().start()
        if self.output_fd is not None:
            self.output_fd.truncate(0)

    def handle(self, error: Violation) -> None:
        """Keep a finding until the end."""
        self._violations.append(error)

    def show_statistics(self, statistics: Statistics) -> None:
        """Leave out what is no SARIF."""

    def stop(self) -> None:
        """Write the log."""
        from lint_ssot.surfaces.sarif import sarif_log

        self._write(json.dumps(sarif_log(self._violations, self.options), indent=2))
        super().stop()
