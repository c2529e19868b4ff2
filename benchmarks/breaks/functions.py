"""Breaks of how hooks are declared, of what they call, and of the class that awaits them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.breaks.accident import FUNCTIONS, HOOKS, Break, Text, is_hook


def parents_dropped(node: ast.AST, text: Text) -> Iterator[Break]:
    """A hook no longer calls its parent."""
    if isinstance(node, FUNCTIONS) and node.name in HOOKS:
        for statement in node.body:
            if _is_parent_call(statement):
                yield Break("super dropped", statement.lineno, node.name, text.without(statement))


def hooks_made_async(node: ast.AST, text: Text) -> Iterator[Break]:
    """`def setUp` has become `async def setUp`."""
    if isinstance(node, ast.FunctionDef) and node.name in HOOKS:
        yield Break("async hook", node.lineno, node.name, text.swapped(node.lineno, "def ", "async def "))


def hooks_made_sync(node: ast.AST, text: Text) -> Iterator[Break]:
    """`async def asyncSetUp`, or an async fixture, has become a plain function that awaits nothing."""
    if isinstance(node, ast.AsyncFunctionDef) and is_hook(node) and not _awaits(node):
        yield Break("sync hook", node.lineno, node.name, text.swapped(node.lineno, "async def ", "def "))


def plain_bases(node: ast.AST, text: Text) -> Iterator[Break]:
    """`IsolatedAsyncioTestCase` has become `TestCase`."""
    if isinstance(node, ast.ClassDef):
        for base in node.bases:
            match base:
                case ast.Attribute(attr="IsolatedAsyncioTestCase") | ast.Name(id="IsolatedAsyncioTestCase"):
                    source = text.swapped(base.lineno, "IsolatedAsyncioTestCase", "TestCase")
                    yield Break("plain TestCase", base.lineno, node.name, source)


def _is_parent_call(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super"))))
            | ast.Await(value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")))))
        ):
            return True
    return False


def _awaits(node: ast.AsyncFunctionDef) -> bool:
    """Whether the body would not be Python without `async`; functions in it have their own."""
    return any(isinstance(each, (ast.Await, ast.AsyncWith, ast.AsyncFor)) for each in ast.walk(node))
