"""What would mend a finding, named by the rule that has all the knowledge, and written by `fixes`."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class Decorate:
    """Put a decorator directly above the function at `function`.

    `decorator` is its dotted name, imported if need be (a builtin has no dot), with its arguments.
    """

    function: Position
    decorator: str


@dataclass(frozen=True, slots=True)
class Redecorate:
    """Put another name, dotted, in the place of the decorator that ends in `old`; its arguments stay."""

    function: Position
    old: str
    decorator: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Give the function at `function` another name."""

    function: Position
    name: str


@dataclass(frozen=True, slots=True)
class NameClass:
    """Call the first parameter of what is now a classmethod `cls`, where it can be renamed throughout."""

    function: Position


@dataclass(frozen=True, slots=True)
class AddParameter:
    """Let the function at `function` take one more parameter by position."""

    function: Position
    name: str


@dataclass(frozen=True, slots=True)
class DropParameters:
    """Let the function at `function` take nothing but its receiver; no cure if it uses what it is given."""

    function: Position


@dataclass(frozen=True, slots=True)
class MakeAsync:
    """`def` → `async def`."""

    function: Position


@dataclass(frozen=True, slots=True)
class MakeSync:
    """`async def` → `def`; no cure if the body awaits anything but the calls at `unawaited`."""

    function: Position
    unawaited: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class CallParent:
    """Let the function at `function` call `super().name(arguments)`, last or else first of all."""

    function: Position
    name: str
    arguments: tuple[str, ...] = ()
    is_awaited: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class RenameCall:
    """Let the call of an attribute at `at` call another one."""

    at: Position
    name: str


@dataclass(frozen=True, slots=True)
class DropCall:
    """Drop the statement that the call at `at` is."""

    at: Position


@dataclass(frozen=True, slots=True)
class CallFirst:
    """Put the statement that the call at `at` is before all others of the function at `function`."""

    function: Position
    at: Position


@dataclass(frozen=True, slots=True)
class YieldFirst:
    """Let the fixture at `function` run its whole body after the test."""

    function: Position


@dataclass(frozen=True, slots=True)
class Await:
    """Await the call at `at`; no cure outside async functions, unless the same cure makes one of this."""

    at: Position
    is_becoming_async: bool = False


@dataclass(frozen=True, slots=True)
class Unawait:
    """Do not await the call at `at`."""

    at: Position


@dataclass(frozen=True, slots=True)
class SwitchWith:
    """`with` ↔ `async with` for the statement of the first item; no cure if it has one that is not among these."""

    items: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Rebase:
    """Let the class at `of_class` stand on `base`, a dotted name, in the place of `old`, as written.

    Without `old` it has had no base.
    """

    of_class: Position
    old: str | None
    base: str


@dataclass(frozen=True, slots=True)
class PutLast:
    """Put `base`, as written, behind the other bases of the class at `of_class`."""

    of_class: Position
    base: str


Change: TypeAlias = (
    Decorate
    | Redecorate
    | Rename
    | NameClass
    | AddParameter
    | DropParameters
    | MakeAsync
    | MakeSync
    | CallParent
    | RenameCall
    | DropCall
    | CallFirst
    | YieldFirst
    | Await
    | Unawait
    | SwitchWith
    | Rebase
    | PutLast
)


@dataclass(frozen=True, slots=True)
class Cure:
    """Changes of one file that belong together, and what they do in the words of a person.

    One that `is_safe` is right if the finding is; any other needs a look.
    """

    title: str
    path: Path
    changes: tuple[Change, ...]
    is_safe: bool = True
