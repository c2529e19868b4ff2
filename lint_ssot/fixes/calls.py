"""Edits of calls: awaited or not, of another name, dropped, or a new one of the parent."""

from __future__ import annotations

import re
from collections.abc import Sequence

import libcst as cst

from lint_ssot.cure import Await, CallFirst, CallParent, DropCall, RenameCall, Unawait, YieldFirst
from lint_ssot.facts.expressions import Position
from lint_ssot.fixes.document import Document
from lint_ssot.fixes.edits import Edit
from lint_ssot.fixes.functions import function_at

# where `await` needs no parentheses around it
_ROOMY = (cst.Expr, cst.Assign, cst.AnnAssign, cst.Return, cst.Arg, cst.WithItem)

_LEAVING = (cst.Return, cst.Raise)
# it counts for the function only if nothing stands before it
_TYPE_COMMENT = re.compile(r"[ \t\f]*# *type:")


def call_at(document: Document, at: Position) -> cst.Call | None:
    """The outermost call at a position; of a parent the one of its method: `super().setUp()`, not `super()`."""
    calls = list(document.at(at, cst.Call))
    parents = (call for call in calls if isinstance(call.func, cst.Attribute) and _is_super(call.func.value))
    return next(parents, calls[0] if calls else None)


def _is_super(expression: cst.BaseExpression) -> bool:
    match expression:
        case cst.Call(func=cst.Name(value="super")):
            return True
    return False


def await_call(document: Document, change: Await) -> list[Edit] | None:
    """`await` before a call that stands in an async function, or in one that becomes async."""
    call = call_at(document, change.at)
    if call is None:
        return None
    around = next((each for each in document.parents(call) if isinstance(each, (cst.FunctionDef, cst.Lambda))), None)
    if not isinstance(around, cst.FunctionDef):
        return None
    if around.asynchronous is None and not change.is_becoming_async:
        return None
    parent = next(document.parents(call))
    if isinstance(parent, cst.Await):
        return None
    start, end = document.start(call), document.end(call)
    if isinstance(parent, _ROOMY) or call.lpar:
        return [Edit(start, start, "await ")]
    return [Edit(start, start, "(await "), Edit(end, end, ")")]


def unawait_call(document: Document, change: Unawait) -> list[Edit] | None:
    """No `await` before a call."""
    call = call_at(document, change.at)
    parent = next(document.parents(call)) if call is not None else None
    if not isinstance(parent, cst.Await):
        return None
    start = document.start(parent)
    blanks = document.module.code_for_node(parent.whitespace_after_await)
    return [Edit(start, start + len("await") + len(blanks), "")]


def rename_call(document: Document, change: RenameCall) -> list[Edit] | None:
    """Another attribute in a call."""
    call = call_at(document, change.at)
    if call is None or not isinstance(call.func, cst.Attribute):
        return None
    return [Edit(document.start(call.func.attr), document.end(call.func.attr), change.name)]


def drop_call(document: Document, change: DropCall) -> list[Edit] | None:
    """No statement where a call was one; `pass` where a body would be empty."""
    call = call_at(document, change.at)
    if call is None:
        return None
    around = list(document.parents(call))
    own = next((each for each in around if isinstance(each, cst.BaseSmallStatement)), None)
    if not isinstance(own, cst.Expr) or (own.value is not call and own.value is not around[0]):
        return None
    if own.value is not call and not isinstance(own.value, cst.Await):
        return None
    line, block = around[around.index(own) + 1 :][:2]
    if not isinstance(line, (cst.SimpleStatementLine, cst.SimpleStatementSuite)):
        return None
    start, end = document.start(own), document.end(own)
    if len(line.body) > 1:
        return [_without_neighbor(document, line.body, own)]
    if not isinstance(line, cst.SimpleStatementLine) or (isinstance(block, cst.IndentedBlock) and len(block.body) == 1):
        return [Edit(start, end, "pass")]
    return [Edit(document.line_start(start), document.line_after(end - 1), "")]


def call_first(document: Document, change: CallFirst) -> list[Edit] | None:
    """The line of a call, with its comment, as the first one after the docstring."""
    function, dropped = function_at(document, change.function), drop_call(document, DropCall(change.at))
    if function is None or dropped is None:
        return None
    (edit,) = dropped
    line = document.text[edit.start : edit.end]
    if edit.text or not line.endswith(("\n", "\r")):
        return None
    inserted = _inserted(document, function, line.strip(), is_last=False)
    return None if inserted is None else [*dropped, *inserted]


