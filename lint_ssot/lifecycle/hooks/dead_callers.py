"""Hooks that do not run, and the methods that nobody calls because of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_ssot.facts.expressions import Attribute, Call, Name
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import FunctionDefinition


def dead_caller(
    function: FunctionDefinition, hooks: Iterable[FunctionDefinition], hierarchy: Hierarchy
) -> FunctionDefinition | None:
    """The first of the hooks that do not run which would lead to the function: by `self.m()`, itself included.

    Whoever mends the hook has the function called.
    """
    return next((hook for hook in hooks if function in _led_to(hook, hierarchy)), None)


def _led_to(hook: FunctionDefinition, hierarchy: Hierarchy) -> frozenset[FunctionDefinition]:
    found: set[FunctionDefinition] = set()
    ahead = [hook]
    while ahead:
        function = ahead.pop()
        if function not in found:
            found.add(function)
            members = (hierarchy.find(name) for name in _called_on_self(function))
            ahead += (each for each in members if isinstance(each, FunctionDefinition))
    return frozenset(found)


def _called_on_self(function: FunctionDefinition) -> Iterator[str]:
    if not function.node.parameters:
        return
    own = function.node.parameters[0].name
    for statement in statements_of_all(function.node.body):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                match part:
                    case Call(function=Attribute(value=Name(id=receiver), attr=name)) if receiver == own:
                        yield name
