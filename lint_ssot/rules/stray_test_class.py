"""LSS101 tells test classes that do not stand on a declared base."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding, Place
from lint_ssot.lifecycle.cures.bases import declared_base
from lint_ssot.lifecycle.declared.strays import Stray, detouring_bases, stray_test_classes
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_in
from lint_ssot.rule import rule


@rule("LSS101", message="{aside}{standing} `{declared}`{instead}", since="0.1")
def stray_test_class(module: LintedModule) -> Iterator[Finding]:
    """Checks for test classes that do not stand on a declared base."""
    told_elsewhere = {fork.definition for fork in module.forks}
    program = module.collection.invocation.program
    strays = (
        *stray_test_classes(module.test_classes, module.declared, module.classes, program),
        *detouring_bases(module.module, module.declared, module.classes),
    )
    for stray in strays:
        if stray.definition not in told_elsewhere:
            nearest = stray.nearest.definition
            related = (place_in(nearest.module, nearest.node.at), *_detour(stray))
            yield Finding(stray.definition.node.at, _said(stray), related, declared_base(stray, module.classes))


def _said(stray: Stray) -> dict[str, str]:
    """The name of the class is left out if it leaves no room: the finding stands at its statement."""
    name, declared = stray.definition.node.name, stray.nearest.definition.node.name
    standing, instead = "is no", ": it has no base class"
    if stray.detour is not None:
        detour = stray.detour.node.name
        relation = "a namesake of" if detour == declared else "which bypasses"
        standing, instead = f"stands on `{detour}` ({_detour(stray)[0]}), {relation}", ""
    elif stray.base is not None:
        instead = f", but a `{stray.base}`"
    return {"aside": f"`{name}` ", "standing": standing, "declared": declared, "instead": instead}


def _detour(stray: Stray) -> tuple[Place, ...]:
    return () if stray.detour is None else (place_in(stray.detour.module, stray.detour.node.at),)
