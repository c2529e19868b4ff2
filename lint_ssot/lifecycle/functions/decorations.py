"""What stands above a function or class: its decorators by their canonical names, aliases followed."""

from __future__ import annotations

from lint_ssot.facts.expressions import Argument, Attribute, Call, Expression, Name
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import (
    ClassDefinition,
    External,
    FunctionDefinition,
    Module,
    Resolution,
    ValueDefinition,
)
from lint_ssot.graph.names.names import Names

# An alias of an alias of an alias … is a riddle, not a decorator.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Decoration:
    """One decorator: its canonical dotted name, or None, and the arguments it is called with, or None.

    `resolution` is what the name before the call stands for.
    """

    name: str | None
    arguments: tuple[Argument, ...] | None
    resolution: Resolution

    @property
    def package(self) -> str:
        """The top-level package of the name."""
        return (self.name or "").partition(".")[0]

    @property
    def last(self) -> str:
        """The last word of the name; with `package` it survives that libraries move things between modules."""
        return (self.name or "").rpartition(".")[2]

    @property
    def mark(self) -> str | None:
        """The name of the pytest mark that it sets."""
        if self.package not in ("pytest", "_pytest") or ".mark." not in (self.name or ""):
            return None
        return self.last

    def keyword(self, name: str) -> Expression | None:
        """The value of a keyword argument."""
        return next((each.value for each in self.arguments or () if each.keyword == name), None)


def decorations_of(
    names: Names, module: Module, decorators: tuple[Expression, ...], owner: ClassDefinition | None = None
) -> tuple[Decoration, ...]:
    """The decorators (or the values of `pytestmark`) of something in the module, in the order they stand."""
    return tuple(decoration_of(names, module, each, owner) for each in decorators)


def decoration_of(
    names: Names,
    module: Module,
    expression: Expression,
    owner: ClassDefinition | None = None,
    depth: int = _DEPTH,
) -> Decoration:
    """One decorator; `skip_slow = pytest.mark.skipif(…)` and `@skip_slow` are the same, a `partial` is unfolded."""
    callee, arguments = expression, None
    if isinstance(expression, Call):
        callee, arguments = expression.function, expression.arguments
    resolution = names.resolve(module, callee, owner)
    if isinstance(resolution, ValueDefinition) and resolution.value is not None and depth:
        aliased = decoration_of(names, resolution.module, resolution.value, None, depth - 1)
        if aliased.package == "functools" and aliased.last == "partial" and aliased.arguments:
            function, *given = aliased.arguments
            whole = decoration_of(names, resolution.module, function.value, None, depth - 1)
            return Decoration(whole.name, (*given, *(arguments or ())), whole.resolution)
        both = arguments if aliased.arguments is None else aliased.arguments
        return Decoration(aliased.name, both, aliased.resolution)
    return Decoration(_name(names, module, callee, resolution, depth), arguments, resolution)


def _name(names: Names, module: Module, callee: Expression, resolution: Resolution, depth: int) -> str | None:
    match resolution:
        case External(name=name):
            return name
        case FunctionDefinition() | ClassDefinition():
            return f"{resolution.module.name}.{resolution.node.qualname}"
    match callee:
        case Attribute(value=Name() | Attribute() as value, attr=attr) if depth:
            inner = decoration_of(names, module, value, None, depth - 1).name
            return None if inner is None else f"{inner}.{attr}"
    return None


def last_word(expression: Expression) -> str | None:
    """The last word of a dotted name, before any call: `wraps` of `functools.wraps(function)`."""
    match expression:
        case Name(id=word) | Attribute(attr=word):
            return word
        case Call(function=function):
            return last_word(function)
    return None
