"""Imports that an edit has left without a use."""

from __future__ import annotations

import libcst as cst

from lint_ssot.fixes.document import Document, bound_by
from lint_ssot.fixes.edits import Edit, applied
from lint_ssot.fixes.imports import import_lines


def without_orphans(before: Document, after: str) -> str:
    """The edited text without the imports at the top that were used before and no longer are."""
    document = Document(after)
    if "__all__" in document.words:
        return after
    lost = _used(before) - _used(document)
    edits = [edit for line in import_lines(document) for edit in _without(document, line.statement, line.aliases, lost)]
    return applied(after, edits)


def _used(document: Document) -> frozenset[str]:
    """The names that stand outside of imports, those in strings (annotations, `patch`) included."""
    names = {node.value for node in document.outside_imports(document.module) if isinstance(node, cst.Name)}
    texts = (node.value for node in document.nodes if isinstance(node, cst.SimpleString))
    return frozenset(names.union(*(_words(text) for text in texts)))


def _words(text: str) -> set[str]:
    return set("".join(character if character.isidentifier() else " " for character in text).split())


def _without(
    document: Document, statement: cst.SimpleStatementLine, aliases: tuple[cst.ImportAlias, ...], lost: frozenset[str]
) -> list[Edit]:
    gone = [alias for alias in aliases if bound_by(alias) in lost]
    if not gone or statement.trailing_whitespace.comment is not None or len(statement.body) != 1:
        return []
    if len(gone) == len(aliases):
        start, end = document.start(statement), document.end(statement)
        return [_without_lines(document, document.line_start(start), document.line_after(end - 1))]
    return [edit for alias in gone if (edit := _without_alias(document, aliases, alias)) is not None]


def _without_lines(document: Document, start: int, end: int) -> Edit:
    """The lines go, and with them the blank one below if another stands above; a file starts with no blank line."""
    is_below_blank = start > 0 and not document.text[document.line_start(start - 1) : start].strip()
    while end < len(document.text) and not document.text[end : document.line_after(end)].strip():
        if start and not is_below_blank:
            break
        end = document.line_after(end)
        is_below_blank = False
    return Edit(start, end, "")


def _without_alias(document: Document, aliases: tuple[cst.ImportAlias, ...], alias: cst.ImportAlias) -> Edit | None:
    index = aliases.index(alias)
    start = document.start(alias)
    if index + 1 < len(aliases):
        end = document.start(aliases[index + 1])
    else:
        start, end = _end(document, aliases[index - 1]), _end(document, alias)
    return None if "#" in document.text[start:end] else Edit(start, end, "")


def _end(document: Document, alias: cst.ImportAlias) -> int:
    return document.end(alias.asname.name if alias.asname is not None else alias.name)
