"""Edits of calls: awaited or not, of another name, dropped, or a new one of the parent."""

from __future__ import annotations

import libcst as cst

from lint_ssot.cure import Await, CallParent, DropCall, RenameCall, Unawait, YieldFirst
from lint_ssot.facts.expressions import Position
from lint_ssot.fixes.document import Document
from lint_ssot.fixes.edits import Edit
from lint_ssot.fixes.functions import function_at

# where `await` needs no parentheses around it
_ROOMY = (cst.Expr, cst.Assign, cst.AnnAssign, cst.Return, cst.Arg, cst.WithItem)


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
    statement = next((each for each in around if isinstance(each, cst.SimpleStatementLine)), None)
    if statement is None or len(statement.body) != 1 or not isinstance(statement.body[0], cst.Expr):
        return None
    only = statement.body[0].value
    if only is not call and not (isinstance(only, cst.Await) and only.expression is call):
        return None
    block = around[around.index(statement) + 1]
    start, end = document.start(statement), document.end(statement)
    if isinstance(block, cst.IndentedBlock) and len(block.body) == 1:
        return [Edit(start, end, "pass")]
    return [Edit(document.line_start(start), document.line_after(end - 1), "")]


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
        return _in_one_line(document, body, text, is_last=is_last)
    if not isinstance(body, cst.IndentedBlock) or not body.body:
        return None
    statements = list(body.body)
    has_docstring = _is_bare(statements[0], cst.SimpleString, cst.ConcatenatedString)
    rest = statements[1:] if has_docstring else statements
    if len(rest) == 1 and _is_placeholder(rest[0]):
        return [Edit(document.start(rest[0]), document.end(rest[0]), text)]
    if is_last and rest:
        return _at_the_end(document, rest[-1], text)
    previous = document.end(statements[0]) if has_docstring else document.whole(body)[0]
    place = document.line_after(previous - 1)
    return [_on_its_line(document, place, document.indent(document.start(statements[0])), text)]


def _on_its_line(document: Document, place: int, indent: str, text: str) -> Edit:
    if place and document.text[place - 1] not in "\r\n":
        return Edit(place, place, f"{document.newline}{indent}{text}")
    return Edit(place, place, f"{indent}{text}{document.newline}")


def _at_the_end(document: Document, last: cst.BaseStatement, text: str) -> list[Edit]:
    start = document.start(last)
    indent = document.indent(start)
    leaves = isinstance(last, cst.SimpleStatementLine) and isinstance(last.body[-1], (cst.Return, cst.Raise))
    if leaves:
        return [Edit(start, start, f"{text}{document.newline}{indent}")]
    return [_on_its_line(document, document.whole(last)[1], indent, text)]


def _is_placeholder(statement: cst.BaseStatement) -> bool:
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    return isinstance(statement.body[0], cst.Pass) or _is_bare(statement, cst.Ellipsis)


def _is_bare(statement: cst.BaseStatement, *kinds: type[cst.BaseExpression]) -> bool:
    """Whether the statement is nothing but an expression of one of these kinds."""
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    only = statement.body[0]
    return isinstance(only, cst.Expr) and isinstance(only.value, kinds)


def _in_one_line(document: Document, suite: cst.SimpleStatementSuite, text: str, *, is_last: bool) -> list[Edit]:
    """`def setUp(self): self.x = 1`."""
    first, last = suite.body[0], suite.body[-1]
    if isinstance(first, cst.Pass) and len(suite.body) == 1:
        return [Edit(document.start(first), document.end(first), text)]
    if is_last:
        return [Edit(document.end(last), document.end(last), f"; {text}")]
    return [Edit(document.start(first), document.start(first), f"{text}; ")]
