"""The findings of a suite as SARIF: those of `flake8 --format=lss-sarif`, told by ourselves."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from flake8.violation import Violation

from lint_ssot.surfaces.configured import Configured
from lint_ssot.surfaces.sarif import sarif_log


def as_sarif(configured: Configured, paths: tuple[str, ...]) -> tuple[str, bool]:
    """The log, and whether something was found; what the user does not want to hear of is left out."""
    violations = tuple(_violations(configured, paths))
    return json.dumps(sarif_log(violations, configured.options, "lint-ssot"), indent=2) + "\n", bool(violations)


def _violations(configured: Configured, paths: tuple[str, ...]) -> Iterator[Violation]:
    session = configured.session()
    for path in configured.files(paths):
        for found in configured.findings(path, session):
            # flake8 counts columns from 1
            yield Violation(found.code, os.path.relpath(path), found.line, found.column + 1, found.text, None)
