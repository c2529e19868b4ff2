"""What pytest gives to a parameter of a test or fixture: the value of the fixture of that name."""

from __future__ import annotations

from functools import partial

from lint_ssot.facts.expressions import Constant
from lint_ssot.facts.traversal import subexpressions
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.fixtures.definitions import Fixture, fixture_of
from lint_ssot.lifecycle.fixtures.sources import fixtures_of_class
from lint_ssot.lifecycle.functions.decorations import decoration_of
from lint_ssot.lifecycle.functions.kinds import Kind, own_kind
from lint_ssot.lifecycle.protocols.calls import returned, yielded
from lint_ssot.lifecycle.protocols.known import known_fixture
from lint_ssot.lifecycle.protocols.receivers import method_scope
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.values import MYSTERY, Instance, Values, union

_TESTCASES = ("unittest.case.TestCase", "unittest.TestCase")


def requested(inferring: Inferring, name: str, scope: Scope) -> Values:
    """Everything that a parameter can be which no call in sight fills."""
    function = scope.function
    if function is None or scope.outer is not None or not _is_filled_by_pytest(inferring, name, function, scope):
        return MYSTERY
    fixture = _fixture(inferring, name, scope)
    if fixture is None:
        return known_fixture(name)
    if fixture.function == function or len(fixture.function.node.decorators) != 1:
        return MYSTERY
    return _value(inferring, fixture, scope)


def _is_filled_by_pytest(inferring: Inferring, name: str, function: FunctionDefinition, scope: Scope) -> bool:
    """Whether nothing but a fixture can be behind the parameter: no default, mock or `parametrize`."""
    modules = inferring.classes.names.modules
    if function.module.path is None or not modules.is_collected(function.module.path):
        return False
    if isinstance(scope.receiver, Instance):
        hierarchy = inferring.classes.hierarchy(scope.receiver.definition)
        if hierarchy.open_because is not None or hierarchy.inherits(*_TESTCASES):
            return False
    is_plain = any(each.name == name and each.default is None for each in function.node.parameters)
    is_test = function.node.name.startswith("test")
    is_asking = is_test or fixture_of(function, inferring.classes.names) is not None
    return is_plain and is_asking and not _may_be_filled_otherwise(inferring, name, function)


def _may_be_filled_otherwise(inferring: Inferring, name: str, function: FunctionDefinition) -> bool:
    owner = function.owner
    for decorator in (*function.node.decorators, *(owner.node.decorators if owner is not None else ())):
        decoration = decoration_of(inferring.classes.names, function.module, decorator)
        if decoration.package not in ("pytest", "_pytest", "pytest_asyncio"):
            return True
        texts = (part.value for part in subexpressions(decorator) if isinstance(part, Constant))
        if any(name in str(text).replace(",", " ").split() for text in texts):
            return True
    return False


def _fixture(inferring: Inferring, name: str, scope: Scope) -> Fixture | None:
    """The fixture of that name that is nearest: in the class, in the module, in a conftest."""
    if isinstance(scope.receiver, Instance):
        hierarchy = inferring.classes.hierarchy(scope.receiver.definition)
        for fixture in fixtures_of_class(hierarchy, inferring.classes.names):
            if fixture.name == name:
                return fixture
    conftests = inferring.classes.names.modules.conftests(scope.module.path) if scope.module.path is not None else ()
    for module in (scope.module, *reversed(conftests)):
        if name in inferring.fixtures(module):
            return inferring.fixtures(module)[name]
    return None


def _value(inferring: Inferring, fixture: Fixture, asking: Scope) -> Values:
    """What a fixture returns or yields; what it asks for itself depends on who runs it."""
    function = fixture.function
    unknown = {each.name: MYSTERY for each in function.node.parameters}
    if isinstance(function.owner, ClassDefinition) and isinstance(asking.receiver, Instance):
        base = method_scope(inferring, function, asking.receiver)
        unknown.pop(base.own_name or "", None)
        call = Scope(base.module, base.bind, function, base.receiver, unknown)
    else:
        call = Scope(function.module, partial(inferring.bindings, function.node.body), function, None, unknown)
    if own_kind(function.node) in (Kind.GENERATOR, Kind.ASYNC_GENERATOR):
        return union(inferring.infer(each, call) for each in yielded(function.node.body))
    return returned(inferring, function.node, call)
