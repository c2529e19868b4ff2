"""Cures for what a with statement is given: the decorator that is missing, the other kind of statement."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lint_ssot.cure import (
    Await,
    Change,
    Cure,
    Decorate,
    MakeAsync,
    MakeSync,
    Redecorate,
    RenameCall,
    SwitchWith,
    Unawait,
)
from lint_ssot.facts.expressions import Attribute, Call, Expression
from lint_ssot.facts.statements import With
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.functions.kinds import Kind, own_kind
from lint_ssot.lifecycle.protocols.faults import Fault
from lint_ssot.lifecycle.protocols.problems import WithProblem
from lint_ssot.lifecycle.protocols.protocol import Protocol
from lint_ssot.lifecycle.protocols.uses import ENTERING

_DECORATORS = {
    Kind.GENERATOR: ("contextlib.contextmanager", Protocol.SYNC),
    Kind.ASYNC_GENERATOR: ("contextlib.asynccontextmanager", Protocol.ASYNC),
}

_NAMES = ("contextmanager", "asynccontextmanager")
_STATEMENTS = ("with", "async with")
_ASYNC = {"enterContext": "enterAsyncContext", "enter_context": "enter_async_context"}
_SYNC = {method: other for other, method in _ASYNC.items()}


def decorated_generator(problem: WithProblem, path: Path | None) -> tuple[Cure, ...]:
    """The decorator of contextlib above a generator; with it a statement of the other kind, if it is in `path`."""
    blamed = problem.verdict.blamed
    if not isinstance(blamed, FunctionDefinition) or blamed.module.origin is not Origin.PROJECT:
        return ()
    found = _DECORATORS.get(own_kind(blamed.node))
    home = blamed.module.path
    if found is None or home is None:
        return ()
    decorator, protocol = found
    changes: tuple[Change, ...] = (Decorate(blamed.node.at, decorator),)
    if problem.statement in _STATEMENTS and problem.statement != protocol.value:
        if home != path:
            return ()
        changes = (*changes, SwitchWith((problem.at,)))
    title = f"Decorate `{blamed.node.name}` with `@{decorator.rpartition('.')[2]}`"
    return (Cure(title, home, changes, is_safe=not _is_used_otherwise(blamed)),)


def _is_used_otherwise(generator: FunctionDefinition) -> bool:
    """Whether its own module may iterate over it: calls it anywhere but in a with item or a call that enters it."""
    every, entering = 0, 0
    for statement in statements_of_all(generator.module.facts.body):
        items = tuple(item.value for item in statement.items) if isinstance(statement, With) else ()
        every += sum(_calls(each, generator.node.name) for each in expressions(statement))
        entering += sum(_calls(each, generator.node.name) for each in items)
        entering += sum(_calls_entered(each, generator.node.name) for each in expressions(statement))
    return every > entering


def _calls(expression: Expression, name: str) -> int:
    calls = (part.function for part in subexpressions(expression) if isinstance(part, Call))
    return sum(last_word(function) == name for function in calls)


def _calls_entered(expression: Expression, name: str) -> int:
    calls = (part for part in subexpressions(expression) if isinstance(part, Call))
    entering = (call for call in calls if isinstance(call.function, Attribute) and call.function.attr in ENTERING)
    return sum(_calls(argument.value, name) for call in entering for argument in call.arguments)


def awaited_item(problem: WithProblem, path: Path | None) -> tuple[Cure, ...]:
    """`await` before the call that makes a coroutine of a context manager."""
    if path is None or problem.statement not in _STATEMENTS or not problem.verdict.what.endswith(": await it"):
        return ()
    return (Cure(f"Await `{problem.item}`", path, (Await(problem.at),)),)


def redecorated_generator(problem: WithProblem) -> tuple[Cure, ...]:
    """The other decorator of contextlib, where the generator is of the other kind."""
    blamed = problem.verdict.blamed
    if not isinstance(blamed, FunctionDefinition) or blamed.module.path is None:
        return ()
    decorator, _ = _DECORATORS.get(own_kind(blamed.node), ("", None))
    old = [word for each in blamed.node.decorators if (word := last_word(each)) in _NAMES]
    name = decorator.rpartition(".")[2]
    if not decorator or len(old) != 1 or old[0] is None:
        return ()
    return (Cure(f"Make it `@{name}`", blamed.module.path, (Redecorate(blamed.node.at, old[0], decorator),)),)


def method_of_its_kind(problem: WithProblem) -> tuple[Cure, ...]:
    """`async def __aenter__` and `def __enter__`; a wrong signature is mended by nobody but its author."""
    blamed = problem.verdict.blamed
    if not isinstance(blamed, FunctionDefinition) or blamed.module.path is None or blamed.node.is_generator:
        return ()
    if problem.verdict.what.startswith("must "):
        return ()
    name, at = blamed.node.name, blamed.node.at
    match blamed.node.is_async, name.startswith("__a"):
        case False, True:
            return (Cure(f"Make `{name}` async", blamed.module.path, (MakeAsync(at),)),)
        case True, False:
            return (Cure(f"Make `{name}` a plain `def`", blamed.module.path, (MakeSync(at),)),)
    return ()


def switched_with(problem: WithProblem, mixed_up: Iterable[WithProblem], path: Path | None) -> tuple[Cure, ...]:
    """`with` ↔ `async with`, where all items of the statement want it."""
    if path is None or problem.statement not in _STATEMENTS:
        return ()
    others = tuple(each.at for each in mixed_up if each.at != problem.at)
    other = "async with" if problem.statement == "with" else "with"
    return (Cure(f"Make it `{other}`", path, (SwitchWith((problem.at, *others)),)),)


def entered_otherwise(problem: WithProblem, path: Path | None) -> tuple[Cure, ...]:
    """`enterContext` ↔ `enterAsyncContext`, and the `await` that the latter needs."""
    if path is None:
        return ()
    at, method = problem.at, problem.statement
    match problem.verdict.fault:
        case Fault.NOT_AWAITED:
            return (Cure(f"Await `{method}`", path, (Await(at),)),)
        case Fault.WRONGLY_ENTERED if method in _ASYNC:
            return (Cure(f"Enter it by `{_ASYNC[method]}`", path, (RenameCall(at, _ASYNC[method]), Await(at))),)
        case Fault.WRONGLY_ENTERED if method in _SYNC:
            return (Cure(f"Enter it by `{_SYNC[method]}`", path, (RenameCall(at, _SYNC[method]), Unawait(at))),)
    return ()
