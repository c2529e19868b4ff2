"""Facts survive the store, and nothing else gets out of it."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from lint_ssot.facts.codec import decode_facts, encode_facts, facts_schema
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.model import ModuleFacts, Trouble
from tests.facts import test_extract
from tests.facts.trees import standard_library

EVERYTHING = [
    *(f"async def f():\n    _ = ({source}\n    )" for source, _ in test_extract.EXPRESSIONS.values()),
    *(source for source, _ in test_extract.STATEMENTS.values()),
    *(f"match s:\n    case {pattern}: a" for pattern, _, _ in test_extract.PATTERNS.values()),
    *(source for source, _ in test_extract.GENERATORS.values()),
]


def stored(facts: ModuleFacts) -> Any:
    return json.loads(json.dumps(encode_facts(facts)))


@pytest.mark.parametrize("source", EVERYTHING)
def test_every_form_comes_back_as_it_was(source: str) -> None:
    facts = extract_facts(source)
    assert facts == decode_facts(stored(facts), facts.text)


@pytest.mark.parametrize("path", standard_library("unittest/*case.py", "dataclasses.py"), ids=lambda path: path.name)
def test_real_modules_come_back_as_they_were(path: Any) -> None:
    facts = extract_facts(path.read_bytes())
    assert facts == decode_facts(stored(facts), facts.text)


def test_trouble_comes_back_as_it_was() -> None:
    facts = ModuleFacts((), Trouble(Position(3, 4), "what", is_syntax=True))
    assert facts == decode_facts(stored(facts), facts.text)


def test_strings_that_are_no_unicode_come_back_as_they_were() -> None:
    facts = extract_facts(r"a = '\ud800 \x00'")
    assert facts == decode_facts(stored(facts), facts.text)


def test_true_is_not_one() -> None:
    facts = extract_facts("a = True, 1, False, 0, None, '', -1")
    assert repr(facts) == repr(decode_facts(stored(facts), facts.text))


def test_the_schema_is_the_same_in_every_run() -> None:
    assert facts_schema() == facts_schema()
    assert 16 == len(facts_schema())


GOOD = json.dumps(encode_facts(extract_facts("class A(B):\n    x: int = f(1, 'a')[0]")))

HOSTILE: dict[str, object] = {
    "nothing": None,
    "a string": "[]",
    "an empty list": [],
    "a dict": {},
    "one list": [[]],
    "three lists": [[], [0, 0], []],
    "no numbers": [[], []],
    "a string that is none": [[1], [0, 0]],
    "a number that is none": [[], ["0", 0]],
    "a truth that is no number": [[], [False, 0]],
    "a fraction": [[], [0.0, 0]],
    "a negative number": [[], [-1, 0]],
    "too few numbers": [[], [1]],
    "too many numbers": [[], [0, 0, 0]],
    "a length beyond all measure": [[], [10**30, 0]],
    "an unknown statement": [[], [1, 999, 0]],
    "an unknown expression": [[], [1, 0, 999, 0]],
    "a string that is not there": [[], [1, 0, 0, 1, 0, 7, 0]],
    "a flag that is neither": [[], [0, 2]],
    "a line before the first": [["a"], [1, 0, 0, 2, 0, 0, 0]],
    "endless nesting": [[], [1, 0, *[12] * 100_000]],
}


@pytest.mark.parametrize("encoded", HOSTILE.values(), ids=HOSTILE)
def test_what_was_never_encoded_is_refused(encoded: object) -> None:
    with pytest.raises(ValueError, match=r"module|two lists|line before"):
        decode_facts(encoded, None)


def test_damaged_facts_are_refused_or_are_facts() -> None:
    dice = random.Random(1)
    outcomes: set[type] = set()
    for _ in range(2_000):
        strings, numbers = json.loads(GOOD)
        for _ in range(dice.randint(1, 3)):
            numbers[dice.randrange(len(numbers))] = dice.randint(0, 60)
        try:
            outcomes.add(type(decode_facts([strings, numbers], None)))
        except ValueError as error:
            outcomes.add(type(error))
    assert {ModuleFacts, ValueError} == outcomes
