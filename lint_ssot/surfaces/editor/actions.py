"""Quick fixes: the same edits that `lint-ssot fix` makes, offered where a finding stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lint_ssot.diagnostic import Diagnostic
from lint_ssot.surfaces.editor.protocol import Positions, text_edit_of


def actions_for(
    uri: str, text: str, found: Sequence[Diagnostic], shown: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The actions that mend findings; `shown` are the diagnostics that the editor knows, of any plug-in."""
    if not any(each.cures for each in found):
        return []
    # libcst takes a while
    from lint_ssot.fixes.derive import fixes_for

    positions = Positions(text)
    mended: set[Diagnostic] = set()
    actions = []
    for fix in fixes_for(text, found):
        is_first = fix.diagnostic not in mended
        mended.add(fix.diagnostic)
        actions.append(
            {
                "title": fix.title if fix.is_safe else f"{fix.title} (look at it)",
                "kind": "quickfix",
                "diagnostics": [each for each in shown if _is_about(each, fix.diagnostic)],
                "isPreferred": fix.is_safe and is_first,
                "edit": {"changes": {uri: [text_edit_of(edit, positions) for edit in fix.edits]}},
            }
        )
    return actions


def _is_about(shown: Mapping[str, Any], found: Diagnostic) -> bool:
    """Whether an editor's diagnostic is this finding: by its words, for columns are counted in many ways."""
    is_near = shown.get("range", {}).get("start", {}).get("line") == found.line - 1
    return is_near and str(shown.get("message", "")).endswith(f"{found.code} {found.text}")
