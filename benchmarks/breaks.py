"""The breaks a person makes in a suite by accident, each as the text it leaves behind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

HOOKS = frozenset(
    {"setUp", "asyncSetUp", "setUpClass", "setUpTestData", "setup_method", "setup_class", "setup", "setUpAsync"}
)
MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})


@dataclass(frozen=True)
class Break:
    """One accident: its kind, the line it happens on (1-based), what was hit, and the whole file after it."""

    kind: str
    line: int
    what: str
    source: str


def breaks(source: str, first_party: frozenset[str]) -> Iterator[Break]:
    """Every break of every kind that the file offers; `first_party` are the project's top-level names."""
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _in_class(node, lines)
        elif isinstance(node, ast.ImportFrom) and node.col_offset == 0:
            yield from _misspelt(node, lines, first_party)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _undecorated(node, lines)


def _in_class(node: ast.ClassDef, lines: list[str]) -> Iterator[Break]:
    for base in node.bases:
        name = base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""
        if name == "IsolatedAsyncioTestCase":
            text = lines[base.lineno - 1].replace("IsolatedAsyncioTestCase", "TestCase")
            yield Break("plain TestCase", base.lineno, node.name, _with_line(lines, base.lineno, text))
    for method in node.body:
        if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) and method.name in HOOKS:
            yield from _in_hook(method, lines)


def _in_hook(method: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> Iterator[Break]:
    if isinstance(method, ast.FunctionDef):
        text = lines[method.lineno - 1].replace("def ", "async def ", 1)
        yield Break("async hook", method.lineno, method.name, _with_line(lines, method.lineno, text))
    for at, statement in enumerate(method.body):
        if _attribute(statement, method) is not None:
            what = f"{method.name}: {_attribute(statement, method)}"
            yield Break("assignment removed", statement.lineno, what, _without(lines, statement))
            if _is_read_later(_attribute(statement, method), method.body[at + 1 :]):
                yield Break("assignment moved", statement.lineno, what, _moved(lines, statement, method.body[-1]))
        elif _is_parent_call(statement):
            yield Break("super dropped", statement.lineno, method.name, _without(lines, statement))
    for decorator in method.decorator_list:
        if isinstance(decorator, ast.Name) and decorator.id == "classmethod":
            yield Break("classmethod gone", decorator.lineno, method.name, _with_line(lines, decorator.lineno, ""))


def _attribute(statement: ast.stmt, method: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    """The attribute of `self.attribute = value`."""
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=name), attr=attribute)]):
            return attribute if method.args.args and name == method.args.args[0].arg else None
    return None


def _is_parent_call(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super"))))
            | ast.Await(value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")))))
        ):
            return True
    return False


def _is_read_later(attribute: str | None, statements: list[ast.stmt]) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == attribute and isinstance(node.ctx, ast.Load)
        for statement in statements
        for node in ast.walk(statement)
    )


def _undecorated(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> Iterator[Break]:
    for decorator in node.decorator_list:
        name = decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
        if name in MANAGERS:
            yield Break("decorator gone", decorator.lineno, node.name, _with_line(lines, decorator.lineno, ""))


def _misspelt(node: ast.ImportFrom, lines: list[str], first_party: frozenset[str]) -> Iterator[Break]:
    module = node.module or ""
    if (not node.level and module.partition(".")[0] not in first_party) or node.names[0].name == "*":
        return
    if node.lineno == node.end_lineno and len(node.names) == 1:
        name = node.names[0].name
        head, _, tail = lines[node.lineno - 1].rpartition(f"import {name}")
        yield Break("name misspelt", node.lineno, name, _with_line(lines, node.lineno, f"{head}import {name}x{tail}"))
    if module and (node.level or "." in module):
        text = lines[node.lineno - 1].replace(f"{module} ", f"{module}x ", 1)
        yield Break("module misspelt", node.lineno, module, _with_line(lines, node.lineno, text))


def _with_line(lines: list[str], number: int, text: str) -> str:
    return "".join((*lines[: number - 1], text, *lines[number:]))


def _without(lines: list[str], statement: ast.stmt) -> str:
    """The file with `pass` in place of a statement."""
    indent = lines[statement.lineno - 1][: statement.col_offset]
    return "".join((*lines[: statement.lineno - 1], f"{indent}pass\n", *lines[statement.end_lineno :]))


def _moved(lines: list[str], statement: ast.stmt, last: ast.stmt) -> str:
    """The file with a statement put behind the last one of its body."""
    taken = lines[statement.lineno - 1 : statement.end_lineno]
    rest = lines[statement.end_lineno : last.end_lineno]
    return "".join((*lines[: statement.lineno - 1], *rest, *taken, *lines[last.end_lineno :]))
