"""Cures for hooks that nobody calls or awaits, or that are not made for the call: another name, another kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lint_ssot.cure import (
    AddParameter,
    Await,
    CallParent,
    Change,
    Cure,
    Decorate,
    DropCall,
    DropParameters,
    MakeAsync,
    MakeSync,
    NameClass,
    Rename,
    RenameCall,
    Unawait,
)
from lint_ssot.facts.values import replace
from lint_ssot.graph.classes.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.cures.calls import super_calls, sync_parents
from lint_ssot.lifecycle.cures.isolation import isolation
from lint_ssot.lifecycle.cures.parents import TEARDOWNS, calling
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.functions.signatures import is_called_as_written, positionals
from lint_ssot.lifecycle.hooks.lookalikes import Reason, UncalledHook
from lint_ssot.lifecycle.hooks.misdeclared import Misdeclared
from lint_ssot.lifecycle.runners import Hook, Passes

_AWAITED = {"setUp": "asyncSetUp", "tearDown": "asyncTearDown"}
_OF_TESTCASES = {
    "setup": "setUp",
    "setupmethod": "setUp",
    "setupclass": "setUpClass",
    "teardown": "tearDown",
    "teardownmethod": "tearDown",
    "teardownclass": "tearDownClass",
}
_OF_PYTEST = {
    "setup": "setup_method",
    "setupmethod": "setup_method",
    "setupclass": "setup_class",
    "teardown": "teardown_method",
    "teardownmethod": "teardown_method",
    "teardownclass": "teardown_class",
}


def awaited_hook(timeline: Timeline, function: FunctionDefinition) -> tuple[Cure, ...]:
    """For an async hook that is not awaited: the one that is, or no `async`."""
    return tuple(_awaited(timeline, function))


def _awaited(timeline: Timeline, function: FunctionDefinition) -> Iterator[Cure]:
    hierarchy, classes = timeline.test_class.hierarchy, timeline.classes
    family = _family(hierarchy, function, classes, only_async=True)
    path = function.module.path
    if not family or path is None:
        return
    counterpart = _AWAITED.get(function.node.name)
    if counterpart is not None and _is_free(counterpart, family, classes):
        moved = tuple(change for each in family for change in _moved(each, counterpart))
        base = isolation(timeline.test_class, classes)
        if timeline.runner.hook(counterpart) is not None:
            yield Cure(f"Rename `{function.node.name}` to `{counterpart}`, which is awaited", path, moved)
        elif base is not None and base[0] is function.module:
            yield from made_sync(family, hierarchy, classes)
            yield Cure(f"Stand on `IsolatedAsyncioTestCase`, which awaits `{counterpart}`", path, (base[1], *moved))
            return
    yield from made_sync(family, hierarchy, classes)


def _moved(function: FunctionDefinition, name: str) -> Iterator[Change]:
    """The hook under the name of one that is awaited, its parents' awaited under that name, too."""
    yield Rename(function.node.at, name)
    for call in super_calls(function):
        if call.name == function.node.name:
            yield RenameCall(call.at, name)
            if not call.is_awaited:
                yield Await(call.at)


def made_sync(family: tuple[FunctionDefinition, ...], hierarchy: Hierarchy, classes: Classes) -> Iterator[Cure]:
    """No `async` where nothing is awaited but parents that are not async, or no longer are."""
    path = family[0].module.path
    if path is None:
        return
    changes: list[Change] = []
    for function in family:
        known = {call.at for call in sync_parents(function, hierarchy, classes.names)}
        known |= {call.at for call in super_calls(function) if call.is_awaited and call.name == function.node.name}
        changes += (MakeSync(function.node.at, tuple(sorted(known))), *map(Unawait, sorted(known)))
    yield Cure(f"Make `{family[0].node.name}` a plain `def`", path, tuple(changes))


def module_hook_made_sync(function: FunctionDefinition) -> tuple[Cure, ...]:
    """For an async function that pytest calls for the module."""
    path = function.module.path
    if path is None:
        return ()
    return (Cure(f"Make `{function.node.name}` a plain `def`", path, (MakeSync(function.node.at),)),)


def called_hook(timeline: Timeline, uncalled: UncalledHook) -> tuple[Cure, ...]:
    """For a method that nobody calls: the name of the hook that was meant, if its runner has it."""
    function, classes = uncalled.function, timeline.classes
    hierarchy = timeline.test_class.hierarchy
    family = _family(hierarchy, function, classes)
    path, name = function.module.path, _meant(timeline, function)
    if path is None or name is None or not family or not _is_free(name, family, classes):
        return ()
    is_safe = uncalled.reason is not Reason.NOBODY and function.module is timeline.test_class.definition.module
    if any(each.node.is_async for each in family):
        return tuple(_called_async(timeline, family, path, is_safe=is_safe))
    changes = [change for each in family for change in _renamed(each, name, timeline)]
    return (Cure(f"Rename `{function.node.name}` to `{name}`", path, tuple(changes), is_safe),)


