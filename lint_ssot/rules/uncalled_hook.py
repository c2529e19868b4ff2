"""LSS402 tells methods and functions that look like hooks and that nobody calls."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.fixtures import autouse_fixture
from lint_ssot.lifecycle.cures.hooks import called_hook
from lint_ssot.lifecycle.hooks.lookalikes import uncalled_hooks
from lint_ssot.lifecycle.hooks.uncalled_of_modules import uncalled_module_hooks
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import aside, function_position, place_of
from lint_ssot.rule import rule


@rule("LSS402", message="`{hook}`{aside} never runs: {reason}", since="0.1")
def uncalled_hook(module: LintedModule) -> Iterator[Finding]:
    """Checks for methods and functions that look like hooks and that nobody calls."""
    for timeline in module.timelines:
        for uncalled in uncalled_hooks(timeline.test_class, timeline, module.classes):
            function = uncalled.function
            yield Finding(
                function_position(timeline.test_class, function),
                {
                    "hook": function.node.name,
                    "aside": aside(timeline.test_class, function.module, function.node.at),
                    "reason": uncalled.reason.value,
                },
                (place_of(function),),
                (
                    *called_hook(timeline, uncalled),
                    *autouse_fixture(timeline, function, module.project, module.collection.invocation),
                ),
            )
    for uncalled in uncalled_module_hooks(module.module, module.classes.names, module.collection):
        function = uncalled.function
        values = {"hook": function.node.name, "aside": "", "reason": uncalled.reason.value}
        yield Finding(function.node.at, values)
