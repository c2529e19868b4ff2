"""LSS406 tells hooks that the runner calls and that are not made for it."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.cure import Cure
from lint_ssot.diagnostic import Finding
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.cures.hooks import declared_hook
from lint_ssot.lifecycle.hooks.misdeclared import (
    hidden_fixtures,
    misdeclared_hooks,
    misdeclared_module_hooks,
    misfit_parent_calls,
)
from lint_ssot.lifecycle.hooks.of_modules import module_hooks
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import aside, function_position, place_of
from lint_ssot.rule import rule


@rule("LSS406", message="`{hook}`{aside} {fault}", since="0.1")
def misdeclared_hook(module: LintedModule) -> Iterator[Finding]:
    """Checks for hooks that fail, or do nothing, the way the runner calls them."""
    names = module.classes.names
    for timeline in module.timelines:
        for function, fault, cures in _of_class(module, timeline):
            test_class = timeline.test_class
            where = aside(test_class, function.module, function.node.at)
            values = {"hook": function.node.name, "aside": where, "fault": fault}
            yield Finding(function_position(test_class, function), values, (place_of(function),), cures)
    for found in misdeclared_module_hooks(module_hooks(module.module, names, module.collection)):
        function = found.function
        values = {"hook": function.node.name, "aside": "", "fault": found.fault}
        yield Finding(function.node.at, values, cures=declared_hook(found))
    reached = frozenset(function for timeline in module.timelines for function in timeline.reached)
    for call, target in misfit_parent_calls(module.parent_calls, reached):
        fault = f"does not fit the parent's `{call.name}` ({place_of(target)}): TypeError"
        values = {"hook": f"super().{call.name}(…)", "aside": call.aside, "fault": fault}
        yield Finding(call.told_at, values, (place_of(target),))


def _of_class(module: LintedModule, timeline: Timeline) -> Iterator[tuple[FunctionDefinition, str, tuple[Cure, ...]]]:
    names, project = module.classes.names, module.project
    for found in misdeclared_hooks(timeline, names, project.requires_python, module.settings.extra_hooks):
        yield found.function, found.fault, declared_hook(found)
    if timeline.runner.runs_fixtures:
        for fixture in hidden_fixtures(timeline.test_class, module.classes, project.pytest.minimum_version):
            yield fixture, "is no fixture: pytest does not look below `@classmethod`", ()