def _without_neighbor(document: Document, line: Sequence[cst.BaseSmallStatement], own: cst.BaseSmallStatement) -> Edit:
    """A line without one of its statements, and without the semicolon between that and its neighbor."""
    index = line.index(own)
    if index + 1 < len(line):
        return Edit(document.start(own), document.start(line[index + 1]), "")
    return Edit(document.end(line[index - 1]), document.end(own), "")


def call_parent(document: Document, change: CallParent) -> list[Edit] | None:
    """`super().name()` as the first statement after the docstring, or as the last one."""
    function = function_at(document, change.function)
    if function is None or (change.is_awaited and function.asynchronous is None):
        return None
    call = f"super().{change.name}({', '.join(change.arguments)})"
    return _inserted(document, function, f"await {call}" if change.is_awaited else call, is_last=change.is_last)


def yield_first(document: Document, change: YieldFirst) -> list[Edit] | None:
    """`yield` as the first statement after the docstring."""
    function = function_at(document, change.function)
    return None if function is None else _inserted(document, function, "yield", is_last=False)


def _inserted(document: Document, function: cst.FunctionDef, text: str, *, is_last: bool) -> list[Edit] | None:
    body = function.body
    if isinstance(body, cst.SimpleStatementSuite):
        return [_in_line(document, body.body, text, is_last=is_last)]
    if not isinstance(body, cst.IndentedBlock) or not body.body:
        return None
    first, last = body.body[0], body.body[-1]
    documented = first.body if isinstance(first, cst.SimpleStatementLine) and _is_docstring(first.body[0]) else ()
    rest = body.body[1:] if documented else body.body
    if len(rest) == 1 and isinstance(last, cst.SimpleStatementLine) and _is_placeholder(last.body):
        return [_in_line(document, last.body, text, is_last=is_last)]
    if is_last and rest:
        return [_at_the_end(document, last, text)]
    if len(documented) > 1:
        return [_in_line(document, documented, text, is_last=is_last)]
    previous = document.end(first) if documented else document.whole(body)[0]
    place = document.line_after(previous - 1)
    while not documented and _TYPE_COMMENT.match(document.text, place):
        place = document.line_after(place)
    return [_on_its_line(document, place, document.indent(document.start(first)), text)]


def _on_its_line(document: Document, place: int, indent: str, text: str) -> Edit:
    if place and document.text[place - 1] not in "\r\n":
        return Edit(place, place, f"{document.newline}{indent}{text}")
    return Edit(place, place, f"{indent}{text}{document.newline}")


def _at_the_end(document: Document, last: cst.BaseStatement, text: str) -> Edit:
    start = document.start(last)
    indent = document.indent(start)
    if isinstance(last, cst.SimpleStatementLine) and isinstance(last.body[-1], _LEAVING):
        if len(last.body) > 1:
            return _in_line(document, last.body, text, is_last=True)
        return Edit(start, start, f"{text}{document.newline}{indent}")
    return _on_its_line(document, document.line_after(document.whole(last)[1] - 1), indent, text)


def _in_line(document: Document, line: Sequence[cst.BaseSmallStatement], text: str, *, is_last: bool) -> Edit:
    """`def setUp(self): self.x = 1`: among the statements of a line, behind a docstring and before what leaves."""
    if _is_placeholder(line):
        return Edit(document.start(line[0]), document.end(line[0]), text)
    index = len(line) - isinstance(line[-1], _LEAVING) if is_last else int(_is_docstring(line[0]))
    if index < len(line):
        return Edit(document.start(line[index]), document.start(line[index]), f"{text}; ")
    return Edit(document.end(line[-1]), document.end(line[-1]), f"; {text}")


def _is_placeholder(line: Sequence[cst.BaseSmallStatement]) -> bool:
    return len(line) == 1 and (isinstance(line[0], cst.Pass) or _is_bare(line[0], cst.Ellipsis))


def _is_docstring(statement: cst.BaseSmallStatement) -> bool:
    return _is_bare(statement, cst.SimpleString, cst.ConcatenatedString)


def _is_bare(statement: cst.BaseSmallStatement, *kinds: type[cst.BaseExpression]) -> bool:
    """Whether the statement is nothing but an expression of one of these kinds."""
    return isinstance(statement, cst.Expr) and isinstance(statement.value, kinds)
