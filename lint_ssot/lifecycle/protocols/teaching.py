"""Whether something may teach a mock the protocol that it lacks, or put something else in its place."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Call, Constant, Expression, Name
from lint_ssot.facts.statements import Block
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin
from lint_ssot.lifecycle.functions.decorations import last_word
from lint_ssot.lifecycle.protocols.bindings import Assigned, bound_targets
from lint_ssot.lifecycle.protocols.mocks import CALLED, CONFIGURED, MAKERS
from lint_ssot.lifecycle.protocols.protocol import Protocol
from lint_ssot.lifecycle.protocols.scopes import Inferring, Scope
from lint_ssot.lifecycle.protocols.spelling import dotted
from lint_ssot.lifecycle.protocols.uses import ENTERING
from lint_ssot.lifecycle.protocols.values import MockObject

_TEACHING = frozenset({"configure_mock", "attach_mock", "setattr", "__setattr__", "__dict__", "vars"})
_HARMLESS = ("assert", "isinstance", "print", "repr", "str")


def may_be_taught(inferring: Inferring, mock: MockObject, item: Expression, protocol: Protocol, used: Scope) -> bool:
    """Whether the mock may be something else where a with statement is given `item`, which leads to it."""
    words = frozenset(mock.path) - {CALLED} | {protocol.methods[0]}
    is_called = CALLED in mock.path
    if any(_is_configured(each.module.facts.body, words, is_called=is_called) for each in (mock.made, used)):
        return True
    body, name = _body(mock.made), _first_name(item)
    where = used.module.facts.body if "." in name else _body(used)
    return _is_handed_over(inferring, body, frozenset(_made_in(body)), protocol, mock.made) or _is_handed_over(
        inferring, where, frozenset({name}), protocol, used
    )


def _body(scope: Scope) -> Block:
    return scope.module.facts.body if scope.function is None else scope.function.node.body


def _is_configured(body: Block, words: frozenset[str], *, is_called: bool) -> bool:
    """Whether a module assigns to the names that lead to the mock, spells them or passes them by keyword."""
    for statement in statements_of_all(body):
        for target, binding in bound_targets(statement):
            chain = (dotted(target) or "").split(".")
            if not words.isdisjoint(chain) or (is_called and len(chain) == 2 and chain[-1] in CONFIGURED):
                return True
            if isinstance(binding, Assigned) and _goes_by_another_name(binding.value, words):
                return True
        if any(_configures(part, words) for each in expressions(statement) for part in subexpressions(each)):
            return True
    return False


def _goes_by_another_name(value: Expression, words: frozenset[str]) -> bool:
    """Whether a child of a mock is assigned to a name, through which it may be configured."""
    return isinstance(value, Attribute) and (value.attr in words or value.attr in CONFIGURED)


def _configures(part: Expression, words: frozenset[str]) -> bool:
    match part:
        case Name(id=name) | Attribute(attr=name) if name in _TEACHING:
            return True
        case Constant(value=str() as text):
            return not words.isdisjoint(text.split("."))
        case Call(arguments=arguments):
            # by keyword, or a child of a mock by its own name
            handed = (last_word(each.value) for each in arguments if isinstance(each.value, Attribute))
            return not words.isdisjoint((*(each.keyword for each in arguments), *handed))
    return False


def _is_handed_over(inferring: Inferring, body: Block, names: frozenset[str], protocol: Protocol, scope: Scope) -> bool:
    """Whether a body hands one of the mocks of these names, or a part of it, to somebody who may teach it."""
    holders = tuple(f"{name}." for name in names)
    return any(
        f"{dotted(argument.value)}.".startswith(holders) and not _is_harmless(inferring, call, protocol, scope)
        for call in _calls(body)
        for argument in call.arguments
    )


def _first_name(item: Expression) -> str:
    """The name that the mock goes by: the first one, with the attribute behind `self`."""
    while isinstance(item, Call) or (isinstance(item, Attribute) and not _is_own(item.value)):
        item = item.function if isinstance(item, Call) else item.value
    return dotted(item) or ""


def _is_own(value: Expression) -> bool:
    return isinstance(value, Name) and value.id in ("self", "cls")


def _made_in(body: Block) -> Iterator[str]:
    """The names that mocks are given in a body."""
    for statement in statements_of_all(body):
        for target, binding in bound_targets(statement):
            if isinstance(binding, Assigned) and isinstance(binding.value, Call) and last_word(binding.value) in MAKERS:
                yield dotted(target) or ""


def _calls(body: Block) -> Iterator[Call]:
    for statement in statements_of_all(body):
        for expression in expressions(statement):
            yield from (part for part in subexpressions(expression) if isinstance(part, Call))


def _is_harmless(inferring: Inferring, call: Call, protocol: Protocol, scope: Scope) -> bool:
    """Whether what is called only looks at what it is given or keeps it, or at least does not speak of the protocol."""
    word = last_word(call) or ""
    if word.startswith(_HARMLESS) or word in ENTERING:
        return True
    names = inferring.classes.names
    match names.resolve(scope.module, call.function):
        case ClassDefinition():
            return True
        case FunctionDefinition(module=module) if module.origin is Origin.PROJECT:
            mentioned = names.modules.mentions(module)
            entering = protocol.methods[0]
            return not mentioned.names(entering) and entering not in mentioned.texts
    return False
