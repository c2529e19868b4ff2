"""Whether a module's `load_tests`, which unittest asks what to run, leaves in what the loader found in its classes."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Call, Expression, Name
from lint_ssot.facts.statements import Assign, Block, Evaluate, Function, ImportFrom, Return, Statement
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.classes.classes import Hierarchy

_NAME = "load_tests"
_ADDING = frozenset({"addTest", "addTests"})
# testscenarios runs a test once for each of its class's `scenarios`, which give it attributes, and others as they are.
_SCENARIOS = "load_tests_apply_scenarios"


def decides_what_runs(body: Block) -> bool:
    """Whether the module has a `load_tests` of which nobody can say that it hands on the tests it is given."""
    return any(_binds(statement) and not _hands_on(statement) for statement in statements(body))


def has_scenarios(hierarchy: Hierarchy) -> bool:
    """Whether testscenarios may give the class what its `scenarios` say, be they computed later.

    Suites that stand on testtools may ask for that in a package above.
    """
    body = hierarchy.classes[0].module.facts.body
    is_asked_for = any(_binds(statement) and _is_of_scenarios(statement) for statement in statements(body))
    if not is_asked_for and not hierarchy.inherits("testtools.testcase.TestCase", "testtools.TestCase"):
        return False
    computed = (s for each in hierarchy.classes for s in statements_of_all(each.node.body) if isinstance(s, Assign))
    return hierarchy.find("scenarios") is not None or any(
        isinstance(target, Attribute) and target.attr == "scenarios" for each in computed for target in each.targets
    )


def _is_of_scenarios(statement: Statement) -> bool:
    match statement:
        case Assign(value=Name(id=word) | Attribute(attr=word)):
            return word == _SCENARIOS
        case ImportFrom(names=names):
            return any(each.name == _SCENARIOS for each in names)
    return False


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
    if _is_of_scenarios(statement):
        return True
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
