"""How a file speaks of something that is imported, and the import that it may still need for that."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TypeAlias

import libcst as cst
from libcst.helpers import get_full_name_for_node

from lint_ssot.facts.values import dataclass
from lint_ssot.fixes.document import Document, bound_by
from lint_ssot.fixes.edits import Edit

# of these people write the module's name before each use
_SPELLED_OUT = frozenset({"pytest", "pytest_asyncio", "unittest"})
_FUTURE, _STDLIB, _OTHER, _RELATIVE = range(4)
_Key: TypeAlias = tuple[int, bool, str]


@dataclass(frozen=True, slots=True)
class Reference:
    """What to write for an imported name, and the edits that import it."""

    text: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """One import at the module's own level."""

    statement: cst.SimpleStatementLine
    node: cst.Import | cst.ImportFrom

    @property
    def module(self) -> str | None:
        """The dotted name of what a from-import imports from; None for others and for relative ones."""
        if isinstance(self.node, cst.Import) or self.node.relative or self.node.module is None:
            return None
        return get_full_name_for_node(self.node.module)

    @property
    def aliases(self) -> tuple[cst.ImportAlias, ...]:
        """The names that it imports; none for a star."""
        return () if isinstance(self.node.names, cst.ImportStar) else tuple(self.node.names)


def reference(document: Document, dotted: str, before: int) -> Reference | None:
    """How to write `package.module.name` at the offset `before`; None if no name is free for it."""
    module, name = _split(dotted)
    if not module:
        return None if dotted in _bound_by_imports(document) else Reference(dotted)
    lines = [line for line in import_lines(document) if document.start(line.statement) < before]
    known = next((text for line in lines for text in _known(line, module, name)), None)
    if known is not None:
        return Reference(known)
    if module not in _SPELLED_OUT and name not in document.words:
        return Reference(name, (_extended(document, lines, module, name) or _added(document, module, name, before),))
    first, dot, rest = name.partition(".")
    extended = _extended(document, lines, module, first) if first not in document.words else None
    if extended is not None:
        return Reference(f"{first}{dot}{rest}", (extended,))
    if module.partition(".")[0] in document.words:
        return None
    return Reference(dotted, (_added(document, module, None, before),))


def _split(dotted: str) -> tuple[str, str]:
    """The module and what it gives: `pytest.mark` is no module."""
    top, _, rest = dotted.partition(".")
    if top in _SPELLED_OUT:
        return top, rest
    module, _, name = dotted.rpartition(".")
    return module, name


def import_lines(document: Document) -> Iterator[_Line]:
    """The imports that always run, in order."""
    for statement in document.module.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for node in statement.body:
                if isinstance(node, (cst.Import, cst.ImportFrom)):
                    yield _Line(statement, node)


def _bound_by_imports(document: Document) -> frozenset[str]:
    return frozenset(bound_by(alias) for line in import_lines(document) for alias in line.aliases)


def _known(line: _Line, module: str, name: str) -> Iterator[str]:
    """How the name can be written, given this import."""
    for alias in line.aliases:
        imported = alias.evaluated_name
        if line.module is not None:
            bound = alias.evaluated_alias or imported
            first, dot, rest = name.partition(".")
            if (line.module, imported) == (module, first):
                yield f"{bound}{dot}{rest}"
            elif f"{line.module}.{imported}" == module:
                yield f"{bound}.{name}"
        elif isinstance(line.node, cst.Import) and imported == module:
            yield f"{alias.evaluated_alias or imported}.{name}"
        elif isinstance(line.node, cst.Import) and bound_by(alias) == module and alias.asname is None:
            yield f"{module}.{name}"


def _extended(document: Document, lines: list[_Line], module: str, name: str) -> Edit | None:
    """One name more in a from-import that is there, where it belongs if the names are in order."""
    for line in lines:
        if line.module == module and line.aliases:
            following = next((alias for alias in line.aliases if _order(name) < _order(alias.evaluated_name)), None)
            if following is not None:
                start = document.start(following)
                return Edit(start, start, f"{name},{_gap(document, start)}")
            last = line.aliases[-1]
            end = document.end(last.asname.name if last.asname is not None else last.name)
            return Edit(end, end, f",{_gap(document, document.start(last))}{name}")
    return None


