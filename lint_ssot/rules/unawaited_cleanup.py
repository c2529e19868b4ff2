"""LSS409 tells async cleanups that nobody awaits."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.hooks.cleanups import unawaited_cleanups
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import rule


@rule("LSS409", message="`{register}`{aside} is given `{given}`, which {waste}", since="0.1")
def unawaited_cleanup(module: LintedModule) -> Iterator[Finding]:
    """Checks for async cleanups that are registered where nobody awaits them."""
    for found in unawaited_cleanups(module.inference, module.module, module.test_classes):
        values = {"register": found.register, "given": found.given, "waste": found.waste.value, "aside": found.aside}
        yield Finding(found.at, values)
