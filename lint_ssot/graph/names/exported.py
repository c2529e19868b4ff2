"""What `from module import *` gives: the names in `__all__` or, without it, all that have no leading underscore."""

from __future__ import annotations

from collections.abc import Callable

from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Name, Opaque, Starred
from lint_ssot.facts.statements import Annotate, Assign, Evaluate, Statement
from lint_ssot.facts.traversal import statements
from lint_ssot.graph.definitions import External, Missing, Module, ModuleDefinition, Resolution, Unknown

_UNITTEST = External("unittest")
# its `__all__`, of Python 3.10 to 3.14 together
_OF_UNITTEST = frozenset(
    {
        "FunctionTestCase",
        "IsolatedAsyncioTestCase",
        "SkipTest",
        "TestCase",
        "TestLoader",
        "TestResult",
        "TestSuite",
        "TextTestResult",
        "TextTestRunner",
        "addModuleCleanup",
        "defaultTestLoader",
        "doModuleCleanups",
        "enterModuleContext",
        "expectedFailure",
        "findTestCases",
        "getTestCaseNames",
        "installHandler",
        "main",
        "makeSuite",
        "registerResult",
        "removeHandler",
        "removeResult",
        "skip",
        "skipIf",
        "skipUnless",
    }
)


def exported(lookup: Callable[[Module, str], Resolution], source: Resolution, name: str) -> Resolution | None:
    """What a star import of `source` binds a name to, None if nothing; `lookup` tells a module's names.

    A name that `__all__` has and the module lacks is Missing, as the import raises then.
    """
    if isinstance(source, Missing):
        return None
    if source == _UNITTEST:
        return External(f"unittest.{name}") if name in _OF_UNITTEST else None
    if not isinstance(source, ModuleDefinition):
        return None if name.startswith("_") else Unknown("it may come from a star import")
    listed = public_names(source.module)
    if listed is not None:
        return lookup(source.module, name) if name in listed else None
    if name.startswith("_") and not _has_all(source.module):
        return None
    found = lookup(source.module, name)
    if isinstance(found, Missing) and found == Missing(source.module.name, name):
        return None
    return found if not _has_all(source.module) else Unknown("`__all__` cannot be told")


def may_hide(source: Resolution) -> bool:
    """Whether a star import of `source` may bind names that nobody knows."""
    return isinstance(source, (External, Unknown)) and source != _UNITTEST


def public_names(module: Module) -> frozenset[str] | None:
    """The names in a module's `__all__`; None if it has none, or if they cannot all be told."""
    found: set[str] | None = None
    straight = {id(statement) for statement in module.facts.body}
    for statement in statements(module.facts.body):
        change = _change(statement)
        if change is None:
            continue
        added = _texts(change) if id(statement) in straight else None
        if added is None:
            return None
        found = added if found is None or _replaces(statement) else found | added
    return None if found is None else frozenset(found)


def _has_all(module: Module) -> bool:
    return any(_change(statement) is not None for statement in statements(module.facts.body))


def _change(statement: Statement) -> Expression | None:
    """The names that a statement puts into `__all__`; `Opaque` if it changes it in another way."""
    match statement:
        case Assign(targets=(Name(id="__all__"),), value=value) | Annotate(target=Name(id="__all__"), value=value):
            return value
        case Evaluate(value=Call(function=Attribute(value=Name(id="__all__"), attr=attr), arguments=(argument,))):
            if attr == "extend":
                return argument.value
            return Collection((argument.value,)) if attr == "append" else Opaque()
        case Assign(targets=targets) if any(_mentions_all(target) for target in targets):
            return Opaque()
    return None


def _mentions_all(target: Expression) -> bool:
    match target:
        case Collection(items=items):
            return any(_mentions_all(each) for each in items)
        case Name(id="__all__"):
            return True
    return False


def _replaces(statement: Statement) -> bool:
    if isinstance(statement, Assign):
        return not statement.is_augmented
    return isinstance(statement, Annotate)


def _texts(value: Expression) -> set[str] | None:
    """The texts of a list, tuple, set or of a sum of such; None if there is anything else in it."""
    match value:
        case Collection(items=parts):
            found: set[str] = set()
            for part in parts:
                if isinstance(part, Constant) and isinstance(part.value, str):
                    found.add(part.value)
                elif isinstance(part, Starred) and (inner := _texts(part.value)) is not None:
                    found |= inner
                else:
                    return None
            return found
        case Opaque(parts=parts, operator="+"):
            lists = [_texts(part) for part in parts]
            return None if None in lists else {text for each in lists for text in each or ()}
        case Call(function=Name(id="list" | "tuple" | "sorted" | "set"), arguments=(argument,)):
            return _texts(argument.value)
    return None
