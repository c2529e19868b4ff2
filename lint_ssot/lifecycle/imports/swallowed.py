"""Imports that fail inside a guard: what the module goes on with, or that it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lint_ssot.facts.statements import Import, ImportFrom
from lint_ssot.facts.values import replace
from lint_ssot.graph.definitions import Module, Origin
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.imports.guards import (
    Catching,
    bound_names,
    catches,
    flag,
    imports_instead,
    leaves,
    raises_at_last,
    substitute,
)
from lint_ssot.lifecycle.imports.problems import ImportFault, ImportProblem, fitting, shortened
from lint_ssot.lifecycle.imports.walk import FailingImport, Guard


def told(
    failing: FailingImport, others: Sequence[FailingImport], module: Module, names: Names
) -> Iterator[ImportProblem]:
    """What to say of an import that fails, in view of what catches it; `others` are all that fail."""
    failed = frozenset(id(each.statement) for each in others)
    guard = failing.guard
    for problem in failing.problems:
        if guard is None or not _catches(guard, problem) or _is_loud(guard, failed):
            yield problem
        elif not leaves(guard.block) and not _is_optional(failing, guard, problem, module, names):
            instead = _instead(failing, guard, failed)
            if instead is not None:
                name = shortened(problem.name)
                why = fitting(name, instead, instead.replace(" always stands in for it", " stands in"))
                yield replace(problem, fault=ImportFault.SWALLOWED, name=name, why=why)


def _is_loud(guard: Guard, failed: frozenset[int]) -> bool:
    """Whether the handler raises, or what it imports instead fails as well and nothing there catches that."""
    return raises_at_last(guard.block) or any(id(each) in failed for each in guard.block)


def _catches(guard: Guard, problem: ImportProblem) -> bool:
    """A module with a syntax error raises no ImportError."""
    return problem.fault is not ImportFault.BROKEN or catches(guard.type, SyntaxError) is not Catching.NO


def _is_optional(failing: FailingImport, guard: Guard, problem: ImportProblem, module: Module, names: Names) -> bool:
    """Whether the module may be built later, or added by who wants one, or another module of the project stands in."""
    if any(part.startswith("_") for part in problem.name.split(".")):
        return True
    if _is_overlay(failing.statement) and not guard.block:
        return True
    wanted = bound_names(failing.statement)
    return any(_is_own(each, module, names) for each in imports_instead(guard.block, wanted))


def _is_overlay(statement: Import | ImportFrom) -> bool:
    """`from .local import *`: what it has comes on top of what is there, and nothing asks for any of it."""
    return isinstance(statement, ImportFrom) and any(alias.name == "*" for alias in statement.names)


def _is_own(statement: Import | ImportFrom, module: Module, names: Names) -> bool:
    if isinstance(statement, Import):
        found = [names.modules.find(alias.name, module) for alias in statement.names]
    else:
        absolute = names.modules.relative(module, statement.module, statement.level)
        found = [] if absolute is None else [names.modules.find(absolute, module)]
    return any(isinstance(each, Module) and each.origin is Origin.PROJECT for each in found)


def _instead(failing: FailingImport, guard: Guard, failed: frozenset[int]) -> str | None:
    """What holds instead; None in a function that only asks whether something is there."""
    wanted = bound_names(failing.statement)
    stand_in = substitute(guard.block, wanted, failed)
    if stand_in is not None:
        return f"{stand_in} always stands in for it"
    if failing.is_deferred:
        return None
    noted = flag(guard.block)
    return f"{noted} always holds" if noted else "the module always goes on without it"
