"""Edits of statements: which kind of `with`, and what a class stands on."""

from __future__ import annotations

import libcst as cst

from lint_ssot.cure import PutLast, Rebase, SwitchWith
from lint_ssot.fixes.document import Document
from lint_ssot.fixes.edits import Edit
from lint_ssot.fixes.imports import reference


def switch_with(document: Document, change: SwitchWith) -> list[Edit] | None:
    """`with` ↔ `async with`, the latter only in async functions."""
    found = _with_of(document, change)
    if found is None:
        return None
    start = document.start(found)
    if found.asynchronous is not None:
        return [Edit(start, document.text.index("with", start), "")]
    around = next((each for each in document.parents(found) if isinstance(each, cst.FunctionDef)), None)
    if around is None or around.asynchronous is None:
        return None
    return [Edit(start, start, "async ")]


def _with_of(document: Document, change: SwitchWith) -> cst.With | None:
    """The statement that has nothing but items that are to be switched."""
    places = {document.offset(item) for item in change.items}
    wanted = document.offset(change.items[0])
    for node in document.nodes:
        if isinstance(node, cst.With):
            items = {document.start(item.item) for item in node.items}
            if wanted in items:
                return node if items <= places else None
    return None


def rebase(document: Document, change: Rebase) -> list[Edit] | None:
    """Another base in the header of a class."""
    definition = next(document.at(change.of_class, cst.ClassDef), None)
    if definition is None:
        return None
    found = reference(document, change.base, document.start(definition))
    if found is None:
        return None
    if change.old is None:
        if definition.bases or definition.keywords:
            return None
        name = document.end(definition.name)
        place = document.text.index("(", name) if isinstance(definition.lpar, cst.LeftParen) else None
        edit = Edit(name, name, f"({found.text})") if place is None else Edit(place + 1, place + 1, found.text)
        return [*found.edits, edit]
    for base in definition.bases:
        if not base.star and document.code(base.value) == change.old:
            return [*found.edits, Edit(document.start(base.value), document.end(base.value), found.text)]
    return None


def put_last(document: Document, change: PutLast) -> list[Edit] | None:
    """The bases of a class in another order; what stands between them stays."""
    definition = next(document.at(change.of_class, cst.ClassDef), None)
    if definition is None or any(base.star for base in definition.bases):
        return None
    bases = [base.value for base in definition.bases]
    written = [document.code(base) for base in bases]
    if change.base not in written[:-1]:
        return None
    ordered = [each for each in written if each != change.base] + [change.base]
    if len(ordered) != len(bases):
        return None
    return [
        Edit(document.start(base), document.end(base), new)
        for base, old, new in zip(bases, written, ordered, strict=True)
        if old != new
    ]
