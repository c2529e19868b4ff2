"""LSS504 tells from-imports that fail because two modules import each other."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.imports.problems import ImportFault
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS504", message="`{name}` is not there yet when it is imported from here by {why}", since="0.1")
def circular_import(module: LintedModule) -> Iterator[Finding]:
    """Checks for from-imports that fail because two modules import each other."""
    for problem in module.import_problems_by(ImportFault.CIRCULAR):
        yield Finding(problem.at, {"name": problem.name, "why": problem.why})
