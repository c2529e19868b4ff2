"""LSS403 tells awaits of a parent's hook that returns None."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.cures.parents import unawaited_parent
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.functions.signatures import is_called_as_written
from lint_ssot.lifecycle.hooks.lookalikes import REAL
from lint_ssot.lifecycle.hooks.parent_calls import returns_nothing
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_of
from lint_ssot.rule import rule


@rule(
    "LSS403",
    message="`await super().{hook}()`{aside}: the parent's `{hook}`{place} is not async and returns None",
    since="0.1",
)
def awaited_sync_parent(module: LintedModule) -> Iterator[Finding]:
    """Checks for awaits of a parent's method that returns None."""
    for call in module.parent_calls:
        target = call.target
        if not call.is_awaited or not isinstance(target, FunctionDefinition):
            continue
        if kind_of(target, module.classes.names) is Kind.PLAIN and _is_known_to_return_nothing(target):
            place = "" if call.aside else f" ({place_of(target)})"
            values = {"hook": call.name, "aside": call.aside, "place": place}
            cures = () if call.aside else unawaited_parent(call)
            yield Finding(call.told_at, values, (place_of(target),), cures)


def _is_known_to_return_nothing(target: FunctionDefinition) -> bool:
    """A stub states what the hooks of its classes return, not what their other methods do."""
    if target.module.origin is Origin.PROJECT:
        return is_called_as_written(target) and returns_nothing(target)
    return target.module.origin is Origin.WELL_KNOWN and target.node.name in REAL and returns_nothing(target)
