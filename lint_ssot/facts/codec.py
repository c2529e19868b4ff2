"""Writes facts as two flat lists for the store, every string once, and reads them back with suspicion."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from sys import intern
from typing import Any, TypeAlias, get_args

from lint_ssot.facts import expressions, model, statements
from lint_ssot.facts.deferred import Deferrable
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.streams import (
    CONSTANT,
    FLAG,
    NUMBER,
    PLACE,
    TEXT,
    Codec,
    Read,
    Reader,
    Write,
    Writer,
    deferrable,
    optional,
    record,
    sequence,
)

Encoded: TypeAlias = tuple[list[str], list[int]]

_SIMPLE: Mapping[str, Codec] = {
    "str": TEXT,
    "int": NUMBER,
    "bool": FLAG,
    "Position": PLACE,
    "Constant": CONSTANT,
}
# whoever reads facts back has the text that they are of
_LEFT_OUT = frozenset({"text"})
_UNIONS: Mapping[str, tuple[type, ...]] = {
    "Expression": get_args(expressions.Expression),
    "Statement": get_args(statements.Statement),
}
_KINDS: Mapping[str, Any] = {
    name: value
    for module in (expressions, statements, model)
    for name, value in vars(module).items()
    if is_dataclass(value)
}


def encode_facts(facts: ModuleFacts) -> Encoded:
    """Return the strings and the numbers that `decode_facts` takes; both lists are what JSON can hold.

    The text is not in them, and of a body that was left in it only where it is.
    """
    write, _ = _codecs().of("ModuleFacts")
    writer = Writer()
    write(facts, writer)
    return writer.strings, writer.numbers


def decode_facts(encoded: object, text: str | None) -> ModuleFacts:
    """Return the facts of a text that were encoded; raises ValueError for what `encode_facts` could not have made."""
    strings, numbers = _checked(encoded)
    reader = Reader(strings, numbers, text)
    _, read = _codecs().of("ModuleFacts")
    try:
        facts = read(reader)
    except (IndexError, StopIteration, RecursionError, OverflowError) as error:
        raise ValueError("not the facts of a module") from error
    if next(reader.rest, None) is not None:
        raise ValueError("more than the facts of a module")
    assert isinstance(facts, ModuleFacts)
    return facts if facts.trouble is not None else ModuleFacts(facts.body, text=text)


@cache
def facts_schema() -> str:
    """Return a fingerprint of the shape of facts: what was encoded under another cannot be decoded."""
    return hashlib.blake2b("\n".join(_codecs().shapes).encode(), digest_size=8).hexdigest()


def _checked(encoded: object) -> Encoded:
    match encoded:
        case [list(strings), list(numbers)]:
            are_plain = set(map(type, strings)) <= {str} and set(map(type, numbers)) <= {int}
            if are_plain and min(numbers, default=0) >= 0:
                return list(map(intern, strings)), numbers
    raise ValueError("not two lists of strings and natural numbers")


@cache
def _codecs() -> _Codecs:
    codecs = _Codecs()
    codecs.of("ModuleFacts")
    return codecs


class _Codecs:
    """One codec for each annotation of the fields of facts, by its text: evaluating it would cost 15 ms a run."""

    def __init__(self) -> None:
        self.shapes: list[str] = []
        self._known = dict(_SIMPLE)

    def of(self, annotation: str) -> Codec:
        known = self._known.get(annotation)
        if known is None:
            known = self._known[annotation] = self._made(annotation)
        return known

    def _made(self, annotation: str) -> Codec:
        if annotation == "Block":
            return sequence(self.of("Statement"))
        if annotation in _UNIONS:
            return self._union(annotation, _UNIONS[annotation])
        if annotation.endswith(", ...]"):
            return sequence(self.of(annotation.removeprefix("tuple[").removesuffix(", ...]")))
        if annotation.endswith(" | None"):
            return optional(self.of(annotation.removesuffix(" | None")))
        return self._record(_KINDS[annotation])

    def _record(self, kind: Any) -> Codec:
        # `fields` would evaluate them all
        columns = {name: text for name, text in kind.__annotations__.items() if name not in _LEFT_OUT}
        self.shapes.append(f"{kind.__name__}: {columns}")
        codec = record(kind, list(columns), [self.of(annotation) for annotation in columns.values()])
        return deferrable(codec) if issubclass(kind, Deferrable) else codec

    def _union(self, annotation: str, members: tuple[type, ...]) -> Codec:
        writes: dict[type, tuple[int, Write]] = {}
        reads: list[Read] = []

        def write(value: Any, writer: Writer) -> None:
            tag, write_member = writes[type(value)]
            writer.put(tag)
            write_member(value, writer)

        def read(reader: Reader) -> Any:
            return reads[reader.take()](reader)

        self._known[annotation] = write, read  # before its members are known, for they hold one another
        for tag, member in enumerate(members):
            write_member, read_member = self.of(member.__name__)
            writes[member] = tag, write_member
            reads.append(read_member)
        return write, read
