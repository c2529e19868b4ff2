"""What we hold against it: one file, one rule."""

from __future__ import annotations

from lint_ssot.rule import Rule
from lint_ssot.rules.lss001 import undefined_declared_base
from lint_ssot.rules.lss101 import stray_test_class
from lint_ssot.rules.lss102 import missing_base_class
from lint_ssot.rules.lss103 import forked_base_class
from lint_ssot.rules.lss104 import shadowed_base_hooks
from lint_ssot.rules.lss105 import detoured_base_import
from lint_ssot.rules.lss201 import unassigned_attribute
from lint_ssot.rules.lss202 import unreached_assignment
from lint_ssot.rules.lss203 import skipped_base_hook
from lint_ssot.rules.lss204 import early_read
from lint_ssot.rules.lss205 import order_dependent_attribute
from lint_ssot.rules.lss206 import partial_assignment
from lint_ssot.rules.lss207 import lost_assignment
from lint_ssot.rules.lss208 import missing_test_api
from lint_ssot.rules.lss401 import unawaited_hook
from lint_ssot.rules.lss402 import uncalled_hook
from lint_ssot.rules.lss403 import awaited_sync_parent
from lint_ssot.rules.lss404 import unawaited_parent
from lint_ssot.rules.lss405 import unawaited_test
from lint_ssot.rules.lss410 import missing_parent_hook

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    undefined_declared_base,
    stray_test_class,
    missing_base_class,
    forked_base_class,
    shadowed_base_hooks,
    detoured_base_import,
    unassigned_attribute,
    unreached_assignment,
    skipped_base_hook,
    early_read,
    order_dependent_attribute,
    partial_assignment,
    lost_assignment,
    missing_test_api,
    unawaited_hook,
    uncalled_hook,
    awaited_sync_parent,
    unawaited_parent,
    unawaited_test,
    missing_parent_hook,
)
