"""Which fixtures a test asks for: by its parameters and by `usefixtures`."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Argument, Collection, Constant, Expression
from lint_ssot.facts.statements import Parameter
from lint_ssot.lifecycle.binding import Binding, binding_of
from lint_ssot.lifecycle.collection import TestMethod
from lint_ssot.lifecycle.conditions import conditional_decorators
from lint_ssot.lifecycle.decorations import Decoration
from lint_ssot.lifecycle.fixture_definitions import dynamically_requested
from lint_ssot.lifecycle.strings import strings


def used_by_mark(test: TestMethod) -> tuple[str | None, ...]:
    """The names in `usefixtures` marks, the nearest mark's first; None for one not known."""
    return tuple(
        name
        for mark in test.conditions.marked("usefixtures")
        for argument in mark.arguments or ()
        for name in (strings(argument.value) if not argument.star else (None,))
    )


def requested_by_test(test: TestMethod) -> tuple[str | None, ...]:
    """The names of the parameters that pytest fills, and those that the body asks for by itself.

    As `_pytest.compat.getfuncargnames`: without defaults, `self`, and what `mock.patch` passes;
    and without what `hypothesis.given` fills in.
    """
    own = test.conditions.decorations[: len(conditional_decorators(test.function))]
    asked = [each.name for each in _fillable(test) if each.default is None]
    asked = asked[sum(map(is_filled_by_mock, own)) :]
    for decoration in own:
        if decoration.package == "hypothesis" and decoration.last == "given":
            asked = _without_given(asked, decoration)
    return (*asked, *dynamically_requested(test.function.node))


def parametrized(test: TestMethod) -> frozenset[str]:
    """The parameters that `parametrize` marks fill directly, without a fixture."""
    return frozenset(name for mark in test.conditions.marked("parametrize") for name in _directly(mark))


def is_parametrized_by_constants(test: TestMethod) -> bool:
    """Whether it is known which parameters the `parametrize` marks of a test fill."""
    return all(None not in tuple(_names_told(mark)) for mark in test.conditions.marked("parametrize"))


def _fillable(test: TestMethod) -> tuple[Parameter, ...]:
    function = test.function
    parameters = tuple(each for each in function.node.parameters if each.kind in ("positional", "keyword"))
    is_bound = function.owner is not None and binding_of(function) is not Binding.STATIC
    return parameters[1:] if is_bound else parameters


def is_filled_by_mock(decoration: Decoration) -> bool:
    """Whether it is a `patch` that passes the mock it makes as a positional argument."""
    if decoration.package not in ("unittest", "mock") or decoration.last not in ("patch", "object"):
        return False
    arguments = decoration.arguments or ()
    positional = [each for each in arguments if each.keyword is None]
    has_new = len(positional) > (1 if decoration.last == "patch" else 2)
    return not has_new and decoration.keyword("new") is None


def _without_given(names: list[str], given: Decoration) -> list[str]:
    arguments = given.arguments or ()
    filled = sum(1 for each in arguments if each.keyword is None)
    named = {each.keyword for each in arguments}
    return [each for each in names[: len(names) - filled] if each not in named]


def _directly(mark: Decoration) -> Iterator[str]:
    arguments = mark.arguments or ()
    first = arguments[0].value if arguments else None
    names = tuple(_names(first if first is not None else mark.keyword("argnames")))
    indirect = mark.keyword("indirect") or _third(arguments)
    match indirect:
        case None | Constant(value=False):
            yield from names
        case Collection(items=items):
            passed = {item.value for item in items if isinstance(item, Constant)}
            yield from (name for name in names if name not in passed)


def _third(arguments: tuple[Argument, ...]) -> Expression | None:
    return arguments[2].value if len(arguments) > 2 and arguments[2].keyword is None else None


def _names_told(mark: Decoration) -> Iterator[str | None]:
    arguments = mark.arguments or ()
    value = mark.keyword("argnames") or (arguments[0].value if arguments and not arguments[0].star else None)
    yield from strings(value) if value is not None else (None,)


def _names(value: Expression | None) -> Iterator[str]:
    for text in strings(value) if value is not None else ():
        yield from (name.strip() for name in (text or "").split(",") if name.strip())
