"""What becomes of an import that fails: who catches it, and what the module goes on with."""

from __future__ import annotations

import builtins
import enum
from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Name
from lint_ssot.facts.statements import (
    Assert,
    Assign,
    Block,
    Class,
    Evaluate,
    Function,
    Handler,
    Import,
    ImportFrom,
    Raise,
    Statement,
    Try,
    With,
)
from lint_ssot.facts.traversal import statements
from lint_ssot.lifecycle.functions.decorations import last_word

_EXPECTING = frozenset({"raises", "assertRaises", "assertRaisesRegex", "assertRaisesMessage", "RaisesGroup"})
_LEAVING = frozenset({"skip", "skipTest", "fail", "xfail", "exit", "importorskip", "abort", "_exit"})


class Catching(enum.Enum):
    """Whether an exception type catches an ImportError."""

    YES = "yes"
    NO = "no"
    MAYBE = "it is not known which type it is"


def catching_handler(statement: Try, error: type[BaseException] = ModuleNotFoundError) -> Handler | None:
    """The first handler of a `try` that may get the error, if there is one."""
    return next((each for each in statement.handlers if catches(each.type, error) is not Catching.NO), None)


def catches(type_: Expression | None, error: type[BaseException] = ModuleNotFoundError) -> Catching:
    """Whether a handler of this type, or of one of a tuple of types, gets the error."""
    match type_:
        case None:
            return Catching.YES
        case Collection(items=items):
            answers = {catches(each, error) for each in items}
            return next((each for each in (Catching.YES, Catching.MAYBE) if each in answers), Catching.NO)
        case Name(id=name) | Attribute(attr=name):
            known = getattr(builtins, name, None)
            if isinstance(known, type) and issubclass(known, BaseException):
                return Catching.YES if issubclass(error, known) else Catching.NO
    return Catching.MAYBE


def is_expected(statement: With) -> bool:
    """Whether a with statement is there to see the import fail: `pytest.raises(ImportError)`."""
    return any(_asks_for_failure(item.value, _EXPECTING) for item in statement.items)


def is_suppressed(statement: With) -> bool:
    """Whether a with statement hides that the import fails: `suppress(ImportError)`."""
    return any(_asks_for_failure(item.value, frozenset({"suppress"})) for item in statement.items)


def _asks_for_failure(value: Expression, words: frozenset[str]) -> bool:
    return (
        isinstance(value, Call)
        and last_word(value) in words
        and any(catches(each.value) is not Catching.NO for each in value.arguments if each.keyword != "match")
    )


def leaves(block: Block) -> bool:
    """Whether a block may raise, skip, fail or exit by itself."""
    return any(leaves_at_once(statement) for statement in statements(block))


def leaves_at_once(statement: Statement) -> bool:
    """Whether a plain statement raises, skips, fails or exits whenever it runs."""
    match statement:
        case Raise() | Assert(test=Constant(value=False)):
            return True
        case Evaluate(value=Call() as call) | Assign(value=Call() as call):
            return last_word(call) in _LEAVING
    return False


def raises_at_last(block: Block) -> bool:
    """Whether a block raises an error of its own, so that nothing is hidden."""
    return bool(block) and isinstance(block[-1], Raise)


def substitute(block: Block, wanted: frozenset[str], failed: frozenset[int]) -> str | None:
    """What a handler binds instead of the names that could not be imported, in the words of a message.

    `failed` are the ids of imports that fail themselves.
    """
    candidates = (each for each in statements(block) if id(each) not in failed)
    return next((found for each in candidates if (found := _substitute(each, wanted)) is not None), None)


def _substitute(statement: Statement, wanted: frozenset[str]) -> str | None:
    match statement:
        case Assign(targets=targets, value=value) if bound := _bound(targets) & wanted:
            return f"`{min(bound)} = {_written(value)}`"
        case Class(name=name) | Function(name=name) if name in wanted:
            return f"its own `{name}`"
        case Import(names=names) | ImportFrom(names=names):
            bound = {alias.bound or alias.name for alias in names} & wanted
            return f"another `{min(bound)}`" if bound else None
    return None


def imports_instead(block: Block, wanted: frozenset[str]) -> Iterator[Import | ImportFrom]:
    """The imports of a handler that bind what could not be imported from somewhere else."""
    for statement in statements(block):
        if isinstance(statement, (Import, ImportFrom)) and _substitute(statement, wanted) is not None:
            yield statement


def flag(block: Block) -> str | None:
    """What else a handler notes: `HAS_REDIS = False`."""
    for statement in statements(block):
        match statement:
            case Assign(targets=(Name(id=name),), value=Constant(value=False | None as value)):
                return f"`{name} = {value}`"
    return None


def bound_names(statement: Import | ImportFrom) -> frozenset[str]:
    """The names that an import binds."""
    return frozenset(alias.bound or alias.name.partition(".")[0] for alias in statement.names)


def _bound(targets: tuple[Expression, ...]) -> set[str]:
    found: set[str] = set()
    for target in targets:
        match target:
            case Name(id=name):
                found.add(name)
            case Collection(items=items):
                found |= _bound(items)
    return found


def _written(value: Expression) -> str:
    match value:
        case Constant(value=constant):
            return repr(constant)
        case Name() | Attribute():
            return last_word(value) or "…"
        case Call():
            return f"{last_word(value) or '…'}()"
    return "…"
