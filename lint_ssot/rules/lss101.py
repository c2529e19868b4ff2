"""LSS101 tells test classes that do not stand on a declared base."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.declared.strays import Stray, detouring_bases, stray_test_classes
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_in
from lint_ssot.rule import rule


@rule("LSS101", message="`{test_class}` does not stand on `{declared}`{reason}", since="0.1")
def stray_test_class(module: LintedModule) -> Iterator[Finding]:
    """Checks for test classes that do not stand on a declared base."""
    told_elsewhere = {fork.definition for fork in module.forks}
    strays = (
        *stray_test_classes(module.test_classes, module.declared, module.classes),
        *detouring_bases(module.module, module.declared, module.classes),
    )
    for stray in strays:
        if stray.definition in told_elsewhere:
            continue
        nearest = stray.nearest.definition
        related = (place_in(nearest.module, nearest.node.at),)
        values = {
            "test_class": stray.definition.node.name,
            "declared": nearest.node.name,
            "reason": _reason(stray),
        }
        yield Finding(stray.definition.node.at, values, related)


def _reason(stray: Stray) -> str:
    if stray.detour is not None:
        detour = stray.detour
        name, place = detour.node.name, place_in(detour.module, detour.node.at)
        if name == stray.nearest.definition.node.name:
            return f": `{name}` ({place}) is another class of that name"
        return f": `{name}` ({place}) bypasses it"
    return f", but on `{stray.base}`" if stray.base is not None else ": it has no base class"
