"""Cures of tests that cannot be called as they are declared."""

from __future__ import annotations

from lint_ssot.cure import AddParameter, Cure
from lint_ssot.lifecycle.misdeclared_tests import MisdeclaredTest


def given_self(found: MisdeclaredTest) -> tuple[Cure, ...]:
    """`self` for a test that does not take it; which mock one forgets, and how it would be called, nobody can know."""
    path = found.function.module.path
    if path is None or not found.lacks_self:
        return ()
    return (
        Cure(f"Let `{found.function.node.name}` take `self`", path, (AddParameter(found.function.node.at, "self"),)),
    )
