"""Names that are imported for type checkers only, and used when the code runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Choice, Comprehension, Expression, Lambda, Logic, Name
from lint_ssot.facts.statements import (
    Annotate,
    Block,
    Class,
    Function,
    If,
    Import,
    ImportFrom,
    Statement,
    Try,
)
from lint_ssot.facts.traversal import blocks, expressions, statements, subexpressions
from lint_ssot.graph.definitions import Missing, Module
from lint_ssot.graph.names.conditions import truth
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.functions.excuses import may_be_skipped
from lint_ssot.lifecycle.imports.guards import Catching, bound_names, catches
from lint_ssot.lifecycle.imports.problems import ImportFault, ImportProblem
from lint_ssot.lifecycle.protocols.bindings import bindings_of

# annotations are evaluated when somebody asks for them (PEP 649)
_LAZY_ANNOTATIONS = (3, 14)


def unbound_at_run_time(module: Module, names: Names) -> Iterator[ImportProblem]:
    """The first use of each name that only an `if TYPE_CHECKING` imports."""
    imported = _type_checking_names(module.facts.body)
    absent = frozenset(each for each in imported if names.lookup(module, each) == Missing(module.name, each))
    if not absent:
        return
    uses = _Uses(absent, _evaluates_annotations(module, names), module, names)
    told: set[str] = set()
    for name in uses.in_block(module.facts.body, frozenset()):
        if name.id not in told:
            told.add(name.id)
            why = "is imported for type checkers only, and used at run time"
            yield ImportProblem(name.at, ImportFault.MISSING_NAME, name.id, why)


def _type_checking_names(body: Block) -> frozenset[str]:
    return frozenset(
        name
        for statement in statements(body)
        if isinstance(statement, If) and _is_type_checking(statement.test)
        for inner in statements(statement.body)
        if isinstance(inner, (Import, ImportFrom))
        for name in bound_names(inner)
    )


def _is_type_checking(test: Expression) -> bool:
    match test:
        case Name(id="TYPE_CHECKING") | Attribute(attr="TYPE_CHECKING"):
            return True
    return False


def _evaluates_annotations(module: Module, names: Names) -> bool:
    """Whether annotations are surely evaluated; what is no test may be there for newer Pythons only."""
    if module.path is None or not names.modules.is_collected(module.path):
        return False
    oldest = names.modules.project.requires_python
    if sys.version_info >= _LAZY_ANNOTATIONS or (oldest is not None and oldest >= _LAZY_ANNOTATIONS):
        return False
    return not any(
        isinstance(statement, ImportFrom)
        and statement.module == "__future__"
        and any(alias.name == "annotations" for alias in statement.names)
        for statement in module.facts.body
    )


class _Uses:
    """Finds where names are read that nothing binds; what runs first comes first, functions last."""

    def __init__(self, wanted: frozenset[str], evaluates_annotations: bool, module: Module, names: Names) -> None:
        self._wanted = wanted
        self._module = module
        self._names = names
        self._evaluates_annotations = evaluates_annotations

    def in_block(self, block: Block, local: frozenset[str]) -> Iterator[Name]:
        """The reads in a block, then those in the functions that it defines; `local` are names that hide ours."""
        yield from self._running(block, local, is_function=False)
        yield from self._called(block, local)

    def _called(self, block: Block, local: frozenset[str]) -> Iterator[Name]:
        for statement in _reached(block):
            if isinstance(statement, Function | Class) and self._may_be_skipped(statement):
                continue
            if isinstance(statement, Function):
                hidden = {parameter.name for parameter in statement.parameters} | set(bindings_of(statement.body))
                yield from self._running(statement.body, local | hidden, is_function=True)
                yield from self._called(statement.body, local | hidden)
            elif isinstance(statement, Class):
                yield from self._called(statement.body, local)

    def _may_be_skipped(self, statement: Function | Class) -> bool:
        return bool(statement.decorators) and may_be_skipped(statement.decorators, self._module, self._names)

    def _running(self, block: Block, local: frozenset[str], *, is_function: bool) -> Iterator[Name]:
        for statement in _reached(block):
            for expression in (*expressions(statement), *self._annotations(statement, is_function)):
                yield from self._read(expression, local)
            if isinstance(statement, Class):
                own = local | set(bindings_of(statement.body))
                yield from self._running(statement.body, own, is_function=False)

    def _annotations(self, statement: Statement, is_function: bool) -> Iterator[Expression]:
        """The annotations that are evaluated when the statement runs; those of local variables never are."""
        if not self._evaluates_annotations:
            return
        match statement:
            case Function(parameters=parameters, returns=returns):
                yield from (each.annotation for each in parameters if each.annotation is not None)
                if returns is not None:
                    yield returns
            case Annotate(annotation=annotation) if not is_function:
                yield annotation

    def _read(self, expression: Expression, local: frozenset[str]) -> Iterator[Name]:
        parts = list(subexpressions(expression))
        hidden = {name for part in parts for name in _bound_inside(part)}
        wanted = self._wanted - local - hidden
        found = [part for part in parts if isinstance(part, Name) and part.id in wanted]
        perhaps = {id(each) for part in parts for inner in _perhaps(part) for each in subexpressions(inner)}
        yield from (each for each in found if id(each) not in perhaps)


def _reached(block: Block) -> Iterator[Statement]:
    """The statements that run, without what only type checkers see and what expects a NameError."""
    for statement in block:
        if isinstance(statement, Try) and any(
            catches(each.type, NameError) is not Catching.NO for each in statement.handlers
        ):
            continue
        if isinstance(statement, (Function, Class)) and any(map(_speaks_of_skipping, statement.decorators)):
            continue
        yield statement
        inner = blocks(statement)
        if isinstance(statement, If):
            # a condition of their own may be the version of Python, by whatever name
            inner = _branch(statement)
        for each in inner:
            yield from _reached(each)


def _speaks_of_skipping(decorator: Expression) -> bool:
    return "skip" in (last_word(decorator) or "").lower()


def _branch(statement: If) -> tuple[Block, ...]:
    match truth(statement.test, None):
        case None:
            return ()
        case holds:
            return (statement.body if holds else statement.orelse,)


def _perhaps(expression: Expression) -> tuple[Expression, ...]:
    """The parts that are evaluated under a condition, which may be the version of Python, too."""
    match expression:
        case Logic(values=(_, *rest)):
            return tuple(rest)
        case Choice(then=then, otherwise=otherwise):
            return (then, otherwise)
    return ()


def _bound_inside(expression: Expression) -> Iterator[str]:
    match expression:
        case Lambda(parameters=parameters):
            yield from parameters
        case Comprehension(generations=generations):
            for generation in generations:
                yield from (each.id for each in subexpressions(generation.target) if isinstance(each, Name))
