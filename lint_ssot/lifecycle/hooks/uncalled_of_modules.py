"""Functions of a module that look like its hooks, and that nobody calls."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Name
from lint_ssot.facts.statements import Function
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.definitions import FunctionDefinition, Module
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.collecting.collection import Collection
from lint_ssot.lifecycle.hooks.lookalikes import NOSE, Reason, UncalledHook
from lint_ssot.lifecycle.invocation import Invocation, Program
from lint_ssot.lifecycle.runners import FUNCTIONS, TESTCASE

_OF_PYTEST = frozenset(hook.name for hook in FUNCTIONS.hooks)
_OF_UNITTEST = frozenset(hook.name for hook in TESTCASE.hooks)
# What a person had in mind, with case and underscores taken away.
_INTENDED = frozenset(
    f"{prefix}{step}{suffix}"
    for prefix in ("", "async")
    for step in ("setup", "teardown")
    for suffix in ("module", "function")
)


def uncalled_module_hooks(module: Module, names: Names, collection: Collection) -> Iterator[UncalledHook]:
    """The functions of the module that look like hooks of it, where neither the runner nor the module calls them."""
    invocation = collection.invocation
    if not invocation.is_certain or not (collection.test_classes() or collection.test_functions()):
        return
    for statement in module.facts.body:
        if not isinstance(statement, Function) or not _looks_like_a_hook(statement, invocation):
            continue
        function = names.lookup(module, statement.name)
        if isinstance(function, FunctionDefinition) and function.node is statement and not _is_named(module, statement):
            yield UncalledHook(function, _reason(statement.name))


def _looks_like_a_hook(function: Function, invocation: Invocation) -> bool:
    is_pytest = invocation.program is Program.PYTEST
    called = _OF_PYTEST if is_pytest else _OF_UNITTEST
    if function.name in called or function.name in invocation.extra_hooks:
        return False
    if function.decorators or not function.body or len(function.parameters) > 1:
        return False
    if function.name in NOSE:
        return is_pytest and not invocation.may_be_before_pytest_8
    return function.name.lower().replace("_", "") in _INTENDED


def _is_named(module: Module, function: Function) -> bool:
    """Whether anything in the module speaks of it: a call, a decorator, an assignment."""
    return any(
        isinstance(part, Name) and part.id == function.name
        for statement in statements_of_all(module.facts.body)
        for expression in expressions(statement)
        for part in subexpressions(expression)
    )


def _reason(name: str) -> Reason:
    if name in NOSE:
        return Reason.NOSE
    return Reason.ONLY_PYTEST if name in _OF_PYTEST else Reason.NOBODY
