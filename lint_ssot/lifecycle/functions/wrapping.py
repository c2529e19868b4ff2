"""Decorators that may give the test's object attributes before the body below them runs."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Expression, Name, Starred
from lint_ssot.facts.statements import Annotate, Assign, Function, Return, Statement
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.definitions import External, FunctionDefinition
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.functions.decorations import Decoration, decorations_of
from lint_ssot.lifecycle.functions.known_decorators import Effect, effect_of

# What is asked of an object leaves it as it is.
_HARMLESS = frozenset({"bool", "getattr", "hasattr", "id", "isinstance", "print", "repr", "str", "super", "type"})


def may_give_attributes(function: FunctionDefinition, names: Names) -> bool:
    """Whether a decorator of the function may assign attributes of what it is called on.

        def with_engine(test):
            def inner(self):
                self.engine = Engine()
                test(self)
            return inner

    Those of installed packages are taken not to.
    """
    if not function.node.decorators:
        return False
    found = decorations_of(names, function.module, function.node.decorators, function.owner)
    return any(_may_give(each) for each in found if effect_of(each) is Effect.UNKNOWN)


def _may_give(decoration: Decoration) -> bool:
    match decoration.resolution:
        case External():
            return False
        case FunctionDefinition(node=node):
            return any(map(_touches_its_object, _wrappers(node)))
    return True


def _wrappers(decorator: Function) -> Iterator[tuple[Function, frozenset[str]]]:
    """The functions inside a decorator, or inside what makes one, and the names of what may be decorated."""
    functions = [each for each in statements_of_all(decorator.body) if isinstance(each, Function)]
    decorated = {parameter.name for each in (decorator, *functions) for parameter in each.parameters[:1]}
    made = frozenset(each.name for each in functions)
    for each in functions:
        own = {parameter.name for parameter in each.parameters}
        yield each, (frozenset(decorated) - own) | made


def _touches_its_object(wrapper: tuple[Function, frozenset[str]]) -> bool:
    """Whether a wrapper assigns attributes, or hands its first argument to anything but what it wraps."""
    node, wrapped = wrapper
    if not node.parameters or _is_factory(node):
        return False
    subject = node.parameters[0].name
    return any(_assigns(each, wrapped) or _hands_on(each, subject, wrapped) for each in statements(node.body))


def _is_factory(node: Function) -> bool:
    """Whether it hands out a function defined in it: then it is given what is decorated, no test's object."""
    inner = {each.name for each in statements(node.body) if isinstance(each, Function)}
    returned = (each.value for each in statements(node.body) if isinstance(each, Return))
    return any(isinstance(value, Name) and value.id in inner for value in returned)


def _assigns(statement: Statement, wrapped: frozenset[str]) -> bool:
    """Whether it sets an attribute of anything but a function: `self.engine = …`, `args[0].engine = …`."""
    match statement:
        case Assign(targets=targets):
            found = targets
        case Annotate(target=target):
            found = (target,)
        case _:
            return False
    attributes = (part for target in found for part in subexpressions(target) if isinstance(part, Attribute))
    return any(not (isinstance(each.value, Name) and each.value.id in wrapped) for each in attributes)


def _hands_on(statement: Statement, subject: str, wrapped: frozenset[str]) -> bool:
    """Whether the wrapper's first argument goes anywhere else than to what is wrapped, or has a method called."""
    calls = (part for each in expressions(statement) for part in subexpressions(each) if isinstance(part, Call))
    return any(_goes_elsewhere(call, subject, wrapped | _HARMLESS) for call in calls)


def _goes_elsewhere(call: Call, subject: str, trusted: frozenset[str]) -> bool:
    match call.function:
        case Name(id=name) if name in trusted:
            return False
        case Attribute(value=Name(id=name)) if name == subject:
            return True
    return any(_stands_for(argument.value, subject) for argument in call.arguments)


def _stands_for(value: Expression, subject: str) -> bool:
    match value:
        case Name(id=name) | Starred(value=Name(id=name)):
            return name == subject
    return False
