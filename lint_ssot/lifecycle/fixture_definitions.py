"""What makes a function a fixture: its decorator, and what the decorator is given."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Call, Constant, Expression, Name
from lint_ssot.facts.statements import Function
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.graph.names import Names
from lint_ssot.lifecycle.binding import Binding, binding_of
from lint_ssot.lifecycle.decorations import Decoration, decorations_of, last_word
from lint_ssot.lifecycle.known_decorators import Effect, effect_of

SCOPES = ("session", "package", "module", "class", "function")
# Every one of these is `pytest.fixture` with something around the function.
_DECORATORS = frozenset(
    {
        "fixture",
        "yield_fixture",
        "async_fixture",
        "async_yield_fixture",
        "trio_fixture",
    }
)
_PACKAGES = frozenset(
    {"pytest", "_pytest", "pytest_asyncio", "pytest_cases", "pytest_trio", "pytest_twisted", "pytest_subtests"}
)


@dataclass(frozen=True, slots=True)
class Fixture:
    """A fixture; `name` is what tests ask for, `decorator` its canonical dotted name.

    `parameters` are the names of the fixtures that it asks for, by parameter or by `getfixturevalue`;
    None among them for one that cannot be known.
    What stands after the `yield` of one that `is_generator` runs at teardown.
    """

    name: str
    function: FunctionDefinition
    scope: str
    is_autouse: bool
    decorator: str
    parameters: tuple[str | None, ...] = ()

    @property
    def is_generator(self) -> bool:
        """Whether its body yields."""
        return self.function.node.is_generator


def fixture_of(function: FunctionDefinition, names: Names) -> Fixture | None:
    """The fixture that the function is, or None.

    With `@classmethod` above `@pytest.fixture` pytest finds it up to 9.1 only (`parsefactories`); it counts as one.
    Where `autouse` is not a constant it is taken as true: then nobody is told that the fixture does not run.
    """
    if not any(_may_be_fixture(each) for each in function.node.decorators):
        return None
    found = decorations_of(names, function.module, function.node.decorators, function.owner)
    for decoration in found:
        if decoration.package in _PACKAGES and decoration.last in _DECORATORS:
            return _fixture(function, decoration)
    return None


def may_be_fixture(function: FunctionDefinition, names: Names) -> bool:
    """Whether a decorator that is not known may make a fixture of the function, and maybe an autouse one."""
    is_test = function.node.name.startswith("test")
    if is_test or not any(_may_be_fixture(each) for each in function.node.decorators):
        return False
    found = decorations_of(names, function.module, function.node.decorators, function.owner)
    unknown = (each for each in found if effect_of(each) is Effect.UNKNOWN)
    return any(_speaks_of_fixtures(each) for each in unknown)


def _speaks_of_fixtures(decoration: Decoration) -> bool:
    made = decoration.resolution
    if isinstance(made, FunctionDefinition):
        inside = (part for each in statements_of_all(made.node.body) for part in expressions(each))
        words = (last_word(part) for whole in inside for part in subexpressions(whole))
        return any("fixture" in word for word in words if word is not None)
    return decoration.name is None or "fixture" in decoration.last or "pytest" in decoration.package


def requested_by(function: FunctionDefinition) -> tuple[str | None, ...]:
    """The names that a fixture or test asks for: parameters without a default, and by `getfixturevalue`."""
    parameters = function.node.parameters
    if function.owner is not None and binding_of(function) is not Binding.STATIC:
        parameters = parameters[1:]
    asked = (each.name for each in parameters if each.default is None and each.kind in ("positional", "keyword"))
    return (*asked, *dynamically_requested(function.node))


def dynamically_requested(node: Function) -> tuple[str | None, ...]:
    """The names that a body asks for by `request.getfixturevalue`; None for one not known."""
    return tuple(
        _first_string(part)
        for statement in statements_of_all(node.body)
        for expression in expressions(statement)
        for part in subexpressions(expression)
        if isinstance(part, Call) and isinstance(part.function, Attribute) and part.function.attr == "getfixturevalue"
    )


def _may_be_fixture(decorator: Expression) -> bool:
    """A cheap test that spares resolving `@property` and the like; any bare name may be an alias."""
    called = decorator.function if isinstance(decorator, Call) else decorator
    return isinstance(called, Name) or "fixture" in (last_word(called) or "")


def _fixture(function: FunctionDefinition, decoration: Decoration) -> Fixture:
    name = _string(decoration.keyword("name"))
    scope = _string(decoration.keyword("scope")) or _first_scope(decoration)
    autouse = decoration.keyword("autouse")
    return Fixture(
        name=name or function.node.name,
        function=function,
        scope=scope if scope in SCOPES else "function",
        is_autouse=autouse is not None and not (isinstance(autouse, Constant) and not autouse.value),
        decorator=decoration.name or "",
        parameters=requested_by(function),
    )


def _first_scope(decoration: Decoration) -> str | None:
    arguments = decoration.arguments or ()
    return _string(arguments[0].value) if arguments and arguments[0].keyword is None else None


def _first_string(call: Call) -> str | None:
    return _string(call.arguments[0].value) if call.arguments else None


def _string(value: Expression | None) -> str | None:
    return value.value if isinstance(value, Constant) and isinstance(value.value, str) else None
