"""The streams of numbers that facts are written to and read from, and the codecs of their smallest parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from lint_ssot.facts.deferred import Lines, deferred, lines_left
from lint_ssot.facts.expressions import Constant, Position
from lint_ssot.facts.values import replace


class Writer:
    """Collects numbers, and each string once."""

    __slots__ = ("_known", "last", "numbers", "put", "strings")

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.numbers: list[int] = []
        self.put: Callable[[int], None] = self.numbers.append
        self.last = Position(1, 0)
        self._known: dict[str, int] = {}

    def index_of(self, text: str) -> int:
        """Return the number of a string."""
        index = self._known.get(text)
        if index is None:
            index = self._known[text] = len(self.strings)
            self.strings.append(text)
        return index


class Reader:
    """Hands out numbers one by one; `take` raises StopIteration after the last."""

    __slots__ = ("last", "rest", "strings", "take", "text")

    def __init__(self, strings: Sequence[str], numbers: Sequence[int], text: str | None) -> None:
        self.strings = strings
        self.text = text
        self.rest: Iterator[int] = iter(numbers)
        self.take: Callable[[], int] = self.rest.__next__
        self.last = Position(1, 0)


Write: TypeAlias = Callable[[Any, Writer], None]
Read: TypeAlias = Callable[[Reader], Any]
Codec: TypeAlias = tuple[Write, Read]


def sequence(item: Codec) -> Codec:
    """Return the codec of a tuple of any length: the length, then its items."""
    write_item, read_item = item

    def write(values: tuple[Any, ...], writer: Writer) -> None:
        writer.put(len(values))
        for value in values:
            write_item(value, writer)

    def read(reader: Reader) -> tuple[Any, ...]:
        length = reader.take()
        return tuple([read_item(reader) for _ in range(length)]) if length else ()

    return write, read


def optional(present: Codec) -> Codec:
    """Return the codec of a value or None: whether there is one, then what it is."""
    write_present, read_present = present

    def write(value: Any, writer: Writer) -> None:
        writer.put(int(value is not None))
        if value is not None:
            write_present(value, writer)

    def read(reader: Reader) -> Any:
        return read_present(reader) if _BOOLEANS[reader.take()] else None

    return write, read


def record(kind: Callable[..., Any], names: Sequence[str], codecs: Sequence[Codec]) -> Codec:
    """Return the codec of a dataclass: its fields in order."""
    writes = [(name, write) for name, (write, _) in zip(names, codecs, strict=True)]

    def write(value: Any, writer: Writer) -> None:
        for name, write_field in writes:
            write_field(getattr(value, name), writer)

    return write, _read_record(kind, [read for _, read in codecs])


def deferrable(whole: Codec) -> Codec:
    """Return the codec of a function: where its body is if that was left in the text, and the rest, without a body."""
    write_whole, read_whole = whole

    def write(function: Any, writer: Writer) -> None:
        lines = lines_left(function)
        writer.put(int(lines is not None))
        if lines is not None:
            for number in (lines.start, lines.end - lines.start, lines.first, writer.index_of(lines.inside)):
                writer.put(number)
            function = replace(function, body=())
        write_whole(function, writer)

    def read(reader: Reader) -> Any:
        if not _BOOLEANS[reader.take()]:
            return read_whole(reader)
        start, size, first, inside = [reader.take() for _ in range(4)]
        if reader.text is None:
            raise ValueError("lines of no text")
        lines = Lines(reader.text, start, start + size, first, reader.strings[inside])
        return deferred(read_whole(reader), lines)

    return write, read


def _read_record(kind: Callable[..., Any], reads: Sequence[Read]) -> Read:
    match reads:  # most nodes have two or three fields, and naming them saves a fifth of the time
        case [first, second]:
            return lambda reader: kind(first(reader), second(reader))
        case [first, second, third]:
            return lambda reader: kind(first(reader), second(reader), third(reader))
        case _:
            return lambda reader: kind(*[read(reader) for read in reads])


def _write_text(value: str, writer: Writer) -> None:
    writer.put(writer.index_of(value))


def _read_text(reader: Reader) -> str:
    return reader.strings[reader.take()]


def _write_number(value: int, writer: Writer) -> None:
    writer.put(_zigzag(value))


def _read_number(reader: Reader) -> int:
    return _unzigzag(reader.take())


def _write_flag(value: bool, writer: Writer) -> None:
    writer.put(int(value))


def _read_flag(reader: Reader) -> bool:
    return _BOOLEANS[reader.take()]


def _write_place(value: Position, writer: Writer) -> None:
    """Write 0 for the place of the node before (`a`, `a.b` and `a.b()` share theirs), else how far it is."""
    if value == writer.last:
        writer.put(0)
        return
    writer.put(1 + _zigzag(value.line - writer.last.line))
    writer.put(value.column)
    writer.last = value


def _read_place(reader: Reader) -> Position:
    step = reader.take()
    if step:
        line = reader.last.line + _unzigzag(step - 1)
        if line < 1:
            raise ValueError("a line before the first")
        reader.last = Position(line, reader.take())
    return reader.last


def _write_constant(constant: Constant, writer: Writer) -> None:
    value = constant.value
    if isinstance(value, str):
        writer.put(len(_SINGLETONS) + 1)
        _write_text(value, writer)
    elif type(value) is int:
        writer.put(len(_SINGLETONS))
        _write_number(value, writer)
    else:
        writer.put(_SINGLETONS.index(constant))


def _read_constant(reader: Reader) -> Constant:
    kind = reader.take() - len(_SINGLETONS)
    if kind < 0:
        return _SINGLETONS[kind]
    return Constant(_read_text(reader) if _BOOLEANS[kind] else _read_number(reader))


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _unzigzag(number: int) -> int:
    return -(number + 1) // 2 if number & 1 else number // 2


_BOOLEANS = (False, True)
_SINGLETONS = (Constant(None), Constant(False), Constant(True))

TEXT: Codec = _write_text, _read_text
NUMBER: Codec = _write_number, _read_number
FLAG: Codec = _write_flag, _read_flag
PLACE: Codec = _write_place, _read_place
CONSTANT: Codec = _write_constant, _read_constant
