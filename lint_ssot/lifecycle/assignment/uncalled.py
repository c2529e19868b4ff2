"""Methods of the test's object that are used as if they had been called."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Call, Collection, Compare, Constant, Expression, Opaque
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assignment.frame import Frame, Subject
from lint_ssot.lifecycle.assignment.log import Use
from lint_ssot.lifecycle.assignment.references import refer
from lint_ssot.lifecycle.assignment.state import State
from lint_ssot.lifecycle.choice import is_of_framework
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.decorations import last_word

# They leave a function a function.
_PLAIN = frozenset({"classmethod", "staticmethod"})
# They want a collection or a number, and say so at once.
_REFUSING = frozenset(
    [
        "all",
        "any",
        "enumerate",
        "float",
        "frozenset",
        "int",
        "iter",
        "len",
        "list",
        "max",
        "min",
        "reversed",
        "set",
        "sorted",
        "sum",
        "tuple",
    ]
)


def note_attribute(frame: Frame, asked: Attribute, state: State) -> None:
    """`self.client.get`, where `client` is a method: a function has no attributes but those with two underscores."""
    if not asked.attr.startswith("__"):
        note_use(frame, asked.value, f".{asked.attr}", state)


def note_comparison(frame: Frame, compare: Compare, state: State) -> None:
    """`in` a method, and one that is smaller or greater than what is written there: methods have no order."""
    if compare.operator in ("in", "not in"):
        note_use(frame, compare.right, compare.operator, state)
    elif compare.operator in ("<", "<=", ">", ">="):
        _note_operands(frame, (compare.left, compare.right), compare.operator, state)


def note_operation(frame: Frame, operation: Opaque, state: State) -> None:
    """`self.count + 1`: nothing can be added to a method."""
    if operation.operator is not None:
        _note_operands(frame, operation.parts[:2], operation.operator, state)


def note_builtin(frame: Frame, name: str, call: Call, state: State) -> None:
    """`len(self.books)`, and other builtins that no function can be given."""
    if name in _REFUSING and len(call.arguments) == 1 and not frame.is_local(name):
        note_use(frame, call.arguments[0].value, f"{name}(…)", state)


def _note_operands(frame: Frame, operands: tuple[Expression, ...], operator: str, state: State) -> None:
    """Whatever is no constant may know what to do with a method."""
    if any(isinstance(each, Constant | Collection) for each in operands):
        for each in operands:
            note_use(frame, each, operator, state)


def note_use(frame: Frame, value: Expression, way: str, state: State) -> None:
    """Remember that `value` is used in a way in which no function can be used, if it is a method."""
    if state.is_open or state.is_strange or state.is_conditional or frame.is_protected or frame.is_deferred:
        return
    if not isinstance(value, Attribute) or refer(frame, value.value) is not Subject.SELF:
        return
    if value.attr in state.assigned | state.partial or frame.interpreter.is_assigned_somewhere(value.attr):
        return
    member = frame.interpreter.hierarchy.find(value.attr)
    if isinstance(member, FunctionDefinition) and _is_plain(member):
        frame.interpreter.log.uses[Use(member, way, frame.function, value.at)] = None


def _is_plain(method: FunctionDefinition) -> bool:
    """Whether reading it gives a function, and certainly one without attributes of its own."""
    words = {last_word(decorator) for decorator in method.node.decorators}
    return words <= _PLAIN and binding_of(method) is not Binding.PROPERTY and not is_of_framework(method)
