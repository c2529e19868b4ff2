"""Methods of a test's object that its tests use as if they had been called."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Expression, Name
from lint_ssot.facts.traversal import statements_of_all
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.modules.tables import written
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.assignment.log import Use
from lint_ssot.lifecycle.assignment.timeline import Timeline

# What puts something in the place of what it is told the name of (unittest.mock, pytest's monkeypatch).
_REPLACING = frozenset({"__dict__", "__setattr__", "mocker", "multiple", "object", "patch", "setattr", "vars"})


@dataclass(frozen=True, slots=True)
class UncalledMethod:
    """The first use of a method that was not called, and the names of the tests that end there."""

    use: Use
    tests: tuple[str, ...]


def uncalled_methods(timeline: Timeline, names: Names) -> Iterator[UncalledMethod]:
    """The methods that the tests of a class use as what they return, one entry for each."""
    found: dict[str, tuple[Use, list[str]]] = {}
    for life in timeline.lives:
        for use in life.log.uses:
            tests = found.setdefault(use.method.node.name, (use, []))[1]
            if life.test.name not in tests:
                tests.append(life.test.name)
    here = timeline.test_class.definition.module
    for use, tests in found.values():
        modules = dict.fromkeys((here, use.method.module, use.function.module))
        if not any(_may_change(module, use, names) for module in modules):
            yield UncalledMethod(use, tuple(tests))


def _may_change(module: Module, use: Use, names: Names) -> bool:
    """Whether a module may put something else in the method's place, by its name, or attributes on it."""
    name = use.method.node.name
    seen = names.modules.mentions(module)
    is_named = any(text == name or text.endswith(f".{name}") for text in seen.texts)
    if is_named and seen.names(*_REPLACING):
        return True
    return any(
        isinstance(target, Attribute) and (target.attr == name or _ends(target.value, name))
        for statement in statements_of_all(module.facts.body)
        for target in written(statement)
    )


def _ends(expression: Expression, name: str) -> bool:
    match expression:
        case Name(id=word) | Attribute(attr=word):
            return word == name
    return False
