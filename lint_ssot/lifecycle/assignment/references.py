"""What an expression stands for, as far as it leads to the test's object."""

from __future__ import annotations

from lint_ssot.facts.expressions import (
    Argument,
    Attribute,
    Call,
    Collection,
    Compare,
    Constant,
    Expression,
    Name,
    Starred,
    Walrus,
)
from lint_ssot.graph.definitions import ClassDefinition, External
from lint_ssot.lifecycle.assignment.frame import Frame, Parent, Presence, Reference, Strings, Subject

_OBJECTS = (Subject.SELF, Subject.OTHER)


def refer(frame: Frame, expression: Expression) -> Reference | None:
    """What the expression stands for; None for anything that does not lead to the test's object."""
    match expression:
        case Name(id=name):
            return frame.binding(name) or _class_by_name(frame, expression)
        case Attribute():
            return _refer_attribute(frame, expression)
        case Call():
            return _refer_call(frame, expression)
        case Constant(value=str(text)):
            return Strings((text,))
        case Collection(items=items):
            return _refer_collection(items)
        case Walrus(value=value):
            return refer(frame, value)
        case Compare(operator="is not", left=left, right=Constant(value=None)):
            held = refer(frame, left)
            return held if isinstance(held, Presence) else None
    return None


def is_subject(frame: Frame, expression: Expression) -> bool:
    """Whether the expression is the test's object or its class."""
    return refer(frame, expression) in (Subject.SELF, Subject.CLASS)


def _refer_attribute(frame: Frame, expression: Attribute) -> Reference | None:
    match refer(frame, expression.value), expression.attr:
        case (Subject.SELF | Subject.OTHER, "__class__"):
            return Subject.CLASS
        case (Subject.REQUEST, "cls" | "obj"):
            return Subject.CLASS
        case (Subject.REQUEST, "instance"):
            return Subject.SELF
        case (Subject.REQUEST, "node"):
            return Subject.REQUEST
    return None


def _refer_call(frame: Frame, call: Call) -> Reference | None:
    match call.function, call.arguments:
        case Name(id="super"), ():
            return Parent(frame.function.owner)
        case Name(id="super"), (Argument(value=Name() as named), *_):
            return _parent_of(frame, named)
        case Name(id="type"), (Argument(value=value),) if refer(frame, value) in _OBJECTS:
            return Subject.CLASS
        case Name(id="hasattr" | "getattr"), (Argument(value=value), Argument(value=name), *rest):
            return _presence(frame, call, value, name, bool(rest))
        case Name(id="cast") | Attribute(attr="cast"), (_, Argument(value=value)):
            return refer(frame, value)
        case Name(id="callable"), (Argument(value=value),):
            held = refer(frame, value)
            return held if isinstance(held, Presence) else None
    return None


def _parent_of(frame: Frame, named: Name) -> Reference | None:
    """The `super(Named, self)` spelling, where `Named` may also be `__class__`."""
    if named.id == "__class__":
        return Parent(frame.function.owner)
    found = frame.interpreter.classes.names.lookup(frame.function.module, named.id)
    return Parent(found) if isinstance(found, ClassDefinition) else None


def _presence(frame: Frame, call: Call, value: Expression, name: Expression, has_default: bool) -> Reference | None:
    if not is_subject(frame, value) or not isinstance(name, Constant) or not isinstance(name.value, str):
        return None
    is_question = isinstance(call.function, Name) and call.function.id == "hasattr"
    return Presence(name.value) if is_question or has_default else None


def _refer_collection(items: tuple[Expression, ...]) -> Reference | None:
    texts: list[str] = []
    for item in items:
        match item:
            case Constant(value=str(text)) | Collection(items=(Constant(value=str(text)), *_)):
                texts.append(text)
            case Starred() | _:
                return None
    return Strings(tuple(texts)) if texts else None


def class_named(frame: Frame, expression: Expression) -> ClassDefinition | None:
    """The class of the hierarchy that a bare name stands for, as in `Base.setUp(self)`."""
    match expression:
        case Name(id=name) if not frame.is_local(name) and name in frame.interpreter.class_names:
            found = frame.interpreter.classes.names.lookup(frame.function.module, name)
            known = frame.interpreter.hierarchy.classes
            return found if isinstance(found, ClassDefinition) and found in known else None
    return None


def class_spelled(frame: Frame, expression: Expression) -> ClassDefinition | None:
    """The class of the hierarchy that is spelled in any way, as in `unittest.TestCase.run(self)`."""
    root = expression
    while isinstance(root, Attribute):
        root = root.value
    last = expression.attr if isinstance(expression, Attribute) else getattr(expression, "id", "")
    if not isinstance(root, Name) or frame.is_local(root.id) or last not in frame.interpreter.class_names:
        return None
    classes = frame.interpreter.classes
    found: object = classes.names.resolve(frame.function.module, expression)
    if isinstance(found, External):
        found = classes.installed.definition(found.name)
    return found if isinstance(found, ClassDefinition) and found in frame.interpreter.hierarchy.classes else None


def _class_by_name(frame: Frame, name: Name) -> Reference | None:
    """`TestA` inside the methods of `TestA`, or of a class that stands on it."""
    return Subject.CLASS if class_named(frame, name) is not None else None
