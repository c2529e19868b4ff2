"""Where a failing with statement is no defect: the test expects it, or asked what it has before."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Await, Call, Collection, Constant, Expression, Name
from lint_ssot.facts.statements import Block, Evaluate, Handler, Statement, Try, With
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.protocols.bindings import bound_targets
from lint_ssot.lifecycle.protocols.names import is_builtin
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.spelling import dotted
from lint_ssot.lifecycle.protocols.uses import Use
from lint_ssot.lifecycle.protocols.values import ClassObject

# what a with statement raises when its object lacks the protocol (AttributeError before Python 3.11),
# and what classes raise to say so themselves
_RAISED = (TypeError, AttributeError, RuntimeError)
_EXPECTING = frozenset(
    {"raises", "assertRaises", "assertRaisesRegex", "suppress", "RaisesGroup", "assertRaisesMessage"}
)
_QUESTIONS = frozenset(
    {
        "callable",
        "getattr",
        "hasattr",
        "isasyncgen",
        "isasyncgenfunction",
        "isawaitable",
        "iscoroutine",
        "iscoroutinefunction",
        "isgenerator",
        "isgeneratorfunction",
        "isinstance",
        "issubclass",
        "type",
    }
)
_REPLACING = frozenset({"patch", "object", "multiple", "setattr"})


def expects_failure(inferring: Inferring, value: Expression, scope: Scope) -> bool:
    """Whether a with item is there to catch what a with statement on the wrong object raises."""
    match value:
        case Call(function=Name(id=name) | Attribute(attr=name), arguments=arguments) if name in _EXPECTING:
            types = [each.value for each in arguments if each.keyword in (None, "expected_exception")]
            return not types or any(_catches(inferring, each, scope) for each in types)
    return False


def handles_failure(inferring: Inferring, statement: Try, scope: Scope) -> bool:
    """Whether a `try` is about the failure of the with statements in its body.

    One that catches TypeError is; one that catches everything is if it holds nothing but a with statement.
    """
    for handler in statement.handlers:
        if _is_broad(handler):
            if _is_bare_with(statement.body):
                return True
        elif handler.type is not None and _catches(inferring, handler.type, scope):
            return True
    return False


def _is_broad(handler: Handler) -> bool:
    match handler.type:
        case None | Name(id="Exception" | "BaseException"):
            return True
    return False


def _is_bare_with(block: Block) -> bool:
    match block:
        case (With(body=body),):
            return all(isinstance(each, Evaluate) for each in body)
    return False


def _catches(inferring: Inferring, type_: Expression, scope: Scope) -> bool:
    """Whether the exception type may be one of those raised; what cannot be known may be."""
    if isinstance(type_, Collection):
        return any(_catches(inferring, each, scope) for each in type_.items)
    if isinstance(type_, Name) and is_builtin(inferring, type_.id, scope):
        known = getattr(builtins, type_.id, None)
        if isinstance(known, type):
            return any(issubclass(each, known) for each in _RAISED)
    values = inferring.infer(type_, scope)
    return not all(isinstance(each, ClassObject) for each in values)


def is_tolerated(inferring: Inferring, use: Use, scope: Scope) -> bool:
    """Whether something around a use is there to catch its failure."""
    return any(
        handles_failure(inferring, each, scope) if isinstance(each, Try) else expects_failure(inferring, each, scope)
        for each in use.within
    )


def asked_about(block: Block) -> frozenset[str]:
    """The dotted names whose kind a body asks for: `hasattr(client, …)`, `iscoroutine(client)`."""
    found: set[str] = set()
    for call in _calls(block):
        if last_word(call) in _QUESTIONS and call.arguments:
            name = dotted(call.arguments[0].value)
            if name is not None and name not in ("self", "cls"):
                found.add(name)
    return frozenset(found)


def replaced(statement: Statement) -> frozenset[str]:
    """The last words of what `patch("a.b")`, `patch.object(a, "b")` or `setattr(a, "b", …)` replace in a statement."""
    found: set[str] = set()
    for call in _calls((statement,)):
        if last_word(call) in _REPLACING:
            texts = (each.value.value for each in call.arguments if isinstance(each.value, Constant))
            found.update(str(text).rpartition(".")[2] for text in texts)
            found.update(each.keyword for each in call.arguments if each.keyword)
    return frozenset(found)


def assigned_attributes(block: Block) -> frozenset[str]:
    """The names of all attributes that anything in a block is given: `client.session = …`."""
    targets = (target for statement in statements_of_all(block) for target, _ in bound_targets(statement))
    return frozenset(target.attr for target in targets if isinstance(target, Attribute))


def _calls(block: Block) -> Iterator[Call]:
    for statement in statements_of_all(block):
        for expression in expressions(statement):
            yield from (part for part in subexpressions(expression) if isinstance(part, Call))


def prefixes(expression: Expression) -> frozenset[str]:
    """Every dotted name that a with item is reached through: `client`, `client.session` for `client.session()`."""
    match expression:
        case Call(function=inner) | Await(value=inner):
            return prefixes(inner)
        case Attribute(value=value):
            name = dotted(expression)
            return prefixes(value) | ({name} if name else frozenset())
        case Name(id=name):
            return frozenset({name})
    return frozenset()