def _order(name: str) -> tuple[int, str]:
    """Constants, classes, others: as isort orders what a module gives."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2), name.lower()


def _gap(document: Document, alias: int) -> str:
    """What stands between two names of an import: a space, or a new line where each has its own."""
    indent = document.indent(alias)
    is_first_of_line = document.line_start(alias) + len(indent) == alias
    return f"{document.newline}{indent}" if is_first_of_line else " "


def _added(document: Document, module: str, name: str | None, before: int) -> Edit:
    """A new import among those at the top, where the usual order has it."""
    written = f"import {module}" if name is None else f"from {module} import {name}"
    key = (_section(module), name is not None, module.lower())
    lines = list(_leading(document, before))
    earlier = [line for line in lines if _key(line) <= key]
    if earlier:
        place = document.line_after(document.end(earlier[-1].statement) - 1)
        gap = document.newline if _section_of(earlier[-1]) != key[0] and not _is_alike(earlier[-1], module) else ""
        return Edit(place, place, _on_lines(document, place, gap + written))
    if lines:
        place = document.line_start(document.start(lines[0].statement))
        gap = document.newline if _section_of(lines[0]) != key[0] else ""
        return Edit(place, place, written + document.newline + gap)
    return _first_import(document, written)


def _first_import(document: Document, written: str) -> Edit:
    """The only import of a file: below the docstring, else above the first statement."""
    newline, body = document.newline, document.module.body
    if body and _is_docstring(body[0]):
        place = document.line_after(document.end(body[0]) - 1)
        is_followed = place < len(document.text) and document.text[place : document.line_after(place)].strip()
        return Edit(place, place, _on_lines(document, place, newline + written + (newline if is_followed else "")))
    if not body:
        return Edit(0, 0, written + newline)
    decorators = getattr(body[0], "decorators", ())
    place = document.line_start(document.start(decorators[0] if decorators else body[0]))
    gap = newline * 2 if isinstance(body[0], (cst.FunctionDef, cst.ClassDef)) else newline
    return Edit(place, place, written + newline + gap)


def _on_lines(document: Document, place: int, text: str) -> str:
    """The text on lines of its own, also where the file's last line has no end."""
    is_after_end = place > 0 and document.text[place - 1] not in "\r\n"
    return f"{document.newline}{text}" if is_after_end else f"{text}{document.newline}"


def _leading(document: Document, before: int) -> Iterator[_Line]:
    """The first block of imports: nothing but a docstring stands before or between them."""
    lines = {id(line.statement): line for line in import_lines(document)}
    for statement in document.module.body:
        line = lines.get(id(statement))
        if line is not None and document.start(statement) < before:
            yield line
        elif line is not None or not _is_docstring(statement):
            return


def _key(line: _Line) -> _Key:
    first = line.module if line.module is not None else _first_name(line)
    return _section_of(line), isinstance(line.node, cst.ImportFrom), first.lower()


def _section_of(line: _Line) -> int:
    if isinstance(line.node, cst.ImportFrom) and line.module is None:
        return _RELATIVE
    return _section(line.module or _first_name(line))


def _first_name(line: _Line) -> str:
    return line.aliases[0].evaluated_name if line.aliases else ""


def _section(module: str) -> int:
    top = module.partition(".")[0]
    return _FUTURE if top == "__future__" else _STDLIB if top in sys.stdlib_module_names else _OTHER


def _is_alike(line: _Line, module: str) -> bool:
    """Whether both are of the same package: then they stand together."""
    return (line.module or _first_name(line)).partition(".")[0] == module.partition(".")[0]


def _is_docstring(statement: cst.BaseStatement) -> bool:
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    only = statement.body[0]
    return isinstance(only, cst.Expr) and isinstance(only.value, (cst.SimpleString, cst.ConcatenatedString))
