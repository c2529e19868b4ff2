from __future__ import annotations

import pytest

from lint_ssot.graph.classes.mro import linearize

OBJECT = ("O",)

ORDERS = {
    "no bases": ((), ("C",)),
    "one base": ((("A", "O"),), ("C", "A", "O")),
    "two bases": ((("A", "O"), ("B", "O")), ("C", "A", "B", "O")),
    "a diamond": ((("A", "D", "O"), ("B", "D", "O")), ("C", "A", "B", "D", "O")),
    "a base before its own base": ((("A", "B", "O"), ("B", "O")), ("C", "A", "B", "O")),
    "a base after its own child": ((("B", "O"), ("A", "B", "O")), None),
    "bases that disagree": ((("A", "X", "Y", "O"), ("B", "Y", "X", "O")), None),
    "the same base twice": ((("A", "O"), ("A", "O")), None),
    "itself": ((("C",),), None),
}


@pytest.mark.parametrize(("bases", "expected"), ORDERS.values(), ids=ORDERS)
def test_the_order_is_that_of_python(bases: tuple[tuple[str, ...], ...], expected: tuple[str, ...] | None) -> None:
    assert expected == linearize("C", bases)


def test_the_order_is_what_type_computes() -> None:
    class A: ...

    class B(A): ...

    class C(A): ...

    class D(B, C): ...

    class E(C): ...

    class F(D, E): ...

    assert F.__mro__ == linearize(F, [D.__mro__, E.__mro__])
