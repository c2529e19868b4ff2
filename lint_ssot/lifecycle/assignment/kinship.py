"""Which outcome of a test says that the test's object is of a class that it is not known to be of."""

from __future__ import annotations

from lint_ssot.facts.expressions import Call, Collection, Expression, Name, Not, Opaque
from lint_ssot.facts.statements import Return
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assignment.frame import Frame, Subject
from lint_ssot.lifecycle.assignment.references import class_spelled, is_subject, refer

_QUESTIONS = frozenset({"isinstance", "issubclass"})


def strange_outcome(frame: Frame, test: Expression) -> bool | None:
    """The outcome behind which the object has more than is known of it; None if neither says so."""
    match test:
        case Call(function=Name(id=name), arguments=(first, second)) if name in _QUESTIONS:
            is_asked = is_subject(frame, first.value) and not _is_of_hierarchy(frame, second.value)
            return True if is_asked else None
        case Call(function=Name(id=name), arguments=arguments) if not frame.is_local(name):
            is_given = any(isinstance(refer(frame, each.value), Subject) for each in arguments)
            return _answer(frame, name) if is_given else None
    return None


def _is_of_hierarchy(frame: Frame, asked: Expression) -> bool:
    """Whether one of the classes that are asked for is the test's own, or one that it stands on."""
    match asked:
        case Collection(items=parts) | Opaque(parts=parts):
            return any(_is_of_hierarchy(frame, part) for part in parts)
    return class_spelled(frame, asked) is not None


def _answer(frame: Frame, name: str) -> bool | None:
    """What a function of the project that asks for a class returns where its object is of it."""
    found = frame.interpreter.classes.names.lookup(frame.function.module, name)
    if not isinstance(found, FunctionDefinition) or not found.node.body:
        return None
    match found.node.body[-1]:
        case Return(value=Call(function=Name(id=asks))) if asks in _QUESTIONS:
            return True
        case Return(value=Not(value=Call(function=Name(id=asks)))) if asks in _QUESTIONS:
            return False
    return None
