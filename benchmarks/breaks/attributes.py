"""Breaks of what hooks assign: removed, moved where nobody calls it, or done too late."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.breaks.accident import FUNCTIONS, HOOKS, Break, Function, Text, is_hook, is_of_tests, last_line


def assignments_removed(node: ast.AST, text: Text) -> Iterator[Break]:
    """`self.x = …` of a hook is gone, or `x = …` of a class whose methods read `self.x`."""
    for function, statement, attribute in _assignments(node):
        what = f"{function.name}: {attribute}"
        yield Break("assignment removed", statement.lineno, what, text.without(statement))
    if isinstance(node, ast.ClassDef) and is_of_tests(node):
        for statement in node.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)]) if _is_read(name, node.body):
                    yield Break("assignment removed", statement.lineno, f"{node.name}: {name}", text.without(statement))


def assignments_moved(node: ast.AST, text: Text) -> Iterator[Break]:
    """`self.x = …` of a hook stands in a method that nobody calls; on odd lines that one looks like a hook."""
    if not isinstance(node, ast.ClassDef):
        return
    for method in node.body:
        for function, statement, attribute in _assignments(method):
            what = f"{function.name}: {attribute}"
            yield Break("assignment moved", statement.lineno, what, _moved(text, function, statement))


def assignments_late(node: ast.AST, text: Text) -> Iterator[Break]:
    """`self.x = …` stands behind the last statement of its hook, which reads it before."""
    for function, statement, attribute in _assignments(node):
        later = function.body[function.body.index(statement) + 1 :]
        if _is_read(attribute, later):
            rest = "".join(text.lines[last_line(statement) : last_line(later[-1])])
            source = text.with_lines(statement.lineno, last_line(later[-1]), rest + text.of(statement))
            yield Break("assignment late", statement.lineno, f"{function.name}: {attribute}", source)


def _assignments(node: ast.AST) -> Iterator[tuple[Function, ast.stmt, str]]:
    if isinstance(node, FUNCTIONS) and is_hook(node):
        for statement in node.body:
            for attribute in _attributes(statement, node):
                yield node, statement, attribute


def _attributes(statement: ast.stmt, function: Function) -> Iterator[str]:
    """The first attribute of the test's object or class that a statement assigns."""
    match statement:
        case (
            ast.Assign(targets=[ast.Tuple(elts=[target, *_])] | [target])
            | ast.AnnAssign(target=target, value=ast.expr())
        ):
            if isinstance(target, ast.Attribute) and _is_receiver(target.value, function):
                yield target.attr


def _is_receiver(node: ast.expr, function: Function) -> bool:
    first = function.args.args[0].arg if function.args.args else ""
    match node:
        case ast.Name(id=name):
            return name == first and (function.name in HOOKS or name in ("self", "cls"))
        case ast.Attribute(value=ast.Name(id="request"), attr="cls" | "instance"):
            return True
    return False


def _moved(text: Text, function: Function, statement: ast.stmt) -> str:
    indent = text.indent(function)
    first = min(each.lineno for each in (function, *function.decorator_list))
    receiver = function.args.args[0].arg
    name = "async_setup_method" if statement.lineno % 2 else "prepare"
    method = f"{indent}def {name}({receiver}):\n{text.of(statement)}\n"
    rest = "".join(text.lines[first - 1 : statement.lineno - 1])
    return text.with_lines(first, last_line(statement), f"{method}{rest}{text.indent(statement)}pass\n")


def _is_read(attribute: str, statements: list[ast.stmt]) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == attribute and isinstance(node.ctx, ast.Load)
        for statement in statements
        for node in ast.walk(statement)
    )
