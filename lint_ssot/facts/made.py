"""Classes that an assignment makes by calling `type`: a class statement in other words."""

from __future__ import annotations

from lint_ssot.facts.expressions import (
    Argument,
    Call,
    Collection,
    Constant,
    Expression,
    Mapping,
    Name,
    Position,
    Starred,
)
from lint_ssot.facts.statements import Assign, Class


def made_class(targets: tuple[Expression, ...], value: Expression, prefix: str) -> Class | None:
    """The class of `Name = type("…", (bases,), {…})`, if all its members are named; `prefix` is of its qualified name.

    Python makes the same of it as of a class statement, but for the name that it goes by in a traceback.
    """
    match targets, value:
        case (
            (Name(id=name),),
            Call(
                at=at,
                function=Name(id="type"),
                arguments=(
                    Argument(value=Constant(value=str()), keyword=None, star=0),
                    Argument(value=Collection(items=bases), keyword=None, star=0),
                    Argument(value=Mapping(keys=keys, values=values), keyword=None, star=0),
                ),
            ),
        ) if all(map(_is_plain, keys)) and not any(isinstance(base, Starred) for base in bases):
            body = tuple(_member(at, key, member) for key, member in zip(keys, values, strict=True))
            return Class(at, name, prefix + name, tuple(map(Argument, bases)), (), body)
    return None


def _is_plain(key: Expression | None) -> bool:
    """Whether a key is a name that a class body could bind as it is, which mangles private ones."""
    match key:
        case Constant(value=str() as name):
            return name.isidentifier() and (not name.startswith("__") or name.endswith("__"))
    return False


def _member(at: Position, key: Expression | None, value: Expression) -> Assign:
    assert isinstance(key, Constant)
    return Assign((Name(at, str(key.value)),), value)
