"""What is wrong with the with statements and awaits of a module, told where they stand."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Call, Position
from lint_ssot.facts.values import dataclass, replace
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.functions.excuses import has_never_run
from lint_ssot.lifecycle.protocols.bodies import Body, bodies, inherited_bodies
from lint_ssot.lifecycle.protocols.definitions import faulty_definitions
from lint_ssot.lifecycle.protocols.expectations import expected_to_fail, functions_around
from lint_ssot.lifecycle.protocols.faults import Fault, Verdict, verdict_on, verdict_on_awaited
from lint_ssot.lifecycle.protocols.protocol import Protocol
from lint_ssot.lifecycle.protocols.receivers import method_scope
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.spelling import spelled
from lint_ssot.lifecycle.protocols.teaching import may_be_taught
from lint_ssot.lifecycle.protocols.tolerance import asked_about, assigned_attributes, is_tolerated, prefixes, replaced
from lint_ssot.lifecycle.protocols.uses import PUSHING, Awaiting, Entering, Fate, Use, handed_on
from lint_ssot.lifecycle.protocols.values import ClassObject, Instance, Value
from lint_ssot.lifecycle.standing import place_in

# told at the definition, wherever that file is linted; at a use only if it is another file's
_TOLD_AT_DEFINITION = (Fault.BROKEN_METHOD, Fault.DECORATED_NON_GENERATOR)
# the modules whose methods enter the context manager they are given
_ENTERING_MODULES = ("unittest.case", "unittest.async_case", "contextlib")


@dataclass(frozen=True, slots=True)
class WithProblem:
    """A with item, an await, a call that enters its argument, or a definition, and what is wrong with it.

    `item` is what is used, as it is written, and `statement` what needs the protocol; both are empty for a definition.
    `aside` names the place of what is to blame, if that is in another file.
    """

    at: Position
    verdict: Verdict
    item: str = ""
    statement: str = ""
    aside: str = ""

    def values(self, *names: str) -> dict[str, str]:
        """What stands for these placeholders in a message."""
        all_values = {
            "name": self.verdict.name,
            "what": self.verdict.what,
            "item": self.item,
            "statement": self.statement,
            "aside": self.aside,
        }
        return {name: all_values[name] for name in names}


# a problem, and the names of what would have to be expected to fail for it not to count
_Named: TypeAlias = tuple[frozenset[str], WithProblem]


def with_problems(
    inferring: Inferring, module: Module, collected: Iterable[ClassDefinition]
) -> tuple[WithProblem, ...]:
    """Every problem of the module's own statements and definitions, and of what its test classes inherit.

    Each place has one; a class that lacks half a protocol is told where it is used, if the module does so.
    """
    if has_never_run(module, inferring.classes.names):
        return ()
    used = [*_own(inferring, module), *_inherited(inferring, module, collected)]
    defined = list(_defined(inferring, module, {problem.verdict.blamed for _, problem in used}))
    if not used and not defined:
        return ()
    failing = expected_to_fail(inferring, module)
    found: dict[Position, WithProblem] = {}
    for names, problem in (*used, *defined):
        if not names & failing:
            found.setdefault(problem.at, problem)
    return tuple(found[at] for at in sorted(found))


def _own(inferring: Inferring, module: Module) -> Iterator[_Named]:
    for body in bodies(inferring, module):
        for use in body.uses:
            problem = _problem(inferring, use, body, module)
            if problem is not None:
                yield functions_around(body), problem


def _defined(inferring: Inferring, module: Module, blamed: Container[object]) -> Iterator[_Named]:
    for at, verdict in faulty_definitions(inferring, module):
        if verdict.fault is not Fault.HALF or verdict.blamed not in blamed:
            yield frozenset(verdict.name.split(".")), WithProblem(at, verdict)


def _inherited(inferring: Inferring, module: Module, collected: Iterable[ClassDefinition]) -> Iterator[_Named]:
    """What fails only because the class in this module is what it is: its bases are judged by themselves."""
    for definition in collected:
        for body in inherited_bodies(inferring, definition):
            for use in body.uses:
                problem = _problem(inferring, use, body, module)
                if problem is not None and _verdict(inferring, use, _scope_on_owner(inferring, body.scope)) is None:
                    yield frozenset(), _moved(problem, definition, body, use)


def _scope_on_owner(inferring: Inferring, scope: Scope) -> Scope:
    """The scope in which a method runs in an object of the class that it stands in."""
    method = scope.function
    if method is None or method.owner is None:
        return scope
    return method_scope(inferring, method, Instance(method.owner))


def _moved(problem: WithProblem, definition: ClassDefinition, body: Body, use: Use) -> WithProblem:
    """A problem of another file is told at the override to blame or at the class statement, naming its place."""
    if body.scope.module is definition.module:
        return problem
    blamed = problem.verdict.blamed
    is_here = blamed is not None and blamed.module is definition.module
    at = blamed.node.at if is_here and blamed is not None else definition.node.at
    return replace(problem, at=at, aside=f" ({place_in(body.scope.module, use.at)})")


def _problem(inferring: Inferring, use: Use, body: Body, module: Module) -> WithProblem | None:
    verdict = _verdict(inferring, use, body.scope)
    if verdict is None or _is_told_at_definition(verdict, module):
        return None
    if is_tolerated(inferring, use, body.scope) or _is_replaced(use, body) or _is_asked_about(use, body):
        return None
    if _is_configured(verdict, use, body.scope.module) or _is_taught(inferring, verdict, use, body.scope):
        return None
    return WithProblem(use.at, verdict, spelled(use.value), _statement(use), _aside(verdict, module))


def _verdict(inferring: Inferring, use: Use, scope: Scope) -> Verdict | None:
    match use:
        case Awaiting(value=value):
            return verdict_on_awaited(inferring, inferring.infer(value, scope))
        case Entering(call=None, value=value, protocol=protocol):
            return verdict_on(inferring, inferring.infer(value, scope), protocol)
        case Entering(call=Call(function=Attribute(attr=name)) as call) if name in PUSHING:
            return _verdict_on_pushed(inferring, use, scope) if _is_entering_method(inferring, call, scope) else None
        case Entering(call=Call() as call):
            if _is_entering_method(inferring, call, scope):
                return _verdict_on_argument(inferring, use, scope) or _verdict_on_fate(use, scope)
    return None


def _verdict_on_argument(inferring: Inferring, use: Entering, scope: Scope) -> Verdict | None:
    verdict = verdict_on(inferring, inferring.infer(use.value, scope), use.protocol)
    if verdict is not None and verdict.fault is Fault.MIXED_UP:
        return replace(verdict, fault=Fault.WRONGLY_ENTERED)
    return verdict


def _verdict_on_pushed(inferring: Inferring, use: Entering, scope: Scope) -> Verdict | None:
    """Only what is there for the other protocol is sure to fail: anything else may be a function to be called."""
    values = inferring.infer(use.value, scope)
    if any(isinstance(each, Instance) and _is_called(inferring, each) for each in values):
        return None
    verdict = _verdict_on_argument(inferring, use, scope)
    return verdict if verdict is not None and verdict.fault is Fault.WRONGLY_ENTERED else None


def _is_called(inferring: Inferring, value: Instance) -> bool:
    hierarchy = inferring.classes.hierarchy(value.definition)
    return hierarchy.open_because is not None or hierarchy.find("__call__") is not None


def _verdict_on_fate(use: Entering, scope: Scope) -> Verdict | None:
    """What `enterAsyncContext` gives is a coroutine, which has to be awaited by somebody."""
    if use.protocol is Protocol.SYNC or use.fate is Fate.USED:
        return None
    if use.bound is not None and use.bound in handed_on(scope.module.facts.body):
        return None
    return Verdict(Fault.NOT_AWAITED, "and nobody awaits it")


def _is_entering_method(inferring: Inferring, call: Call, scope: Scope) -> bool:
    """Whether it is unittest's or contextlib's own method that is called."""
    if not isinstance(call.function, Attribute):
        return False
    receivers = inferring.infer(call.function.value, scope)
    return all(_is_entered_by(inferring, each, call.function.attr) for each in receivers)


def _is_entered_by(inferring: Inferring, receiver: Value, name: str) -> bool:
    if not isinstance(receiver, (Instance, ClassObject)):
        return False
    method = inferring.classes.hierarchy(receiver.definition).find(name)
    return isinstance(method, FunctionDefinition) and method.module.name in _ENTERING_MODULES


def _is_told_at_definition(verdict: Verdict, module: Module) -> bool:
    blamed = verdict.blamed
    return verdict.fault in _TOLD_AT_DEFINITION and blamed is not None and blamed.module is module


def _is_replaced(use: Use, body: Body) -> bool:
    """Whether a name of the item is patched somewhere in the same test class or function."""
    if body.within is None:
        return False
    names = {name for prefix in prefixes(use.value) for name in prefix.split(".")} - {"self", "cls"}
    return bool(names & replaced(body.within))


def _is_configured(verdict: Verdict, use: Use, module: Module) -> bool:
    """Whether the attribute of a mock that is used is given another value somewhere."""
    is_of_mock = verdict.fault is Fault.NO_CONTEXT_MANAGER and verdict.blamed is None
    return is_of_mock and last_word(use.value) in assigned_attributes(module.facts.body)


def _is_taught(inferring: Inferring, verdict: Verdict, use: Use, scope: Scope) -> bool:
    """Whether a mock may have been given what it lacks."""
    if verdict.mock is None or not isinstance(use, Entering):
        return False
    return may_be_taught(inferring, verdict.mock, use.value, use.protocol, scope)


def _is_asked_about(use: Use, body: Body) -> bool:
    """Whether the body asks of what kind the used thing is: `hasattr(client, "__aenter__")`."""
    return bool(prefixes(use.value) & asked_about(body.block))


def _statement(use: Use) -> str:
    match use:
        case Awaiting():
            return "await"
        case Entering(call=Call(function=Attribute(attr=name))):
            return name
        case Entering(protocol=protocol):
            return protocol.value


def _aside(verdict: Verdict, module: Module) -> str:
    blamed = verdict.blamed
    if blamed is None or blamed.module is module or blamed.module.path is None:
        return ""
    return f" ({place_in(blamed.module, blamed.node.at)})"
