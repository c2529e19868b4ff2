"""LSS407 tells test classes that no runner can run."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.graph.definitions import Origin
from lint_ssot.lifecycle.collecting.uncollected import unrunnable_classes
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_in
from lint_ssot.rule import rule


@rule("LSS407", message="`{test_class}` {fault}{aside}", since="0.1")
def uncollected_test_class(module: LintedModule) -> Iterator[Finding]:
    """Checks for test classes that are not collected, or whose objects cannot be made."""
    for found in unrunnable_classes(module.module, module.classes, module.collection, module.test_classes):
        blamed = found.blamed.module
        is_elsewhere = blamed is not module.module and blamed.origin is Origin.PROJECT
        place = place_in(blamed, found.blamed.node.at)
        yield Finding(
            found.definition.node.at,
            {
                "test_class": found.definition.node.name,
                "fault": found.fault,
                "aside": f" ({place})" if is_elsewhere else "",
            },
            (place,),
        )
