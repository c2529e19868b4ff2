"""LSS501 tells imports of modules of the project that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.imports.problems import ImportFault
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS501", message="no module `{name}`{why}", since="0.1")
def missing_module(module: LintedModule) -> Iterator[Finding]:
    """Checks for imports of modules of the project that do not exist."""
    for problem in module.import_problems_by(ImportFault.MISSING_MODULE):
        yield Finding(problem.at, {"name": problem.name, "why": problem.why})
