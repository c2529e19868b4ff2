"""Whether a module's `__getattr__` surely raises for a name: followed as far as its tests are about that name."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import TypeAlias

from lint_ssot.facts.expressions import Call, Collection, Compare, Constant, Expression, Logic, Mapping, Name, Not
from lint_ssot.facts.statements import (
    Assign,
    Block,
    Evaluate,
    Function,
    Global,
    If,
    Import,
    ImportFrom,
    Raise,
    Statement,
)
from lint_ssot.facts.traversal import statements_of_all, subexpressions
from lint_ssot.graph.modules.tables import is_only_read

# The display that a name of the module stands for, if it is one and stays what it is.
Displayed: TypeAlias = Callable[[str], "Expression | None"]


def refuses(function: Function, name: str, displayed: Displayed) -> bool:
    """Whether `__getattr__` of a module raises AttributeError when it is asked for the name."""
    if function.is_async or function.decorators or len(function.parameters) != 1:
        return False
    return _Asked(function.parameters[0].name, name, displayed).end(function.body) is _End.REFUSES


def display_of(body: Block, name: str) -> Expression | None:
    """The one display that a module binds to a name and never changes."""
    bound = [each for each in statements_of_all(body) if _binds(each, name)]
    match bound:
        case [Assign(targets=(Name(),), value=Collection() | Mapping() as value, is_augmented=False)]:
            return value if is_only_read(body, lambda part: isinstance(part, Name) and part.id == name) else None
    return None


def _binds(statement: object, name: str) -> bool:
    match statement:
        case Assign(targets=targets):
            return any(isinstance(part, Name) and part.id == name for each in targets for part in subexpressions(each))
        case Global(names=names):
            return name in names
        case Import(names=aliases) | ImportFrom(names=aliases):
            return any(name in (each.bound or each.name, "*") or each.name == "*" for each in aliases)
    return False


class _End(enum.Enum):
    """How a block ends."""

    REFUSES = "raises AttributeError"
    GOES_ON = "comes to its end"
    UNKNOWN = "unknown"


class _Asked:
    """`__getattr__` with its parameter filled."""

    def __init__(self, parameter: str, name: str, displayed: Displayed) -> None:
        self._parameter = parameter
        self._name = name
        self._displayed = displayed

    def end(self, body: Block) -> _End:
        """How a block ends; whatever may bind or return something on the way is not followed."""
        for statement in body:
            found = self._end_of(statement)
            if found is not _End.GOES_ON:
                return found
        return _End.GOES_ON

    def _end_of(self, statement: Statement) -> _End:
        match statement:
            case Raise(value=value):
                return _End.REFUSES if value is not None and _says_so(value) else _End.UNKNOWN
            case If(test=test, body=then, orelse=otherwise):
                holds = self._holds(test)
                return _End.UNKNOWN if holds is None else self.end(then if holds else otherwise)
            case Evaluate() | Global() | Import() | ImportFrom():
                return _End.GOES_ON
        return _End.UNKNOWN

    def _holds(self, test: Expression) -> bool | None:
        match test:
            case Not(value=value):
                holds = self._holds(value)
                return None if holds is None else not holds
            case Logic(operator=operator, values=values):
                found = [self._holds(each) for each in values]
                decisive = operator == "or"
                if decisive in found:
                    return decisive
                return None if None in found else not decisive
            case Compare(left=left, operator=operator, right=right) if self._is_name(left):
                return self._compared(operator, right)
        return None

    def _is_name(self, expression: Expression) -> bool:
        return isinstance(expression, Name) and expression.id == self._parameter

    def _compared(self, operator: str, right: Expression) -> bool | None:
        if operator in ("==", "!=") and isinstance(right, Constant):
            return (right.value == self._name) is (operator == "==")
        if operator not in ("in", "not in"):
            return None
        keys = _keys(self._displayed(right.id) if isinstance(right, Name) else right)
        return None if keys is None else (self._name in keys) is (operator == "in")


def _keys(display: Expression | None) -> frozenset[object] | None:
    match display:
        case Collection(items=items) | Mapping(keys=items):
            values = [each.value for each in items if isinstance(each, Constant)]
            return frozenset(values) if len(values) == len(items) else None
    return None


def _says_so(raised: Expression) -> bool:
    called = raised.function if isinstance(raised, Call) else raised
    return isinstance(called, Name) and called.id == "AttributeError"
