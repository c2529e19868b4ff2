"""Whether a module's `load_tests`, which unittest asks what to run, leaves in what the loader found in its classes."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Call, Expression, Name
from lint_ssot.facts.statements import Assign, Block, Evaluate, Function, ImportFrom, Return, Statement
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions

_NAME = "load_tests"
_ADDING = frozenset({"addTest", "addTests"})


def decides_what_runs(body: Block) -> bool:
    """Whether the module has a `load_tests` of which nobody can say that it hands on the tests it is given."""
    return any(_binds(statement) and not _hands_on(statement) for statement in statements(body))


def _binds(statement: Statement) -> bool:
    match statement:
        case Function(name=name):
            return name == _NAME
        case Assign(targets=targets):
            return any(isinstance(each, Name) and each.id == _NAME for each in targets)
        case ImportFrom(names=names):
            return any((each.bound or each.name) == _NAME for each in names)
    return False


def _hands_on(statement: Statement) -> bool:
    """Whether it returns its second parameter, to which it does nothing but add."""
    if not isinstance(statement, Function) or len(statement.parameters) < 2 or statement.decorators:
        return False
    if statement.is_async or statement.is_generator or statement.parameters[1].kind != "positional":
        return False
    given = statement.parameters[1].name
    *_, last = statement.body
    return isinstance(last, Return) and all(_leaves_in(each, given) for each in statements_of_all(statement.body))


def _leaves_in(statement: Statement, given: str) -> bool:
    match statement:
        case Return(value=Name(id=name)):
            return name == given
        case Return():
            return False
        case Evaluate(value=Call(function=Attribute(value=Name(id=name), attr=word), arguments=arguments)):
            if name == given and word in _ADDING:
                return not any(_mentions(each.value, given) for each in arguments)
    return not any(_mentions(each, given) for each in expressions(statement))


def _mentions(expression: Expression, name: str) -> bool:
    return any(isinstance(part, Name) and part.id == name for part in subexpressions(expression))
