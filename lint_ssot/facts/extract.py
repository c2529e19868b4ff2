"""From source to facts: one parse, one walk, and a reason where that cannot be done."""

from __future__ import annotations

import gc
import io
import tokenize
import warnings
from typing import TYPE_CHECKING

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.model import ModuleFacts, Trouble

if TYPE_CHECKING:
    from lint_ssot.facts.statements import Block

# libcst takes 35 ms for 1,000 lines: a file of this size is data and would hold up an editor for seconds
_LARGEST = 5_000_000
_START = Position(1, 0)


def extract_facts(source: bytes | str) -> ModuleFacts:
    """Return what the source of one file says; where it cannot be read, `trouble` says why.

    Never raises. Bytes are decoded as Python does, by byte-order mark or coding cookie (PEP 263).
    """
    if len(source) > _LARGEST:
        return _limit("is too large to be read")
    try:
        text = source.removeprefix("\ufeff") if isinstance(source, str) else _decoded(source)
    except (SyntaxError, UnicodeError, LookupError) as error:
        return _defect(_START, f"cannot be decoded: {error}")
    if "\0" in text:
        return _defect(_START, "contains null bytes")
    try:
        return ModuleFacts(_parsed(text))
    except (RecursionError, MemoryError):
        return _limit("is nested too deeply to be read")
    except _unreadable() as error:
        return _unparsed(text, error)


def _decoded(source: bytes) -> str:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    return source.decode(encoding)


def _parsed(text: str) -> Block:
    # imported late: a run whose facts are all in the store never pays for libcst
    import libcst

    from lint_ssot.facts.flow import module_body

    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return module_body(libcst.parse_module(text))
    finally:
        if was_enabled:
            gc.enable()


def _unreadable() -> type[Exception]:
    from libcst import ParserSyntaxError

    return ParserSyntaxError


def _unparsed(text: str, error: Exception) -> ModuleFacts:
    defect = _defect_of(text)
    if defect is None:
        return _limit("uses syntax that libcst cannot read")
    return _defect(Position(defect.lineno or 1, max((defect.offset or 1) - 1, 0)), defect.msg)


def _defect_of(text: str) -> SyntaxError | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<source>", "exec", dont_inherit=True, flags=0x400)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError):
            return None
    return None


def _limit(message: str) -> ModuleFacts:
    return ModuleFacts((), Trouble(_START, message, is_syntax=False))


def _defect(at: Position, message: str) -> ModuleFacts:
    return ModuleFacts((), Trouble(at, message, is_syntax=True))
