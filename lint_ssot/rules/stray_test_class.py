"""LSS101 tells test classes that do not stand on a declared base."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding, Place
from lint_ssot.lifecycle.declared.strays import Stray, detouring_bases, stray_test_classes
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_in
from lint_ssot.rule import rule


@rule("LSS101", message="`{test_class}` is no `{declared}`{but}{base}{aside}{because}", since="0.1")
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
            said = {"test_class": stray.definition.node.name, "declared": nearest.node.name, **_reason(stray)}
            related = (place_in(nearest.module, nearest.node.at), *_detour(stray))
            yield Finding(stray.definition.node.at, said, related)


def _reason(stray: Stray) -> dict[str, str]:
    detour = stray.detour
    if detour is not None:
        is_namesake = detour.node.name == stray.nearest.definition.node.name
        because = " is another of that name" if is_namesake else " bypasses it"
        aside = f" ({_detour(stray)[0]})"
        return {"but": ": ", "base": f"`{detour.node.name}`", "aside": aside, "because": because}
    if stray.base is not None:
        return {"but": ", but a ", "base": f"`{stray.base}`", "aside": "", "because": ""}
    return {"but": ": ", "base": "it has no base class", "aside": "", "because": ""}


def _detour(stray: Stray) -> tuple[Place, ...]:
    return () if stray.detour is None else (place_in(stray.detour.module, stray.detour.node.at),)
