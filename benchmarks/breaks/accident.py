"""One break, and the text it leaves behind."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from typing import TypeAlias

Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
HOOKS = frozenset(
    {"setUp", "asyncSetUp", "setUpClass", "setUpTestData", "setup_method", "setup_class", "setup", "setUpAsync"}
)


@dataclass(frozen=True)
class Break:
    """One accident: its kind, the line it happens on (1-based), what was hit, and the whole file after it."""

    kind: str
    line: int
    what: str
    source: str

    @property
    def is_python(self) -> bool:
        """Whether Python could compile what is left: nobody needs a linter to be told otherwise."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(self.source, "<broken>", "exec", dont_inherit=True)
        except SyntaxError:
            return False
        return True


@dataclass(frozen=True)
class Text:
    """The lines of a file, with their ends, and what edits make of them; line numbers are 1-based."""

    lines: tuple[str, ...]

    def with_line(self, number: int, text: str) -> str:
        """Another text in the place of one line."""
        return self.with_lines(number, number, text)

    def with_lines(self, first: int, last: int, text: str) -> str:
        """Another text in the place of some lines."""
        return "".join((*self.lines[: first - 1], text, *self.lines[last:]))

    def without(self, statement: ast.stmt) -> str:
        """`pass` in the place of a statement."""
        return self.with_lines(statement.lineno, last_line(statement), f"{self.indent(statement)}pass\n")

    def of(self, statement: ast.stmt) -> str:
        """The lines of a statement."""
        return "".join(self.lines[statement.lineno - 1 : last_line(statement)])

    def indent(self, statement: ast.stmt) -> str:
        """What stands before a statement that begins its line."""
        return self.lines[statement.lineno - 1][: statement.col_offset]

    def swapped(self, number: int, old: str, new: str) -> str:
        """The first `old` of a line made `new`."""
        return self.with_line(number, self.lines[number - 1].replace(old, new, 1))


def last_line(node: ast.stmt | ast.expr) -> int:
    """The line a node ends on."""
    return node.end_lineno or node.lineno


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name, called or not; empty for anything else."""
    match node:
        case ast.Call(func=function):
            return name_of(function)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def is_hook(function: Function) -> bool:
    """Whether a runner calls the function by itself, to set something up."""
    return function.name in HOOKS or any(name_of(each) == "fixture" for each in function.decorator_list)


def is_of_tests(node: ast.ClassDef) -> bool:
    """Whether tests stand in a class."""
    return any(isinstance(each, FUNCTIONS) and each.name.startswith("test") for each in node.body)
