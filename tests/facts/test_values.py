"""Our dataclasses are those of the standard library, written later."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field, fields, is_dataclass, replace
from typing import Any

import pytest

from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """A point."""

    x: int
    names: tuple[str, ...] = ("a",)
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def doubled(self) -> int:
        return self.x * 2


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A point."""

    x: int
    names: tuple[str, ...] = ("a",)
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def doubled(self) -> int:
        return self.x * 2


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    place: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    name: str


@dataclass(slots=True)
class Changing:
    count: int = 0


CLAIMS: dict[str, Any] = {
    "has its fields": lambda kind: [(each.name, each.type, each.default) for each in fields(kind)],
    "has defaults": lambda kind: kind(3).names,
    "takes names": lambda kind: kind(x=1, names=()).names,
    "is told": lambda kind: repr(kind(1)).replace(kind.__name__, ""),
    "is equal by value": lambda kind: (kind(1) == kind(1), kind(1) == kind(2), kind(1) == Key("a")),
    "is replaced": lambda kind: replace(kind(1), x=2) == kind(2),
    "is copied": lambda kind: copy.deepcopy(kind(1)) == kind(1),
    "is matched": lambda kind: kind.__match_args__,
    "is a dataclass": lambda kind: is_dataclass(kind(1)),
    "has what is written in it": lambda kind: (kind(4).doubled, kind.__doc__),
    "has slots": lambda kind: (kind.__slots__, hasattr(kind(1), "__dict__")),
    "survives a pickle": lambda kind: pickle.loads(pickle.dumps(kind(1))) == kind(1),
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_ours_is_as_theirs(claim: Any) -> None:
    assert claim(Theirs) == claim(Ours)


@pytest.mark.parametrize("arguments", [(), (1, 2, 3, 4)])
def test_what_does_not_fit_is_refused(arguments: tuple[int, ...]) -> None:
    with pytest.raises(TypeError, match=r"argument"):
        Ours(*arguments)  # type: ignore[arg-type]


def test_each_instance_has_a_default_of_its_own() -> None:
    assert Ours(1).notes is not Ours(1).notes


def test_equal_values_are_one_key() -> None:
    assert 1 == len({Key("a"), Key("a")})


def test_what_is_not_equal_by_value_is_a_key_by_itself() -> None:
    assert 2 == len({Alone("a"), Alone("a")})


def test_what_changes_is_no_key() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Changing())


def test_what_changes_changes() -> None:
    changing = Changing()
    changing.count += 1
    assert Changing(1) == changing


def test_fields_of_another_kind_are_left_to_the_standard_library() -> None:
    @dataclass(frozen=True, slots=True)
    class Partly:
        x: int
        seen: int = field(default=0, compare=False)

    assert Partly(1, 2) == Partly(1, 3)


def test_what_a_class_says_of_itself_holds() -> None:
    @dataclass(frozen=True, slots=True)
    class Folded:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Folded) and self.name.lower() == other.name.lower()

        def __hash__(self) -> int:
            return hash(self.name.lower())

    assert {Folded("a")} == {Folded("A")}


def test_fields_are_told_once() -> None:
    assert Key.__dataclass_fields__ is Key.__dataclass_fields__
