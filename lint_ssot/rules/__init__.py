"""What we hold against it: one file, one rule."""

from __future__ import annotations

from lint_ssot.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = ()
