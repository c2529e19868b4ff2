"""Cures for classes that go astray: the declared base in the place of another one."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.cure import Change, Cure, PutLast, Rebase
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.cures.parents import chaining
from lint_ssot.lifecycle.declared.absent import spelled
from lint_ssot.lifecycle.declared.bases import definition_of
from lint_ssot.lifecycle.declared.shadows import ShadowedBase, chains
from lint_ssot.lifecycle.declared.strays import Stray
from lint_ssot.lifecycle.runners import ISOLATED, PLAIN


def declared_base(stray: Stray, classes: Classes) -> tuple[Cure, ...]:
    """Let a class stand on the declared base; what it stood on must be no class of the project, or nothing."""
    definition, nearest = stray.definition, stray.nearest
    path = definition.module.path
    if stray.detour is not None or path is None or nearest.definition.module is definition.module:
        return ()
    if not _may_go(stray, classes):
        return ()
    change = Rebase(definition.node.at, stray.base, nearest.name)
    changes = (change, *_calls_of_its_hooks(definition, nearest.definition, classes))
    return (Cure(f"Stand on `{nearest.definition.node.name}`", path, changes, is_safe=False),)


def mixins_first(definition: ClassDefinition, shadowed: ShadowedBase, classes: Classes) -> tuple[Cure, ...]:
    """Put a `TestCase` of unittest's own behind the mixins that it hides, if these call it in their turn."""
    path, name = definition.module.path, shadowed.shadower.node.name
    if path is None or shadowed.shadower.module.origin is Origin.PROJECT or not all(map(chains, shadowed.hooks)):
        return ()
    for base in definition.node.bases:
        found = definition_of(classes.names.resolve_header(definition, base.value), classes)
        if found is shadowed.shadower and (written := spelled(base.value)) is not None:
            change = PutLast(definition.node.at, written)
            return (Cure(f"Put `{name}` behind the other bases", path, (change,), is_safe=False),)
    return ()


def _calls_of_its_hooks(definition: ClassDefinition, base: ClassDefinition, classes: Classes) -> Iterator[Change]:
    """The calls of the new base's hooks that those of the class would otherwise hide."""
    hierarchy, own = classes.hierarchy(base), classes.members(definition)
    for hook in (ISOLATED if hierarchy.inherits(*TESTCASE_NAMES) else PLAIN).hooks:
        hiding, hidden = own.get(hook.name), hierarchy.find(hook.name)
        if not isinstance(hiding, FunctionDefinition) or not isinstance(hidden, FunctionDefinition):
            continue
        if hidden.module.origin is Origin.PROJECT:
            yield from chaining(hiding, hidden, hook, classes.names)


def _may_go(stray: Stray, classes: Classes) -> bool:
    if stray.base is None:
        return not stray.definition.node.bases
    bases = [each.value for each in stray.definition.node.bases if spelled(each.value) == stray.base]
    found = [definition_of(classes.names.resolve_header(stray.definition, base), classes) for base in bases]
    outside = [each for each in found if isinstance(each, ClassDefinition) and each.module.origin is not Origin.PROJECT]
    return len(outside) == 1
