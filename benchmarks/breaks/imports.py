"""Breaks of imports: a name or a module that is misspelt."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.breaks.accident import Break, Text, last_line


@dataclass(frozen=True)
class Spelling:
    """Misspells what the project itself provides; `first_party` are its top-level names."""

    first_party: frozenset[str]

    def misspelt(self, node: ast.AST, text: Text) -> Iterator[Break]:
        """`from a.b import c` has become `from a.b import cx`, or `from a.bx import c`."""
        if isinstance(node, ast.ImportFrom) and self._is_ours(node.module or "", node.level):
            name = node.names[-1].name
            if name != "*":
                yield from self._break("name misspelt", node, text, name, f"{name}x")
            if node.module and (node.level or "." in node.module):
                yield from self._break("module misspelt", node, text, node.module, f"{node.module}x")
        elif isinstance(node, ast.Import):
            module = node.names[0].name
            if "." in module and self._is_ours(module, 0):
                yield from self._break("module misspelt", node, text, module, f"{module}x")

    def _is_ours(self, module: str, level: int) -> bool:
        return bool(level) or module.partition(".")[0] in self.first_party

    @staticmethod
    def _break(kind: str, node: ast.Import | ast.ImportFrom, text: Text, old: str, new: str) -> Iterator[Break]:
        """A name is the last one of its statement, a module the first; `as` gives neither its name."""
        statement = text.of(node)
        start = re.search(r"\bimport\b", statement) if kind == "name misspelt" else re.match("", statement)
        places = list(
            re.compile(rf"(?<!as )(?<![\w]){re.escape(old)}(?!\w)").finditer(statement, start.end() if start else 0)
        )
        if places:
            place = places[-1 if kind == "name misspelt" else 0]
            broken = statement[: place.start()] + new + statement[place.end() :]
            yield Break(kind, node.lineno, old, text.with_lines(node.lineno, last_line(node), broken))
