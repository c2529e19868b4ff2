"""What a module goes on with after an import that always fails, and which tests that keeps from their business."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_ssot.facts.expressions import Compare, Constant, Expression, Logic, Name, Not
from lint_ssot.facts.statements import Assign, Class, Function, If, Import, ImportFrom, Statement, Try
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.functions.conditions import Conditions
from lint_ssot.lifecycle.functions.decorations import Decoration, last_word
from lint_ssot.lifecycle.imports.guards import bound_names
from lint_ssot.lifecycle.imports.problems import ImportFault, ImportProblem
from lint_ssot.lifecycle.module import LintedModule

_SKIPPING = frozenset({"skip", "skipTest"})


@dataclass(frozen=True, slots=True)
class Fallback:
    """A swallowed import; `names` are those that its handler binds, each to a value, or to one that is not known.

    `stand_ins` are those among them that take the place of what could not be imported.
    """

    problem: ImportProblem
    names: tuple[tuple[str, Expression | None], ...]
    stand_ins: frozenset[str]


def fallbacks(module: LintedModule) -> tuple[Fallback, ...]:
    """What the module goes on with after its imports that always fail."""
    swallowed = tuple(module.import_problems_by(ImportFault.SWALLOWED))
    return tuple(found for problem in swallowed if (found := _fallback(module, problem)) is not None)


def skips(conditions: Conditions, known: Iterable[Fallback]) -> Fallback | None:
    """The fallback because of which a mark or decorator always skips a test."""
    found = tuple(known)
    return next((each for each in found if any(_says_skip(one, each) for one in conditions.decorations)), None)


def leaves_by_skipping(function: FunctionDefinition, known: Iterable[Fallback]) -> Fallback | None:
    """The fallback because of which a function always skips the test: `if not AVAILABLE: pytest.skip(…)`."""
    tests = [each for each in function.node.body if isinstance(each, If) and _skips_in(each)]
    return next((each for each in known if any(_truth(test.test, each) for test in tests)), None)


def stand_in_read(function: FunctionDefinition, known: Iterable[Fallback]) -> str | None:
    """A name in the function that stands for something else than what was to be imported."""
    wanted = frozenset(name for each in known for name in each.stand_ins)
    if not wanted:
        return None
    return next((name for name in _names_read(function) if name in wanted), None)


def _fallback(module: LintedModule, problem: ImportProblem) -> Fallback | None:
    guarded = [
        (statement, inner)
        for statement in statements(module.module.facts.body)
        if isinstance(statement, Try)
        for inner in statements(statement.body)
        if isinstance(inner, (Import, ImportFrom)) and inner.at.line <= problem.at.line
    ]
    if not guarded:
        return None
    statement, failing = max(guarded, key=lambda each: each[1].at)
    bound = tuple(pair for handler in statement.handlers for each in handler.body for pair in _bound(each))
    wanted = {
        name for inner in statement.body if isinstance(inner, (Import, ImportFrom)) for name in bound_names(inner)
    }
    wanted |= bound_names(failing)
    return Fallback(problem, bound, frozenset(name for name, _ in bound if name in wanted))


def _bound(statement: Statement) -> Iterator[tuple[str, Expression | None]]:
    match statement:
        case Assign(targets=targets, value=value):
            yield from ((target.id, value) for target in targets if isinstance(target, Name))
        case Class(name=name) | Function(name=name):
            yield name, None


def _says_skip(decoration: Decoration, fallback: Fallback) -> bool:
    condition = next((each.value for each in decoration.arguments or () if each.keyword in (None, "condition")), None)
    if condition is None:
        return False
    if decoration.mark == "skipif" or (decoration.package == "unittest" and decoration.last == "skipIf"):
        return _truth(condition, fallback) is True
    return decoration.package == "unittest" and decoration.last == "skipUnless" and _truth(condition, fallback) is False


def _skips_in(statement: If) -> bool:
    return any(
        last_word(part) in _SKIPPING
        for inner in statement.body
        for expression in expressions(inner)
        for part in subexpressions(expression)
    )


def _truth(test: Expression, fallback: Fallback) -> bool | None:
    """Whether a condition holds given what the handler binds; None if it hangs on something else."""
    match test:
        case Name(id=name):
            return _is_true(dict(fallback.names)[name]) if name in dict(fallback.names) else None
        case Not(value=value):
            known = _truth(value, fallback)
            return None if known is None else not known
        case Logic(operator=word, values=values):
            answers = [_truth(value, fallback) for value in values]
            decisive = word == "or"
            return decisive if decisive in answers else None if None in answers else not decisive
        case Compare(left=Name(id=name), operator="is" | "is not" | "==" | "!=" as word, right=right):
            same = _is_same(dict(fallback.names).get(name), right)
            return None if same is None else same is (word in ("is", "=="))
    return None


def _is_true(value: Expression | None) -> bool | None:
    """What stands in for a class or a module is true, unless it is a constant that is not."""
    if isinstance(value, Constant):
        return bool(value.value)
    return True if value is None or last_word(value) in ("Mock", "MagicMock", "AsyncMock") else None


def _is_same(value: Expression | None, other: Expression) -> bool | None:
    match value, other:
        case Constant(value=one), Constant(value=another):
            return one is another
        case Name(id=one), Name(id=another) if one == another:
            return True
    return None


def _names_read(function: FunctionDefinition) -> Iterator[str]:
    for statement in statements_of_all(function.node.body):
        for expression in expressions(statement):
            yield from (part.id for part in subexpressions(expression) if isinstance(part, Name))
