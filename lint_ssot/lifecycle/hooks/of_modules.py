"""The functions of a module that its runner calls by itself, before and after its tests."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.values import dataclass, replace
from lint_ssot.graph.definitions import FunctionDefinition, Module
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.choice import runner_of_functions
from lint_ssot.lifecycle.collecting.collection import Collection
from lint_ssot.lifecycle.fixtures.plans import is_fixture_decorated
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.invocation import Invocation, Program
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
    found = list(_found(module, names, collection.invocation))
    has_functions = bool(found) and bool(collection.test_functions())
    if found and (has_functions or collection.test_classes()):
        yield from (each for each in found if has_functions or not each.hook.name.endswith("_function"))


def _found(module: Module, names: Names, invocation: Invocation) -> Iterator[ModuleHook]:
    is_pytest = invocation.program is Program.PYTEST
    runner = runner_of_functions(invocation) if is_pytest else TESTCASE
    for hook in runner.hooks:
        function = _called(module, names, hook) if hook.receiver is Receiver.MODULE else None
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
