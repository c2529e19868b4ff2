"""LSS105 tells imports of a declared base by another path than its own."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.declared.paths import detours
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_in
from lint_ssot.rule import rule


@rule("LSS105", message="`{path}` is a detour to `{base}`", since="0.1", is_opt_in=True)
def detoured_base_import(module: LintedModule) -> Iterator[Finding]:
    """Checks for declared bases that are imported by another path than their own."""
    for detour in detours(module.module, module.declared, module.classes):
        definition = detour.base.definition
        place = place_in(definition.module, definition.node.at)
        yield Finding(detour.at, {"path": detour.path, "base": detour.base.name}, (place,))
