"""LSS503 tells imports that fail silently."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.imports.problems import ImportFault
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS503", message="`{name}` cannot be imported: {why}", since="0.1")
def swallowed_import(module: LintedModule) -> Iterator[Finding]:
    """Checks for imports that always fail inside a `try` which hides it."""
    for problem in module.import_problems_by(ImportFault.SWALLOWED):
        yield Finding(problem.at, {"name": problem.name, "why": problem.why})
