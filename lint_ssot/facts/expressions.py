"""The expressions that source is reduced to: what reads, calls and awaits, in evaluation order."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from lint_ssot.facts.values import dataclass


class Position(NamedTuple):
    """A place in a file: line 1-based, column 0-based in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    """A bare name, read or (as a target) written."""

    at: Position
    id: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """`value.attr`; `at` is where the whole expression starts."""

    at: Position
    value: Expression
    attr: str


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call; `star` counts the asterisks before it (0, 1, 2)."""

    value: Expression
    keyword: str | None = None
    star: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """`function(*arguments)`."""

    at: Position
    function: Expression
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Await:
    """`await value`."""

    at: Position
    value: Expression


@dataclass(frozen=True, slots=True)
class Yield:
    """`yield value` or `yield from value`."""

    value: Expression | None


@dataclass(frozen=True, slots=True)
class Constant:
    """A string, integer, `True`, `False`, `None`.

    Other numbers, bytes, `...` and formatted strings with parts are `Opaque`.
    """

    value: str | int | bool | None


@dataclass(frozen=True, slots=True)
class Collection:
    """A tuple, list or set display, or a target of that form."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Starred:
    """`*value` inside a display or target."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict display; a key of None stands for `**value`."""

    keys: tuple[Expression | None, ...]
    values: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    """`value[index]`."""

    at: Position
    value: Expression
    index: Expression


@dataclass(frozen=True, slots=True)
class Logic:
    """`a and b and c` or `a or b or c`: later values may not be evaluated."""

    operator: str
    values: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`not value`."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Compare:
    """`left operator right`, the operator as written (`in`, `not in`, `is`, `is not`, `==`, `<` …).

    A chain `a < b < c` is a `Logic` of two.
    """

    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if test else otherwise`."""

    test: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Walrus:
    """`target := value`."""

    target: Name
    value: Expression


@dataclass(frozen=True, slots=True)
class Generation:
    """One `for target in iterable if conditions` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Comprehension:
    """A list, set or dict comprehension or, `is_lazy`, a generator expression, whose elements wait to be asked for."""

    generations: tuple[Generation, ...]
    elements: tuple[Expression, ...]
    is_lazy: bool = False


@dataclass(frozen=True, slots=True)
class Lambda:
    """`lambda parameters: value`; its value is evaluated when it is called, if ever."""

    at: Position
    parameters: tuple[str, ...]
    value: Expression


@dataclass(frozen=True, slots=True)
class Opaque:
    """Any other expression: its parts are evaluated in this order, its value is not known.

    Lists and paths are made by `a + b + c` and `a / b / c`: then `operator` is `+` or `/`, and no operand is left out.
    """

    parts: tuple[Expression, ...] = ()
    operator: str | None = None


Expression: TypeAlias = (
    Name
    | Attribute
    | Call
    | Await
    | Yield
    | Constant
    | Collection
    | Starred
    | Mapping
    | Subscript
    | Logic
    | Not
    | Compare
    | Choice
    | Walrus
    | Comprehension
    | Lambda
    | Opaque
)
