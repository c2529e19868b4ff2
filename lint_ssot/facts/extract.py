"""From source to facts: one parse, one walk, and a reason where that cannot be done."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
import warnings
from collections.abc import Callable
from typing import TypeAlias

from lint_ssot.facts.collector import collector_at_rest
from lint_ssot.facts.deferred import Lines
from lint_ssot.facts.depth import room_to_recurse
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.limits import is_beyond_limits
from lint_ssot.facts.model import ModuleFacts, Trouble
from lint_ssot.facts.statements import Block

Reduce: TypeAlias = Callable[[ast.Module, str], Block]

# libcst takes 35 ms for 1,000 lines: a file of this size is data and would hold up an editor for seconds
_LARGEST = 5_000_000
_START = Position(1, 0)
_TOO_DEEP = "is nested or chained too deeply to be read"


def extract_facts(source: bytes | str, tree: ast.AST | None = None) -> ModuleFacts:
    """Return what the source of one file says; where it cannot be read, `trouble` says why.

    Never raises. Bytes are decoded as Python does, by byte-order mark or coding cookie (PEP 263).
    `tree` is what Python made of exactly this source, if somebody has it already.
    """
    from lint_ssot.facts.quick.flow import reduced_tree

    return _extracted(source, tree, reduced_tree)


def outline(source: bytes | str) -> ModuleFacts:
    """Return the same, with bodies of functions that are read when somebody looks at them."""
    from lint_ssot.facts.quick.flow import reduced_outline

    return _extracted(source, None, reduced_outline)


def body_in(lines: Lines, qualname: str) -> Block:
    """Return the body of a function that was left in its lines; nothing if no function is there."""
    from lint_ssot.facts.quick.flow import reduced_body

    with collector_at_rest(), room_to_recurse(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return reduced_body(lines, qualname)
        except (SyntaxError, ValueError, AttributeError, RecursionError, MemoryError):
            return ()  # what `outline` has left can be read: somebody else wrote to the cache


def _extracted(source: bytes | str, tree: ast.AST | None, reduced: Reduce) -> ModuleFacts:
    if len(source) > _LARGEST:
        return _limit("is too large to be read")
    try:
        text = decoded(source)
        text.encode()
    except (SyntaxError, UnicodeError, LookupError) as error:
        return _defect(_START, f"cannot be decoded: {error}")
    if "\0" in text:
        return _defect(_START, "contains null bytes")
    with collector_at_rest(), room_to_recurse():
        return _by_python(text, tree, reduced) or _by_libcst(text)


def _by_python(text: str, tree: ast.AST | None, reduced: Reduce) -> ModuleFacts | None:
    """What this Python makes of the source: quickly, and exactly what libcst would say; None if it cannot parse it."""
    try:
        if not isinstance(tree, ast.Module):
            if sys.version_info < (3, 11) and is_beyond_limits(text):
                return _limit(_TOO_DEEP)  # its parser runs out of the stack, and takes the process with it
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the linted file's invalid escapes are nobody's business here
                tree = ast.parse(text)
        return _limit(_TOO_DEEP) if is_beyond_limits(text, tree) else ModuleFacts(reduced(tree, text), text=text)
    except (SyntaxError, ValueError, LookupError):  # what another plug-in did to the tree may be anything
        return None
    except (RecursionError, MemoryError):
        return _limit(_TOO_DEEP)


def decoded(source: bytes | str) -> str:
    """Return the text of a source; raises SyntaxError, UnicodeError or LookupError where Python would refuse it."""
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    return source.decode(encoding)


def _by_libcst(text: str) -> ModuleFacts:
    """What libcst makes of syntax that is older or newer than this Python, or of no Python's."""
    if is_beyond_limits(text):
        return _limit(_TOO_DEEP)
    # imported late: most runs never pay for libcst
    import libcst

    from lint_ssot.facts.flow import reduced_module

    try:
        return ModuleFacts(reduced_module(text), text=text)
    except (RecursionError, MemoryError):
        return _limit(_TOO_DEEP)
    except libcst.ParserSyntaxError:
        return _unparsed(text)
    except Exception as error:  # noqa: BLE001  a defect of the parser must not end the run of a linter
        return _limit(f"could not be read: {type(error).__name__}: {error}")


def _unparsed(text: str) -> ModuleFacts:
    """Tell a syntax error from a limit of libcst by what Python itself says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError as error:
            return _defect(Position(error.lineno or 1, max((error.offset or 1) - 1, 0)), error.msg)
        except (ValueError, RecursionError, MemoryError):
            return _limit(_TOO_DEEP)
    return _limit("uses syntax that libcst cannot read")


def _limit(message: str) -> ModuleFacts:
    return ModuleFacts((), Trouble(_START, message, is_syntax=False))


def _defect(at: Position, message: str) -> ModuleFacts:
    return ModuleFacts((), Trouble(at, message, is_syntax=True))
