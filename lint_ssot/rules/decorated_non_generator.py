"""LSS305 tells decorators of contextlib on the wrong kind of function."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.managers import redecorated_generator
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.rule import rule


@rule("LSS305", message="`{name}` is {what}{aside}", since="0.1")
def decorated_non_generator(module: LintedModule) -> Iterator[Finding]:
    """Checks for `@contextmanager` and `@asynccontextmanager` on functions that are no generators of their kind."""
    for problem in module.with_problems_by(Fault.DECORATED_NON_GENERATOR):
        yield Finding(problem.at, problem.values("name", "what", "aside"), cures=redecorated_generator(problem))
