"""Methods by which a TestCase enters its own run, and whether they leave the order of its hooks as it is."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Constant, Expression, Name
from lint_ssot.facts.statements import Assign, Function
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.classes.classes import Hierarchy, Member
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.assignment.writes import attributes_written

# unittest/case.py: a suite and pytest call the object, which runs itself.
ENTERING = frozenset({"__call__", "run"})
# What these do in them is what the table says; flask_testing, say, has no row.
_IN_THE_TABLE = frozenset(
    [
        "absl",
        "aiohttp",
        "aiounittest",
        "asynctest",
        "builtins",
        "django",
        "rest_framework",
        "testtools",
        "tornado",
        "twisted",
        "unittest",
    ]
)
# They look at what they are given, and assign nothing on it.
_LOOKING = frozenset({"getattr", "hasattr", "id", "isinstance", "print", "repr", "str", "super", "type"})


def entry_of(hierarchy: Hierarchy) -> FunctionDefinition | None:
    """The method of the project's that a runner calls to run a test, in the place of the framework's."""
    members = (hierarchy.find(name) for name in ("__call__", "run"))
    return next((each for each in members if isinstance(each, FunctionDefinition) and _is_own(each)), None)


def keeps_order(method: FunctionDefinition, hierarchy: Hierarchy) -> bool:
    """Whether it hands on to the framework's, and nothing on its way may change what that calls."""
    node = method.node
    if node.is_async or node.is_generator or node.decorators or not _hands_on(node):
        return False
    if method.module.origin is not Origin.PROJECT and any(attributes_written(node)):
        return False  # it is not followed
    return all(_leaves_alone(each, hierarchy) for each in _led_to(method, hierarchy))


def is_in_the_table(member: Member) -> bool:
    """Whether a framework defines it, its own suite linted or not: what it does there is what its row says."""
    return member.module.name.partition(".")[0] in _IN_THE_TABLE


def _is_own(function: FunctionDefinition) -> bool:
    return function.module.origin is Origin.PROJECT and not is_in_the_table(function)


def _hands_on(node: Function) -> bool:
    """Whether it calls `super().same_name(…)` or `Parent.same_name(…)`; `__call__` may call `self.run(…)`."""
    for part in _parts(node):
        match part:
            case Call(function=Attribute(value=Name(id="self"), attr=name)):
                if node.name == "__call__" and name == "run":
                    return True
            case Call(function=Attribute(attr=name)) if name == node.name:
                return True
    return False


def _led_to(method: FunctionDefinition, hierarchy: Hierarchy) -> tuple[Function, ...]:
    """The method and the other methods of the project's that it may call on its object."""
    found: dict[str, Function] = {}
    rest = [method.node]
    while rest:
        node = rest.pop()
        found[node.qualname] = node
        for part in _parts(node):
            if isinstance(part, Call) and isinstance(part.function, Attribute):
                members = (owner.node.body for owner in hierarchy.classes if owner.module.origin is Origin.PROJECT)
                named = (s for body in members for s in statements(body) if isinstance(s, Function))
                rest += [s for s in named if s.name == part.function.attr and s.qualname not in found]
    return tuple(found.values())


def _leaves_alone(node: Function, hierarchy: Hierarchy) -> bool:
    """Whether a method puts nothing in the place of a method, nor hands its object to somebody who may."""
    first = node.parameters[0].name if node.parameters else ""
    for statement in statements_of_all(node.body):
        if isinstance(statement, Assign) and any(_takes_a_place(each, hierarchy) for each in statement.targets):
            return False
    return not any(isinstance(part, Call) and _may_change(part, first) for part in _parts(node))


def _takes_a_place(target: Expression, hierarchy: Hierarchy) -> bool:
    return isinstance(target, Attribute) and isinstance(hierarchy.find(target.attr), FunctionDefinition)


def _may_change(call: Call, first: str) -> bool:
    match call.function:
        case Name(id="setattr"):
            named = call.arguments[1].value if len(call.arguments) > 1 else None
            return not isinstance(named, Constant)
        case Name(id="vars"):
            return True
        case Name(id=name) if name in _LOOKING:
            return False
        case Attribute(attr=name) if name in ENTERING:
            return False
        case Attribute(value=Attribute(attr="__dict__")):
            return True
    return any(isinstance(each.value, Name) and each.value.id == first for each in call.arguments)


def _parts(node: Function) -> Iterator[Expression]:
    for statement in statements_of_all(node.body):
        for expression in expressions(statement):
            yield from subexpressions(expression)
