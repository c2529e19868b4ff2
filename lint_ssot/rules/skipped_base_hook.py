"""LSS203 tells overrides that keep the base's hook from assigning what is read."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.facts.expressions import Position
from lint_ssot.lifecycle.assigned import Cause, MissingAttribute
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.cures.parents import called_parent
from lint_ssot.lifecycle.hooks.required_parents import UncalledParent, uncalled_parents
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.runners import Runner
from lint_ssot.lifecycle.standing import counted_tests, function_position, place_of, read_position, runner_name
from lint_ssot.rule import rule


@rule("LSS203", message="`{hook}` {failing}, {and_then}{stops}", since="0.1")
def skipped_base_hook(module: LintedModule) -> Iterator[Finding]:
    """Checks for overrides that skip the base's hook, which assigns what is read."""
    culprits = {missing.culprit for _, missing in module.missing_by(Cause.SKIPPED)}
    for timeline in module.timelines:
        for uncalled in uncalled_parents(timeline):
            if uncalled.override not in culprits:
                yield _asked_for(uncalled)
    yield from _missed(module)


def _asked_for(uncalled: UncalledParent) -> Finding:
    test_class, name = uncalled.test_class, uncalled.override.node.name
    return Finding(
        function_position(test_class, uncalled.override),
        {
            "hook": name,
            "failing": f"does not call `super().{name}()`",
            "and_then": f"which {runner_name(test_class)} wants called",
            "stops": counted_tests(uncalled.tests),
        },
        (place_of(uncalled.override),),
    )


def _missed(module: LintedModule) -> Iterator[Finding]:
    for test_class, missing in module.missing_by(Cause.SKIPPED):
        if missing.writer is None or missing.culprit is None:
            continue
        yield Finding(
            _position(test_class, missing),
            {
                "hook": missing.culprit.node.name,
                "failing": _failing(test_class, missing),
                "and_then": f"so `self.{missing.attribute}` ({place_of(missing.writer)}) is missing",
                "stops": counted_tests(missing.tests),
            },
            (place_of(missing.writer), place_of(missing.culprit)),
            called_parent(test_class, missing, module.classes.names),
        )


def _position(test_class: TestClass, missing: MissingAttribute) -> Position:
    """The override if it is in this file, since that is what a person would mend."""
    if missing.culprit is not None and missing.culprit.module is test_class.definition.module:
        return missing.culprit.node.at
    return read_position(test_class, missing)


def _failing(test_class: TestClass, missing: MissingAttribute) -> str:
    culprit = missing.culprit
    if culprit is not None and culprit.node.is_async and not _is_awaited(test_class, culprit.node.name):
        return "is async and never awaited"
    return f"does not call `super().{missing.writer.node.name if missing.writer else ''}()`"


def _is_awaited(test_class: TestClass, name: str) -> bool:
    runner = test_class.runner
    hooks = runner.hooks if isinstance(runner, Runner) else ()
    return name.startswith("async") or any(hook.name == name and hook.is_awaited for hook in hooks)
