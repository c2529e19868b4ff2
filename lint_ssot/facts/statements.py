"""The statements that source is reduced to: what writes, branches, defines, imports and leaves."""

from __future__ import annotations

from typing import TypeAlias

from lint_ssot.facts.deferred import Deferrable
from lint_ssot.facts.expressions import Argument, Expression, Position
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class Evaluate:
    """An expression statement."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Assign:
    """`targets = value`; `is_augmented` reads the one target first (`x += 1`)."""

    targets: tuple[Expression, ...]
    value: Expression
    is_augmented: bool = False


@dataclass(frozen=True, slots=True)
class Annotate:
    """`target: annotation`, with a value or (then nothing is assigned) without."""

    target: Expression
    annotation: Expression
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Delete:
    """`del targets`."""

    targets: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`if test: body else: orelse`; an `elif` is an `If` in `orelse`."""

    test: Expression
    body: Block
    orelse: Block


@dataclass(frozen=True, slots=True)
class For:
    """`for target in iterable: body else: orelse`."""

    target: Expression
    iterable: Expression
    body: Block
    orelse: Block
    is_async: bool


@dataclass(frozen=True, slots=True)
class While:
    """`while test: body else: orelse`."""

    test: Expression
    body: Block
    orelse: Block


@dataclass(frozen=True, slots=True)
class Handler:
    """`except type as name: body`; a `type` of None catches everything."""

    type: Expression | None
    name: str | None
    body: Block


@dataclass(frozen=True, slots=True)
class Try:
    """`try: body except …: else: orelse finally: finalbody`."""

    body: Block
    handlers: tuple[Handler, ...]
    orelse: Block
    finalbody: Block


@dataclass(frozen=True, slots=True)
class Item:
    """One `value as target` of a with statement; `at` is where the value starts."""

    at: Position
    value: Expression
    target: Expression | None


@dataclass(frozen=True, slots=True)
class With:
    """`with items: body`; `at` is the statement's first word."""

    at: Position
    items: tuple[Item, ...]
    body: Block
    is_async: bool


@dataclass(frozen=True, slots=True)
class Case:
    """`case pattern if guard: body`; `bound` are the names the pattern binds."""

    bound: tuple[str, ...]
    guard: Expression | None
    body: Block
    is_irrefutable: bool


@dataclass(frozen=True, slots=True)
class Match:
    """`match subject: cases`."""

    subject: Expression
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """`return value`."""

    value: Expression | None


@dataclass(frozen=True, slots=True)
class Raise:
    """`raise value from cause`."""

    value: Expression | None
    cause: Expression | None = None


@dataclass(frozen=True, slots=True)
class Assert:
    """`assert test, message`."""

    test: Expression


@dataclass(frozen=True, slots=True)
class Break:
    """`break`."""


@dataclass(frozen=True, slots=True)
class Continue:
    """`continue`."""


@dataclass(frozen=True, slots=True)
class Global:
    """`global names` or `nonlocal names`."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """One `name as bound` of an import; `at` is where `name` starts, `bound` the word after `as`."""

    at: Position
    name: str
    bound: str | None


@dataclass(frozen=True, slots=True)
class Import:
    """`import a.b, c as d`."""

    at: Position
    names: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class ImportFrom:
    """`from ..module import names`; `level` counts the dots, an alias named `*` is a star import."""

    at: Position
    module: str
    level: int
    names: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `kind` is `positional`, `keyword`, `*` or `**`."""

    name: str
    kind: str
    default: Expression | None
    annotation: Expression | None = None


@dataclass(frozen=True, slots=True)
class Function(Deferrable):
    """A `def` or `async def`, wherever it stands.

    `at` is the `def` (or `async`) itself, below its decorators.
    `qualname` is as in Python: `TestA.test_b`, `outer.<locals>.inner`.
    `is_generator` tells whether its own body yields.
    """

    at: Position
    name: str
    qualname: str
    parameters: tuple[Parameter, ...]
    decorators: tuple[Expression, ...]
    body: Block
    is_async: bool
    is_generator: bool
    returns: Expression | None = None


@dataclass(frozen=True, slots=True)
class Class:
    """A `class` statement, wherever it stands; `at` is the word `class`, below its decorators."""

    at: Position
    name: str
    qualname: str
    bases: tuple[Argument, ...]
    decorators: tuple[Expression, ...]
    body: Block


Statement: TypeAlias = (
    Evaluate
    | Assign
    | Annotate
    | Delete
    | If
    | For
    | While
    | Try
    | With
    | Match
    | Return
    | Raise
    | Assert
    | Break
    | Continue
    | Global
    | Import
    | ImportFrom
    | Function
    | Class
)

Block: TypeAlias = tuple[Statement, ...]
