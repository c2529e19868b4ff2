"""Edits of how a function is declared: its name, its parameters, `async`, its decorators."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import libcst as cst

from lint_ssot.cure import AddParameter, Decorate, DropParameters, MakeAsync, MakeSync, NameClass, Redecorate, Rename
from lint_ssot.facts.expressions import Position
from lint_ssot.fixes.document import Document
from lint_ssot.fixes.edits import Edit
from lint_ssot.fixes.imports import reference

_OWN_SCOPE = (cst.FunctionDef, cst.Lambda, cst.ClassDef)


def function_at(document: Document, at: Position) -> cst.FunctionDef | None:
    """The function whose `def`, or `async`, stands at a position."""
    return next(document.at(at, cst.FunctionDef), None)


def decorate(document: Document, change: Decorate) -> list[Edit] | None:
    """`@name` on the line above the function, below its other decorators."""
    dotted, parenthesis, arguments = change.decorator.partition("(")
    start = document.offset(change.function)
    found = reference(document, dotted, start)
    if found is None or function_at(document, change.function) is None:
        return None
    indent = document.indent(start)
    text = f"{indent}@{found.text}{parenthesis}{arguments}{document.newline}"
    return [*found.edits, Edit(start - len(indent), start - len(indent), text)]


def redecorate(document: Document, change: Redecorate) -> list[Edit] | None:
    """Another name in a decorator."""
    function = function_at(document, change.function)
    for decorator in function.decorators if function is not None else ():
        named = decorator.decorator.func if isinstance(decorator.decorator, cst.Call) else decorator.decorator
        if _last_word(named) == change.old:
            found = reference(document, change.decorator, document.start(named))
            if found is None:
                return None
            return [*found.edits, Edit(document.start(named), document.end(named), found.text)]
    return None


def _last_word(expression: cst.BaseExpression) -> str | None:
    match expression:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            return name
    return None


def rename(document: Document, change: Rename) -> list[Edit] | None:
    """Another name after `def`."""
    function = function_at(document, change.function)
    if function is None:
        return None
    return [Edit(document.start(function.name), document.end(function.name), change.name)]


def make_async(document: Document, change: MakeAsync) -> list[Edit] | None:
    """`async` before `def`."""
    function = function_at(document, change.function)
    if function is None or function.asynchronous is not None:
        return None
    start = document.start(function)
    return [Edit(start, start, "async ")]


def make_sync(document: Document, change: MakeSync) -> list[Edit] | None:
    """No `async` before `def`, where nothing in the body needs it."""
    function = function_at(document, change.function)
    if function is None or function.asynchronous is None:
        return None
    if any(_needs_async(document, node, change.unawaited) for node in own_nodes(function.body)):
        return None
    start = document.start(function)
    return [Edit(start, document.text.index("def", start), "")]


def _needs_async(document: Document, node: cst.CSTNode, unawaited: Collection[Position]) -> bool:
    if isinstance(node, cst.Await):
        return document.start(node.expression) not in {document.offset(at) for at in unawaited}
    # a generator would become one of another kind
    return isinstance(node, cst.Yield) or getattr(node, "asynchronous", None) is not None


def own_nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes of a body without those of functions and classes inside it."""
    for child in node.children:
        if not isinstance(child, _OWN_SCOPE):
            yield child
            yield from own_nodes(child)


def name_class(document: Document, change: NameClass) -> list[Edit] | None:
    """`self` → `cls` in the whole function, or nowhere if either name means something else there."""
    function = function_at(document, change.function)
    parameters = function.params.params if function is not None else ()
    if function is None or not parameters or parameters[0].name.value != "self":
        return []
    names = [node for node in _all_nodes(function) if isinstance(node, cst.Name)]
    is_inner = any(isinstance(node, _OWN_SCOPE) for node in _all_nodes(function.body))
    if is_inner or any(name.value == "cls" for name in names):
        return []
    renamed = (name for name in names if name.value == "self" and not _is_label(document, name))
    return [Edit(document.start(name), document.end(name), "cls") for name in renamed]


def _all_nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for child in node.children:
        yield child
        yield from _all_nodes(child)


def _is_label(document: Document, name: cst.Name) -> bool:
    """Whether the word is an attribute or the keyword of an argument."""
    parent = next(document.parents(name))
    return (isinstance(parent, cst.Attribute) and parent.attr is name) or (
        isinstance(parent, cst.Arg) and parent.keyword is name
    )


def add_parameter(document: Document, change: AddParameter) -> list[Edit] | None:
    """`(self)` → `(self, name)`, and `()` → `(name)`, which may be what the body speaks of already."""
    function = function_at(document, change.function)
    if function is None:
        return None
    if function.params.deep_equals(cst.Parameters()):
        start = document.text.index("(", document.end(function.type_parameters or function.name)) + 1
        return [Edit(start, start, change.name)]
    if not function.params.params:
        return None
    last = function.params.params[-1]
    taken = any(isinstance(node, cst.Name) and node.value == change.name for node in _all_nodes(function))
    if taken or last.default is not None or last.annotation is not None:
        return None
    end = document.end(last.name)
    return [Edit(end, end, f", {change.name}")]


def drop_parameters(document: Document, change: DropParameters) -> list[Edit] | None:
    """`(self, method)` → `(self)`, where the body has no use for it."""
    function = function_at(document, change.function)
    if function is None or not function.params.params:
        return None
    receiver, *others = function.params.params
    named = {other.name.value for other in others}
    uses = {node.value for node in _all_nodes(function.body) if isinstance(node, cst.Name)}
    has_more = function.params.star_kwarg or function.params.kwonly_params or function.params.posonly_params
    if has_more or isinstance(function.params.star_arg, cst.Param) or named & uses:
        return None
    if not others:
        return []
    last = others[-1]
    end = max(document.end(each) for each in (last.name, last.annotation, last.default) if each is not None)
    return [Edit(document.end(receiver.name), end, "")]
