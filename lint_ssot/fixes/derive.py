"""From a source and its diagnostics to the fixes that would mend them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import libcst as cst

from lint_ssot.cure import (
    AddParameter,
    Await,
    CallFirst,
    CallParent,
    Change,
    Cure,
    Decorate,
    DropCall,
    DropParameters,
    MakeAsync,
    MakeSync,
    NameClass,
    PutLast,
    Rebase,
    Redecorate,
    Rename,
    RenameCall,
    SwitchWith,
    Unawait,
    YieldFirst,
)
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.facts.values import dataclass
from lint_ssot.fixes import calls, functions, statements
from lint_ssot.fixes.document import Document
from lint_ssot.fixes.edits import Edit, applied, edits_between
from lint_ssot.fixes.orphans import without_orphans

# what writes each kind of change; None where the text does not allow it
WRITERS: Mapping[type[Change], Callable[[Document, Any], list[Edit] | None]] = {
    AddParameter: functions.add_parameter,
    Await: calls.await_call,
    CallFirst: calls.call_first,
    CallParent: calls.call_parent,
    Decorate: functions.decorate,
    DropCall: calls.drop_call,
    DropParameters: functions.drop_parameters,
    MakeAsync: functions.make_async,
    MakeSync: functions.make_sync,
    NameClass: functions.name_class,
    PutLast: statements.put_last,
    Rebase: statements.rebase,
    Redecorate: functions.redecorate,
    Rename: functions.rename,
    RenameCall: calls.rename_call,
    SwitchWith: statements.switch_with,
    Unawait: calls.unawait_call,
    YieldFirst: calls.yield_first,
}


@dataclass(frozen=True, slots=True)
class Fix:
    """A titled cure of one diagnostic, made of edits of the file that it is in.

    One that `is_safe` is right if the diagnostic is; any other needs a look.
    """

    title: str
    is_safe: bool
    edits: tuple[Edit, ...]
    diagnostic: Diagnostic


def fixes_for(source: str, diagnostics: Iterable[Diagnostic]) -> list[Fix]:
    """Every fix for the diagnostics of a file that its own text allows, those of one diagnostic best first.

    `source` is the text of the file as it is, line ends included, without a byte-order mark.
    """
    document = parsed(source)
    if document is None:
        return []
    return [
        Fix(cure.title, cure.is_safe, edits_between(source, mended), diagnostic)
        for diagnostic in diagnostics
        for cure in diagnostic.cures
        if cure.path == diagnostic.path and (mended := edited(document, edits_of(document, cure) or ())) is not None
    ]


def parsed(source: str) -> Document | None:
    """The document, or None if the text cannot be parsed."""
    try:
        return Document(source)
    except (cst.ParserSyntaxError, RecursionError):
        return None


def edited(document: Document, edits: Iterable[Edit]) -> str | None:
    """The text with the edits made, without the imports they leave unused; None if that is no Python, or the same."""
    after = applied(document.text, edits)
    if after == document.text or parsed(after) is None:
        return None
    tidied = without_orphans(document, after)
    return tidied if parsed(tidied) is not None else after


def edits_of(document: Document, cure: Cure) -> tuple[Edit, ...] | None:
    """The edits that a cure takes, or None if the text does not allow it."""
    found: list[Edit] = []
    for change in cure.changes:
        edits = WRITERS[type(change)](document, change)
        if edits is None:
            return None
        found += edits
    return tuple(dict.fromkeys(found)) or None
