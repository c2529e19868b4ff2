"""Cures for calls of parents: one that is missing, not awaited, awaited in vain, or of nobody."""

from __future__ import annotations

from pathlib import Path

from lint_ssot import cure
from lint_ssot.cure import AddParameter, CallFirst, CallParent, Change, Cure, DropCall, MakeSync, Unawait
from lint_ssot.facts.expressions import Await, Call, Position
from lint_ssot.facts.statements import Evaluate, Statement
from lint_ssot.facts.values import replace
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.assigned import MissingAttribute
from lint_ssot.lifecycle.assignment.timeline import Timeline
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.cures.calls import calls_by_name, super_calls
from lint_ssot.lifecycle.declared.shadows import ShadowedBase
from lint_ssot.lifecycle.fixtures.definitions import fixture_of
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.kinds import Kind, kind_of
from lint_ssot.lifecycle.functions.signatures import is_called_as_written, positionals
from lint_ssot.lifecycle.hooks.parent_calls import ParentCall
from lint_ssot.lifecycle.runners import Hook, Passes, Phase, Runner

TEARDOWNS = (Phase.TEARDOWN, Phase.CLASS_TEARDOWN)


def called_parent(test_class: TestClass, missing: MissingAttribute, names: Names) -> tuple[Cure, ...]:
    """Call the hook that an override skips: a setup first of all, a teardown last; else the other way round."""
    return () if missing.culprit is None else _chained(test_class, missing.culprit, names)


def chained_base(timeline: Timeline, shadowed: ShadowedBase) -> tuple[Cure, ...]:
    """Let a base that hides the hooks of the next one call them, if it is one hook."""
    if len(shadowed.hooks) != 1:
        return ()
    member = timeline.members(shadowed.shadower).get(shadowed.hooks[0].node.name)
    if not isinstance(member, FunctionDefinition):
        return ()
    is_near = member.module is timeline.test_class.definition.module
    cures = _chained(timeline.test_class, member, timeline.classes.names)
    return tuple(replace(each, is_safe=is_near) for each in cures)


def _chained(test_class: TestClass, culprit: FunctionDefinition, names: Names) -> tuple[Cure, ...]:
    runner, path = test_class.runner, culprit.module.path
    if culprit.owner is None or path is None or not isinstance(runner, Runner):
        return ()
    hook = runner.hook(culprit.node.name)
    target = test_class.hierarchy.find(culprit.node.name, after=culprit.owner)
    if hook is None or not isinstance(target, FunctionDefinition) or not _fit(culprit, target, hook, names):
        return ()
    changes = calling(culprit, target, hook, is_awaited=kind_of(target, names) is Kind.COROUTINE)
    is_last = hook.phase in TEARDOWNS
    return () if changes is None else tuple(_calling_cure(path, changes, each) for each in (is_last, not is_last))


def chaining(culprit: FunctionDefinition, target: FunctionDefinition, hook: Hook, names: Names) -> tuple[Change, ...]:
    """The call of the parent's hook where it is missing: a teardown last, all else first; none where it cannot be."""
    if not _fit(culprit, target, hook, names):
        return ()
    changes = calling(culprit, target, hook, is_awaited=kind_of(target, names) is Kind.COROUTINE) or ()
    is_last = hook.phase in TEARDOWNS
    return tuple(replace(each, is_last=is_last) if isinstance(each, CallParent) else each for each in changes)


def _fit(culprit: FunctionDefinition, target: FunctionDefinition, hook: Hook, names: Names) -> bool:
    """Whether the one can call the other by `super()`, and does not do so already."""
    kind, parent = kind_of(culprit, names), kind_of(target, names)
    bindings = {binding_of(culprit), binding_of(target)}
    return (
        culprit.module.origin is Origin.PROJECT
        and kind in (Kind.PLAIN, Kind.COROUTINE)
        and (kind is Kind.PLAIN or hook.is_awaited)
        and (parent is Kind.PLAIN or (parent is Kind.COROUTINE and kind is Kind.COROUTINE))
        and (bindings == {Binding.INSTANCE} or bindings == {Binding.CLASS})
        and fixture_of(culprit, names) is None
        and fixture_of(target, names) is None
        and not calls_by_name(culprit, culprit.node.name)
    )


def calling(
    culprit: FunctionDefinition, target: FunctionDefinition, hook: Hook, *, is_awaited: bool = False
) -> tuple[Change, ...] | None:
    """The call of the parent's hook, with what that wants to be given; None if the override has nothing to give."""
    wanted = positionals(target.node)[1:]
    own = tuple(each.name for each in positionals(culprit.node)[1:]) if is_called_as_written(culprit) else ()
    at, name = culprit.node.at, hook.name
    required = sum(each.default is None for each in wanted)
    if any(each.kind == "keyword" and each.default is None for each in target.node.parameters):
        return None
    if required <= len(own):
        return (CallParent(at, name, own[: len(wanted)], is_awaited),)
    if required == 1 and hook.passes is not Passes.NOTHING and is_called_as_written(culprit):
        given = wanted[0].name
        return AddParameter(at, given), CallParent(at, name, (given,), is_awaited)
    return None


def _calling_cure(path: Path, changes: tuple[Change, ...], is_last: bool) -> Cure:
    *before, call = changes
    assert isinstance(call, CallParent)
    written = f"{'await ' if call.is_awaited else ''}super().{call.name}({', '.join(call.arguments)})"
    title = f"Call `{written}` {'last' if is_last else 'first'}"
    return Cure(title, path, (*before, replace(call, is_last=is_last)))


def awaited_parent(call: ParentCall) -> tuple[Cure, ...]:
    """`await` before a call that makes a coroutine; where nobody may await, no `async` before what is called."""
    path, target = call.function.module.path, call.target
    if path is None or not isinstance(target, FunctionDefinition):
        return ()
    if call.function.node.is_async:
        return (Cure(f"Await `super().{call.name}()`", path, (cure.Await(call.at),)),)
    if call.name.startswith("async") or target.module.path is None:
        return ()
    is_safe = target.module is call.function.module
    return (Cure(f"Make `{call.name}` a plain `def`", target.module.path, (MakeSync(target.node.at),), is_safe),)


def unawaited_parent(call: ParentCall) -> tuple[Cure, ...]:
    """No `await` before a call that gives None."""
    path = call.function.module.path
    return () if path is None else (Cure(f"Call `super().{call.name}()` without `await`", path, (Unawait(call.at),)),)


def earlier_parent(function: FunctionDefinition) -> tuple[Cure, ...]:
    """The one call of the parent's hook before what reads what that assigns."""
    path, name = function.module.path, function.node.name
    calls = [call for call in super_calls(function) if call.name == name]
    if path is None or len(calls) != 1 or function.module.origin is not Origin.PROJECT:
        return ()
    (call,) = calls
    if not any(_is_call_at(statement, call.at) for statement in function.node.body[1:]):
        return ()
    written = f"{'await ' if call.is_awaited else ''}super().{name}()"
    return (Cure(f"Call `{written}` first", path, (CallFirst(function.node.at, call.at),), is_safe=False),)


def _is_call_at(statement: Statement, at: Position) -> bool:
    """Whether a statement is nothing but that call, without arguments that could be made before it."""
    match statement:
        case Evaluate(value=Call(arguments=()) as call) | Evaluate(value=Await(value=Call(arguments=()) as call)):
            return call.at == at
    return False


def dropped_parent(call: ParentCall) -> tuple[Cure, ...]:
    """No call of what no base has."""
    path = call.function.module.path
    return () if path is None else (Cure(f"Drop `super().{call.name}()`", path, (DropCall(call.at),), is_safe=False),)