def _called_async(
    timeline: Timeline, family: tuple[FunctionDefinition, ...], path: Path, *, is_safe: bool
) -> Iterator[Cure]:
    """`asyncSetUp` and the like, where something awaits them."""
    counterpart = _AWAITED.get(_OF_TESTCASES.get(_word(family[0].node.name), ""))
    if counterpart is None or not timeline.runner.is_testcase or not all(each.node.is_async for each in family):
        return
    name = family[0].node.name
    moved = () if name == counterpart else tuple(change for each in family for change in _moved(each, counterpart))
    if timeline.runner.hook(counterpart) is not None and moved:
        yield Cure(f"Rename `{name}` to `{counterpart}`", path, moved, is_safe)
    base = isolation(timeline.test_class, timeline.classes)
    if base is not None and base[0] is family[0].module:
        yield Cure(
            f"Stand on `IsolatedAsyncioTestCase`, which awaits `{counterpart}`", path, (base[1], *moved), is_safe
        )


def _renamed(function: FunctionDefinition, name: str, timeline: Timeline) -> Iterator[Change]:
    """The hook under another name, made for the call of its runner, its calls of parents likewise."""
    at = function.node.at
    if name.endswith(("Class", "_class")) and binding_of(function) is Binding.INSTANCE:
        yield Decorate(at, "classmethod")
        yield NameClass(at)
    yield Rename(at, name)
    if len(positionals(function.node)) > 1 and timeline.runner.is_testcase:
        yield DropParameters(at)
    hierarchy = timeline.test_class.hierarchy
    calls = [call for call in super_calls(function) if call.name == function.node.name]
    if not calls:
        yield from _calling_another(function, name, timeline)
    has_parent = any(hierarchy.find(each, after=function.owner) is not None for each in (function.node.name, name))
    for call in calls:
        yield RenameCall(call.at, name) if has_parent else DropCall(call.at)


def _calling_another(function: FunctionDefinition, name: str, timeline: Timeline) -> Iterator[Change]:
    """The call of a parent's hook that the new name would keep from running."""
    parent, hook = timeline.test_class.hierarchy.find(name, after=function.owner), timeline.runner.hook(name)
    if hook is None or not isinstance(parent, FunctionDefinition) or parent.module.origin is not Origin.PROJECT:
        return
    for change in calling(function, parent, hook) or ():
        yield replace(change, is_last=hook.phase in TEARDOWNS) if isinstance(change, CallParent) else change


def _meant(timeline: Timeline, function: FunctionDefinition) -> str | None:
    """The name of the runner's hook that the method was meant to be."""
    table = _OF_TESTCASES if timeline.runner.is_testcase else _OF_PYTEST
    name = table.get(_word(function.node.name))
    return name if name is not None and timeline.runner.hook(name) is not None else None


def _word(name: str) -> str:
    """`async_setup_method` → `setupmethod`."""
    return name.lower().replace("_", "").removeprefix("async").removesuffix("async")


def _family(
    hierarchy: Hierarchy, function: FunctionDefinition, classes: Classes, *, only_async: bool = False
) -> tuple[FunctionDefinition, ...]:
    """The function and all of its name that the project has above it; none if they are not of one file."""
    members = (classes.members(owner).get(function.node.name) for owner in hierarchy.classes)
    family = tuple(
        member
        for member in members
        if isinstance(member, FunctionDefinition)
        and member.module.origin is Origin.PROJECT
        and (member.node.is_async or not only_async)
    )
    kinds = {kind_of(member, classes.names) for member in family}
    is_one_file = all(member.module is function.module for member in family)
    return family if is_one_file and kinds <= {Kind.PLAIN, Kind.COROUTINE} else ()


def _is_free(name: str, family: tuple[FunctionDefinition, ...], classes: Classes) -> bool:
    return not any(
        name != each.node.name and name in classes.members(each.owner) for each in family if each.owner is not None
    )


def declared_hook(misdeclared: Misdeclared) -> tuple[Cure, ...]:
    """For a hook that cannot be called as it is: a classmethod, `async`, the parameter that it is given."""
    function, hook = misdeclared.function, misdeclared.hook
    path = function.module.path
    if path is None or not is_called_as_written(function) or function.node.is_generator:
        return ()
    at = function.node.at
    if hook.must_be_async and not function.node.is_async:
        parents = (call for call in super_calls(function) if call.name == hook.name and not call.is_awaited)
        changes: tuple[Change, ...] = (MakeAsync(at), *(Await(call.at, is_becoming_async=True) for call in parents))
        return (Cure(f"Make `{hook.name}` async", path, changes),)
    if hook.must_be_classmethod and binding_of(function) is Binding.INSTANCE:
        return (Cure(f"Make `{hook.name}` a classmethod", path, (Decorate(at, "classmethod"), NameClass(at))),)
    return tuple(_taking_the_method(hook, function, path))


def _taking_the_method(hook: Hook, function: FunctionDefinition, path: Path) -> Iterator[Cure]:
    if hook.passes is Passes.REQUIRED and len(positionals(function.node)) == 1:
        yield Cure(f"Let `{hook.name}` take the `method`", path, (AddParameter(function.node.at, "method"),))
