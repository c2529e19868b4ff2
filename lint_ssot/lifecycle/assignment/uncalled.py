"""Methods of the test's object that are used as if they had been called."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Expression
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


def note_attribute(frame: Frame, asked: Attribute, state: State) -> None:
    """`self.client.get`, where `client` is a method: a function has no attributes but those with two underscores."""
    if not asked.attr.startswith("__"):
        note_use(frame, asked.value, f".{asked.attr}", state)


def note_use(frame: Frame, value: Expression, way: str, state: State) -> None:
    """Remember that `value` is used in a way in which no function can be used, if it is a method."""
    if state.is_open or state.is_conditional or frame.is_protected or frame.is_deferred:
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
