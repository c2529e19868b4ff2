"""From source to facts: one parse, one walk, and a reason where that cannot be done."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
import warnings

from lint_ssot.facts.collector import collector_at_rest
from lint_ssot.facts.depth import room_to_recurse
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.limits import is_beyond_limits
from lint_ssot.facts.model import ModuleFacts, Trouble

# libcst takes 35 ms for 1,000 lines: a file of this size is data and would hold up an editor for seconds
_LARGEST = 5_000_000
_START = Position(1, 0)
_TOO_DEEP = "is nested or chained too deeply to be read"


def extract_facts(source: bytes | str, tree: ast.AST | None = None) -> ModuleFacts:
    """Return what the source of one file says; where it cannot be read, `trouble` says why.

    Never raises. Bytes are decoded as Python does, by byte-order mark or coding cookie (PEP 263).
    `tree` is what Python made of exactly this source, if somebody has it already.
    """
    if len(source) > _LARGEST:
        return _limit("is too large to be read")
    try:
        text = source.removeprefix("\ufeff") if isinstance(source, str) else _decoded(source)
        text.encode()
    except (SyntaxError, UnicodeError, LookupError) as error:
        return _defect(_START, f"cannot be decoded: {error}")
    if "\0" in text:
        return _defect(_START, "contains null bytes")
    with collector_at_rest(), room_to_recurse():
        return _by_python(text, tree) or _by_libcst(text)


def _by_python(text: str, tree: ast.AST | None) -> ModuleFacts | None:
    """What this Python makes of the source: quickly, and exactly what libcst would say; None if it cannot parse it."""
    from lint_ssot.facts.quick.flow import reduced_tree

    try:
        if not isinstance(tree, ast.Module):
            if sys.version_info < (3, 11) and is_beyond_limits(text):
                return _limit(_TOO_DEEP)  # its parser runs out of the stack, and takes the process with it
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the linted file's invalid escapes are nobody's business here
                tree = ast.parse(text)
        return _limit(_TOO_DEEP) if is_beyond_limits(text, tree) else ModuleFacts(reduced_tree(tree, text))
    except (SyntaxError, ValueError, LookupError):  # what another plug-in did to the tree may be anything
        return None
    except (RecursionError, MemoryError):
        return _limit(_TOO_DEEP)


def _decoded(source: bytes) -> str:
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
        return ModuleFacts(reduced_module(text))
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
