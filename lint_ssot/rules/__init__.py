"""What we hold against it: one file, one rule."""

from __future__ import annotations

from lint_ssot.rule import Rule
from lint_ssot.rules.awaited_context_manager import awaited_context_manager
from lint_ssot.rules.awaited_sync_parent import awaited_sync_parent
from lint_ssot.rules.broken_module import broken_module
from lint_ssot.rules.circular_import import circular_import
from lint_ssot.rules.conflicting_bases import conflicting_bases
from lint_ssot.rules.decorated_non_generator import decorated_non_generator
from lint_ssot.rules.detoured_base_import import detoured_base_import
from lint_ssot.rules.early_read import early_read
from lint_ssot.rules.forked_base_class import forked_base_class
from lint_ssot.rules.half_context_manager import half_context_manager
from lint_ssot.rules.lost_assignment import lost_assignment
from lint_ssot.rules.misdeclared_hook import misdeclared_hook
from lint_ssot.rules.misdeclared_test import misdeclared_test
from lint_ssot.rules.missing_base_class import missing_base_class
from lint_ssot.rules.missing_module import missing_module
from lint_ssot.rules.missing_name import missing_name
from lint_ssot.rules.missing_parent_hook import missing_parent_hook
from lint_ssot.rules.missing_test_api import missing_test_api
from lint_ssot.rules.mixed_up_with import mixed_up_with
from lint_ssot.rules.not_a_context_manager import not_a_context_manager
from lint_ssot.rules.order_dependent_attribute import order_dependent_attribute
from lint_ssot.rules.partial_assignment import partial_assignment
from lint_ssot.rules.shadowed_base_hooks import shadowed_base_hooks
from lint_ssot.rules.skipped_base_hook import skipped_base_hook
from lint_ssot.rules.stray_test_class import stray_test_class
from lint_ssot.rules.swallowed_import import swallowed_import
from lint_ssot.rules.unassigned_attribute import unassigned_attribute
from lint_ssot.rules.unawaitable_protocol_method import unawaitable_protocol_method
from lint_ssot.rules.unawaited_cleanup import unawaited_cleanup
from lint_ssot.rules.unawaited_fixture import unawaited_fixture
from lint_ssot.rules.unawaited_hook import unawaited_hook
from lint_ssot.rules.unawaited_parent import unawaited_parent
from lint_ssot.rules.unawaited_test import unawaited_test
from lint_ssot.rules.uncalled_hook import uncalled_hook
from lint_ssot.rules.uncalled_method import uncalled_method
from lint_ssot.rules.uncollected_test_class import uncollected_test_class
from lint_ssot.rules.undecorated_fixture import undecorated_fixture
from lint_ssot.rules.undecorated_generator import undecorated_generator
from lint_ssot.rules.undefined_declared_base import undefined_declared_base
from lint_ssot.rules.unreached_assignment import unreached_assignment

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    undefined_declared_base,
    stray_test_class,
    missing_base_class,
    forked_base_class,
    shadowed_base_hooks,
    detoured_base_import,
    conflicting_bases,
    unassigned_attribute,
    unreached_assignment,
    skipped_base_hook,
    early_read,
    order_dependent_attribute,
    partial_assignment,
    lost_assignment,
    missing_test_api,
    uncalled_method,
    not_a_context_manager,
    undecorated_generator,
    mixed_up_with,
    half_context_manager,
    decorated_non_generator,
    unawaitable_protocol_method,
    awaited_context_manager,
    unawaited_hook,
    uncalled_hook,
    awaited_sync_parent,
    unawaited_parent,
    unawaited_test,
    misdeclared_hook,
    uncollected_test_class,
    unawaited_fixture,
    unawaited_cleanup,
    missing_parent_hook,
    undecorated_fixture,
    misdeclared_test,
    missing_module,
    missing_name,
    swallowed_import,
    circular_import,
    broken_module,
)
