"""Which names and texts stand anywhere in a file, wherever and whatever for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Constant, Expression, Name, Walrus
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Global, Import, ImportFrom
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.modules.import_magic import NO_MAGIC, ImportMagic, import_magic

Relative: TypeAlias = Callable[[Module, str, int], "str | None"]


def contains(path: Path, words: tuple[bytes, ...]) -> bool:
    """Whether all the words stand in a file, which need not be parsed for that."""
    try:
        source = path.read_bytes()
    except OSError:
        return False
    return all(word in source for word in words)


def imported_names(module: Module, relative: Relative) -> Iterator[str]:
    """The names of modules that the imports at module level may stand for."""
    for statement in statements(module.facts.body):
        match statement:
            case Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ImportFrom(module=source, level=level, names=aliases):
                absolute = relative(module, source, level) or ""
                yield absolute
                yield from (f"{absolute}.{alias.name}" for alias in aliases if alias.name != "*")


class Mentions:
    """The names and texts that stand anywhere in a file, and what it does to the import system.

    `rebound` are names that a function binds by `global` or an expression by `:=`.
    """

    def __init__(self, facts: ModuleFacts) -> None:
        self.names: set[str] = set()
        self.texts: set[str] = set()
        self.rebound: set[str] = set()
        self._body = facts.body
        for statement in statements_of_all(facts.body):
            if isinstance(statement, Global):
                self.rebound.update(statement.names)
            for expression in expressions(statement):
                for part in subexpressions(expression):
                    self._see(part)

    @cached_property
    def magic(self) -> ImportMagic:
        """What the file does to `sys.modules` and to a `__path__`; most files speak of neither."""
        speaks_of_it = self.names & {"modules", "__path__"} or "sys.modules" in self.texts
        return import_magic(self._body) if speaks_of_it else NO_MAGIC

    def _see(self, part: Expression) -> None:
        kind = type(part)  # a `match` takes longer than the walk
        if kind is Name:
            self.names.add(part.id)  # type: ignore[union-attr]
        elif kind is Attribute:
            self.names.add(part.attr)  # type: ignore[union-attr]
        elif kind is Constant and isinstance(part.value, str):  # type: ignore[union-attr]
            self.texts.add(part.value)  # type: ignore[union-attr]
        elif kind is Walrus:
            self.rebound.add(part.target.id)  # type: ignore[union-attr]
