"""LSS401 tells async hooks that the runner does not await."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.fixtures import autouse_fixture
from lint_ssot.lifecycle.cures.hooks import awaited_hook, module_hook_made_sync
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.hooks.misdeclared import unawaited_hooks
from lint_ssot.lifecycle.hooks.of_modules import module_hooks
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import aside, caller_name, function_position, place_of
from lint_ssot.rule import rule


@rule("LSS401", message="`{hook}`{aside} is async: {runner} calls it and drops the coroutine", since="0.1")
def unawaited_hook(module: LintedModule) -> Iterator[Finding]:
    """Checks for async hooks that the runner calls and does not await."""
    names = module.classes.names
    for timeline in module.timelines:
        test_class = timeline.test_class
        for hook, function in unawaited_hooks(timeline, names):
            yield Finding(
                function_position(test_class, function),
                {
                    "hook": function.node.name,
                    "aside": aside(test_class, function.module, function.node.at),
                    "runner": caller_name(hook, timeline.runner),
                },
                (place_of(function),),
                (
                    *awaited_hook(timeline, function),
                    *autouse_fixture(timeline, function, module.project, module.collection.invocation),
                ),
            )
    for each in module_hooks(module.module, names, module.collection):
        if each.kind is Kind.COROUTINE:
            caller = caller_name(each.hook, each.runner)
            values = {"hook": each.function.node.name, "aside": "", "runner": caller}
            yield Finding(each.function.node.at, values, cures=module_hook_made_sync(each.function))
