"""Cures for classes that go astray: the declared base in the place of another one."""

from __future__ import annotations

from lint_ssot.cure import Cure, Rebase
from lint_ssot.graph.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, Origin
from lint_ssot.lifecycle.declared.absent import spelled
from lint_ssot.lifecycle.declared.bases import definition_of
from lint_ssot.lifecycle.declared.strays import Stray


def declared_base(stray: Stray, classes: Classes) -> tuple[Cure, ...]:
    """Let a class stand on the declared base; what it stood on must be no class of the project, or nothing."""
    definition, nearest = stray.definition, stray.nearest
    path = definition.module.path
    if stray.detour is not None or path is None or nearest.definition.module is definition.module:
        return ()
    if not _may_go(stray, classes):
        return ()
    change = Rebase(definition.node.at, stray.base, nearest.name)
    return (Cure(f"Stand on `{nearest.definition.node.name}`", path, (change,), is_safe=False),)


def _may_go(stray: Stray, classes: Classes) -> bool:
    if stray.base is None:
        return not stray.definition.node.bases
    bases = [each.value for each in stray.definition.node.bases if spelled(each.value) == stray.base]
    found = [definition_of(classes.names.resolve_header(stray.definition, base), classes) for base in bases]
    outside = [each for each in found if isinstance(each, ClassDefinition) and each.module.origin is not Origin.PROJECT]
    return len(outside) == 1
