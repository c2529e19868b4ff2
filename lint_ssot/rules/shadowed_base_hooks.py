"""LSS104 tells bases whose hooks never run, because one that does not chain comes before them."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.assigned import Cause
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.cures.bases import mixins_first
from lint_ssot.lifecycle.cures.parents import chained_base
from lint_ssot.lifecycle.declared.shadows import ShadowedBase, shadowed_bases
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import aside, place_of
from lint_ssot.rule import rule


@rule("LSS104", message="`{shadower}` calls no `super()`, so `{base}.{hook}`{aside} never runs", since="0.1")
def shadowed_base_hooks(module: LintedModule) -> Iterator[Finding]:
    """Checks for bases whose hooks never run, because one that does not chain comes first."""
    for timeline in module.timelines:
        test_class = timeline.test_class
        for shadowed in shadowed_bases(timeline, module.classes):
            if _is_told_by_what_is_missing(shadowed, test_class, module):
                continue
            first = shadowed.hooks[0]
            yield Finding(
                test_class.definition.node.at,
                {
                    "shadower": shadowed.shadower.node.name,
                    "base": shadowed.base.node.name,
                    "hook": first.node.name,
                    "aside": aside(test_class, first.module, first.node.at),
                },
                tuple(map(place_of, shadowed.hooks)),
                (
                    *chained_base(timeline, shadowed),
                    *mixins_first(test_class.definition, shadowed, module.classes),
                ),
            )


def _is_told_by_what_is_missing(shadowed: ShadowedBase, test_class: TestClass, module: LintedModule) -> bool:
    """Whether LSS203 tells which tests fail for want of these hooks; a declared base is a matter of its own."""
    if module.declared.stand_on(shadowed.base):
        return False
    skipped = module.missing_by(Cause.SKIPPED)
    return any(each is test_class and missing.writer in shadowed.hooks for each, missing in skipped)
