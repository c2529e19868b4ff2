"""The functions of a module that its runner calls by itself, before and after its tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lint_ssot.graph.definitions import FunctionDefinition, Module
from lint_ssot.graph.names import Names
from lint_ssot.lifecycle.choice import runner_of_functions
from lint_ssot.lifecycle.collection import Collection
from lint_ssot.lifecycle.fixtures import is_fixture_decorated
from lint_ssot.lifecycle.invocation import Program
from lint_ssot.lifecycle.kinds import Kind, kind_of
from lint_ssot.lifecycle.runners import TESTCASE, Hook, Passes, Receiver, Runner


@dataclass(frozen=True, slots=True)
class ModuleHook:
    """A function of the module that the runner calls."""

    hook: Hook
    function: FunctionDefinition
    kind: Kind
    runner: Runner


def module_hooks(module: Module, names: Names, collection: Collection) -> Iterator[ModuleHook]:
    """The hooks among the functions that the module itself defines, in call order.

    Without tests nobody calls them, and `setup_function` is for test functions alone.
    """
    has_functions = bool(collection.test_functions())
    if not has_functions and not collection.test_classes():
        return
    is_pytest = collection.invocation.program is Program.PYTEST
    runner = runner_of_functions(collection.invocation) if is_pytest else TESTCASE
    for hook in runner.hooks:
        if hook.receiver is not Receiver.MODULE or (hook.name.endswith("_function") and not has_functions):
            continue
        function = _called(module, names, hook)
        if function is not None:
            # pytest offers the module to unittest's hooks, too
            called = replace(hook, passes=Passes.OFFERED) if is_pytest else hook
            yield ModuleHook(called, function, kind_of(function, names), runner)


def _called(module: Module, names: Names, hook: Hook) -> FunctionDefinition | None:
    if hook.unless is not None and isinstance(names.lookup(module, hook.unless), FunctionDefinition):
        return None
    found = names.lookup(module, hook.name)
    if not isinstance(found, FunctionDefinition) or found.module is not module or is_fixture_decorated(found):
        return None
    return found
