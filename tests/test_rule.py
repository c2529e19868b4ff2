"""Messages are one short line, and a rule that cannot serve is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lint_ssot.diagnostic import Diagnostic, Finding, Place
from lint_ssot.facts.expressions import Position
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import MESSAGE_LENGTH, message_text, rule


@rule("LSS999", message="`{attribute}` is odd", since="0.1")
def odd_attribute(module: LintedModule) -> Iterator[Finding]:
    """Checks for attributes that are odd.

    And more.
    """
    yield Finding(Position(3, 4), {"attribute": "x"}, (Place(Path("base.py"), Position(1, 0)),))


def test_a_rule_is_named_and_summarized_by_its_function() -> None:
    assert ("odd-attribute", "Checks for attributes that are odd.") == (
        odd_attribute.name,
        odd_attribute.summary,
    )


def test_a_finding_becomes_a_diagnostic() -> None:
    place = Place(Path("base.py"), Position(1, 0))
    finding = Finding(Position(3, 4), {"attribute": "x"}, (place,))
    diagnostic = odd_attribute.diagnostic(Path("t.py"), finding)
    assert Diagnostic(Path("t.py"), 3, 4, "LSS999", "`x` is odd", (place,)) == diagnostic
    assert (place,) == diagnostic.related


def test_a_place_reads_as_file_and_line() -> None:
    assert "base.py:12" == str(Place(Path("tests/base.py"), Position(12, 4)))


def test_a_message_is_one_line() -> None:
    assert "`a b` is odd" == message_text("`{name}` is odd", {"name": "a\n  b"})


def test_the_longest_value_is_shortened_first() -> None:
    text = message_text("`{a}` of `{b}` is odd (stops {n} tests)", {"a": "short", "b": "x" * 200, "n": 4})
    assert MESSAGE_LENGTH == len(text)
    assert text.startswith("`short` of `xxx")
    assert text.endswith("xx…` is odd (stops 4 tests)")


def test_several_long_values_are_all_shortened() -> None:
    text = message_text("`{a}`, `{b}`, `{c}`", {name: name * 90 for name in "abc"})
    assert len(text) <= MESSAGE_LENGTH
    assert 3 == text.count("…`")


@pytest.mark.parametrize("values", [{}, {"b": 1}, {"a": 1, "b": 2}])
def test_values_that_do_not_fit_the_message_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="was given"):
        message_text("`{a}` is odd", values)


@pytest.mark.parametrize(
    ("code", "message"),
    [("LSS1", "odd"), ("XYZ123", "odd"), ("LSS101", "`{}` is odd"), ("LSS101", "x" * 101)],
)
def test_a_rule_that_cannot_serve_is_refused(code: str, message: str) -> None:
    with pytest.raises(ValueError, match=code):
        rule(code, message=message, since="0.1")
