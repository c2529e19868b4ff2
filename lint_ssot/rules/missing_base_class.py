"""LSS102 tells classes whose base does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.declared.absent import absent_bases
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_in
from lint_ssot.rule import rule


@rule("LSS102", message="`{test_class}` stands on `{base}`{aside}, which does not exist", since="0.1")
def missing_base_class(module: LintedModule) -> Iterator[Finding]:
    """Checks for base classes that do not exist."""
    for absent in absent_bases(module.module, module.classes, module.test_classes):
        is_own = absent.owner == absent.definition
        place = place_in(absent.owner.module, absent.expression.at)
        yield Finding(
            absent.expression.at if is_own else absent.definition.node.at,
            {
                "test_class": absent.definition.node.name,
                "base": absent.spelled,
                "aside": "" if is_own else f" ({place})",
            },
            () if is_own else (place,),
        )
