"""LSS404 tells calls of an async parent that nobody awaits."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.cures.parents import awaited_parent
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_of
from lint_ssot.rule import rule


@rule(
    "LSS404",
    message="`super().{hook}()`{aside} is not awaited, so the parent's `{hook}`{place} never runs",
    since="0.1",
)
def unawaited_parent(module: LintedModule) -> Iterator[Finding]:
    """Checks for calls of an async parent's method that nobody awaits."""
    for call in module.parent_calls:
        target = call.target
        if not call.is_dropped or not isinstance(target, FunctionDefinition):
            continue
        if kind_of(target, module.classes.names) is Kind.COROUTINE:
            place = "" if call.aside else f" ({place_of(target)})"
            values = {"hook": call.name, "aside": call.aside, "place": place}
            cures = () if call.aside else awaited_parent(call)
            yield Finding(call.told_at, values, (place_of(target),), cures)
