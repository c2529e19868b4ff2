"""Goes through a module as an import of it would, and through its functions as calls would."""

from __future__ import annotations

from collections.abc import Callable

from lint_ssot.facts.expressions import Call, Expression
from lint_ssot.facts.statements import (
    Block,
    Class,
    For,
    Function,
    If,
    Import,
    ImportFrom,
    Match,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from lint_ssot.facts.traversal import blocks, statements, subexpressions
from lint_ssot.facts.values import dataclass, replace
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.names.conditions import truth
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.functions.excuses import may_be_skipped
from lint_ssot.lifecycle.imports.guards import (
    Catching,
    catches,
    catching_handler,
    is_expected,
    is_suppressed,
    leaves,
)
from lint_ssot.lifecycle.imports.problems import ImportProblem

Judge = Callable[[Import | ImportFrom], tuple[ImportProblem, ...]]


@dataclass(frozen=True, slots=True)
class Guard:
    """What catches the failure of an import: exception types and the block that runs instead of going on."""

    type: Expression | None
    block: Block


@dataclass(frozen=True, slots=True, eq=False)
class FailingImport:
    """An import that fails, and what catches that; `is_deferred`: it stands in a function, and breaks what calls it."""

    statement: Import | ImportFrom
    problems: tuple[ImportProblem, ...]
    guard: Guard | None
    is_deferred: bool


@dataclass(frozen=True, slots=True)
class _Place:
    guard: Guard | None = None
    is_deferred: bool = False
    is_nested: bool = False


class Walk:
    """One walk; `failing` grows as it goes."""

    def __init__(self, module: Module, names: Names, judge: Judge) -> None:
        self._module = module
        self._names = names
        self._judge = judge
        self._oldest = names.modules.project.requires_python
        self.failing: list[FailingImport] = []

    def run(self) -> None:
        """Go through the whole module."""
        self._block(self._module.facts.body, _Place())

    def _block(self, block: Block, place: _Place) -> bool:
        """Whether the end of the block may be reached."""
        return all(self._statement(statement, place) for statement in block)

    def _statement(self, statement: Statement, place: _Place) -> bool:
        match statement:
            case Import() | ImportFrom():
                self._import(statement, place)
            case Function():
                self._function(statement, place)
            case For() | While() | Match():
                for block in blocks(statement):
                    self._block(block, place)
            case Class() | If() | Try() | With():
                return self._compound(statement, place)
            case _:
                return not _ends(statement)
        return True

    def _compound(self, statement: Class | If | Try | With, place: _Place) -> bool:
        match statement:
            case Class():
                return self._class(statement, place)
            case If():
                return self._if(statement, place)
            case Try():
                return self._try(statement, place)
            case With():
                return self._with(statement, place)

    def _import(self, statement: Import | ImportFrom, place: _Place) -> None:
        if place.is_nested and isinstance(statement, ImportFrom) and statement.level:
            # a function in a function may be handed to somebody who runs its code as that of another module
            return
        problems = self._judge(statement)
        if problems:
            self.failing.append(FailingImport(statement, problems, place.guard, place.is_deferred))

    def _function(self, statement: Function, place: _Place) -> None:
        if not self._may_be_skipped(statement):
            self._block(statement.body, _Place(is_deferred=True, is_nested=place.is_deferred))

    def _may_be_skipped(self, statement: Function | Class) -> bool:
        return bool(statement.decorators) and may_be_skipped(statement.decorators, self._module, self._names)

    def _class(self, statement: Class, place: _Place) -> bool:
        if self._may_be_skipped(statement):
            own = tuple(each for each in statement.body if not isinstance(each, (Function, Class)))
            return self._block(own, place)
        return self._block(statement.body, place)

    def _if(self, statement: If, place: _Place) -> bool:
        holds = truth(statement.test, self._oldest)
        if holds is not None:
            return self._block(statement.body if holds else statement.orelse, place)
        if _asks(statement.test):
            return not any(map(_ends, statements((*statement.body, *statement.orelse))))
        then = self._block(statement.body, place)
        otherwise = self._block(statement.orelse, place)
        # who leaves under a condition may do so just because the imports below would fail
        return then and otherwise

    def _try(self, statement: Try, place: _Place) -> bool:
        handler = catching_handler(statement)
        if handler is None:
            return self._sequence((statement.body, statement.orelse, statement.finalbody), place)
        before = len(self.failing)
        is_left = not self._block(statement.body, replace(place, guard=Guard(handler.type, handler.body)))
        is_probe = leaves(statement.body) or leaves(statement.orelse)
        if is_probe or catches(handler.type) is Catching.MAYBE:
            # it is there to see the import fail (`import gone; self.fail()`), or nobody can know
            del self.failing[before:]
            return True
        if len(self.failing) == before:
            return self._sequence((statement.orelse, statement.finalbody), place) and not is_left
        return self._sequence((handler.body, statement.finalbody), place)

    def _with(self, statement: With, place: _Place) -> bool:
        if is_expected(statement):
            return True
        if is_suppressed(statement):
            suppressed = Guard(None, ())
            self._block(statement.body, replace(place, guard=suppressed))
            return True
        return self._block(statement.body, place)

    def _sequence(self, parts: tuple[Block, ...], place: _Place) -> bool:
        ends = [self._block(part, place) for part in parts]
        return all(ends)


def _ends(statement: Statement) -> bool:
    """Whether nothing below the statement runs, or nobody can know that it does."""
    return isinstance(statement, (Raise, Return)) or leaves((statement,))


def _asks(test: Expression) -> bool:
    """Whether a condition calls something, which may ask whether an import would succeed."""
    return any(isinstance(part, Call) for part in subexpressions(test))
