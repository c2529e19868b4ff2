"""What an expression is: every value it can have, or a mystery."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial
from typing import TypeAlias

from lint_ssot.facts.expressions import (
    Argument,
    Attribute,
    Await,
    Call,
    Choice,
    Collection,
    Constant,
    Expression,
    Lambda,
    Logic,
    Name,
    Not,
    Subscript,
    Walrus,
)
from lint_ssot.facts.expressions import Mapping as DictDisplay
from lint_ssot.facts.statements import Block, Class, Function
from lint_ssot.facts.traversal import statements_of_all
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.graph.queries import Queries
from lint_ssot.lifecycle.fixtures.definitions import Fixture
from lint_ssot.lifecycle.fixtures.sources import fixtures_of_module
from lint_ssot.lifecycle.protocols.attributes import attribute_of
from lint_ssot.lifecycle.protocols.bindings import Bindings, bindings_of
from lint_ssot.lifecycle.protocols.bodies import uses_of_self
from lint_ssot.lifecycle.protocols.calls import awaited, called, entered, parents, result_of
from lint_ssot.lifecycle.protocols.decorators import decorated
from lint_ssot.lifecycle.protocols.names import is_builtin, named, named_in_module
from lint_ssot.lifecycle.protocols.receivers import may_write, methods_of, writes_of
from lint_ssot.lifecycle.protocols.requested import requested
from lint_ssot.lifecycle.protocols.scopes import Scope, Write
from lint_ssot.lifecycle.protocols.uses import MethodUses
from lint_ssot.lifecycle.protocols.values import (
    MYSTERY,
    NONE,
    ClassObject,
    Instance,
    LambdaObject,
    Plain,
    Value,
    Values,
    union,
)

# what is asked again and again: a name of a module, an attribute of an object or class
_Question: TypeAlias = tuple[Module | Instance | ClassObject, str]

# longer chains of calls and assignments than any test suite has; what lies deeper is a mystery
_DEPTH = 40
_STEPS = 800


class Inference:
    """Follows expressions through the graph."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes
        self._modules: dict[Module, Scope] = {}
        self._bodies: dict[int, tuple[Block, Bindings]] = {}
        self._queries: Queries[_Question, Values] = Queries(self._answer, _in_a_circle)
        self._writes: dict[ClassDefinition, dict[int, Mapping[str, tuple[Write, ...]]]] = {}
        self._uses_of_self: dict[ClassDefinition, MethodUses] = {}
        self._fixtures: dict[Module, Mapping[str, Fixture]] = {}
        self._depth = 0
        self._steps = 0

    def forget(self, modules: Set[Module]) -> None:
        """Forget all that was inferred in these modules, which nobody else led to."""
        self._queries.forget(
            lambda key: (key[0] if isinstance(key[0], Module) else key[0].definition.module) in modules
        )
        for table in (self._writes, self._uses_of_self):
            for definition in [each for each in table if each.module in modules]:
                del table[definition]
        for module in modules:
            self._modules.pop(module, None)
            self._fixtures.pop(module, None)
        for block in _bodies_of(modules):
            self._bodies.pop(id(block), None)

    def infer(self, expression: Expression, scope: Scope) -> Values:
        """Everything the expression can be; one Mystery among it means that nothing is known."""
        return self.bounded(lambda: self._infer(expression, scope))

    def bounded(self, step: Callable[[], Values]) -> Values:
        """Take a step unless the way here was too long already."""
        if self._depth == 0:
            self._steps = 0
        self._steps += 1
        if self._depth > _DEPTH or self._steps > _STEPS:
            return MYSTERY
        self._depth += 1
        try:
            return step()
        finally:
            self._depth -= 1

    def module_scope(self, module: Module) -> Scope:
        """The module level of a module."""
        if module not in self._modules:
            self._modules[module] = Scope(module, partial(self.bindings, module.facts.body))
        return self._modules[module]

    def is_rebound(self, name: str, module: Module) -> bool:
        """Whether a function of the module declares the name global or nonlocal, or `:=` binds it."""
        return self.classes.names.scopes.rebinds(module, name)

    def bindings(self, block: Block) -> Bindings:
        """What a body binds."""
        if id(block) not in self._bodies:
            # the block is kept as well, so that its id stays its own
            self._bodies[id(block)] = block, bindings_of(block)
        return self._bodies[id(block)][1]

    def writes(self, definition: ClassDefinition, attribute: str) -> Iterator[Write]:
        """What the methods of a class statement assign to an attribute of their first parameter."""
        known = self._writes.setdefault(definition, {})
        for method in methods_of(definition):
            if id(method.node) not in known and may_write(method, attribute):
                known[id(method.node)] = writes_of(method)
            yield from known.get(id(method.node), {}).get(attribute, ())

    def fixtures(self, module: Module) -> Mapping[str, Fixture]:
        """The fixtures among a module's names."""
        if module not in self._fixtures:
            found = fixtures_of_module(module, self.classes.names)
            self._fixtures[module] = {fixture.name: fixture for fixture in found}
        return self._fixtures[module]

    def requested(self, name: str, scope: Scope) -> Values:
        """Everything that pytest can give to a parameter."""
        return self.bounded(lambda: requested(self, name, scope))

    def uses_of_self(self, definition: ClassDefinition) -> MethodUses:
        """The methods of a class statement that use what they reach through their first parameter."""
        if definition not in self._uses_of_self:
            self._uses_of_self[definition] = tuple(uses_of_self(definition, self.classes.names))
        return self._uses_of_self[definition]

    def named(self, name: str, scope: Scope) -> Values:
        """Everything the name can be."""
        return named(self, name, scope)

    def named_in_module(self, name: str, module: Module) -> Values:
        """Everything the name can be at the module level of a module of the project."""
        return self.bounded(lambda: self._queries.answer((module, name)))

    def attribute(self, value: Value, attribute: str) -> Values:
        """Everything `value.attribute` can be."""
        if isinstance(value, (Instance, ClassObject)):
            question = value, attribute
            return self.bounded(lambda: self._queries.answer(question))
        return self.bounded(lambda: attribute_of(self, value, attribute))

    def _answer(self, question: _Question) -> Values:
        holder, name = question
        if isinstance(holder, Module):
            return named_in_module(self, name, holder)
        return attribute_of(self, holder, name)

    def called(self, value: Value, arguments: tuple[Argument, ...], scope: Scope) -> Values:
        """Everything a call of the value can give; the arguments are evaluated in `scope`."""
        return self.bounded(lambda: called(self, value, arguments, scope))

    def result_of(self, value: Instance, method: str) -> Values:
        """Everything a call of the object's method, without arguments, can give."""
        return self.bounded(lambda: result_of(self, value, method))

    def awaited(self, value: Value) -> Values:
        """Everything `await value` can give."""
        return self.bounded(lambda: awaited(self, value))

    def entered(self, value: Value, is_async: bool) -> Values:
        """Everything `with value as …` can bind."""
        return self.bounded(lambda: entered(self, value, is_async))

    def decorated(self, function: FunctionDefinition, scope: Scope | None) -> Values:
        """Everything the name of a function can be after its decorators; `scope` is where it is defined."""
        return self.bounded(lambda: decorated(self, function, scope))

    def _infer(self, expression: Expression, scope: Scope) -> Values:
        match expression:
            case Name(id=name):
                return self.named(name, scope)
            case Attribute(value=value, attr=attr):
                return union(self.attribute(each, attr) for each in self.infer(value, scope))
            case Call():
                return self._infer_call(expression, scope)
            case Await(value=value):
                return union(self.awaited(each) for each in self.infer(value, scope))
            case Subscript(value=value):
                return _subscripted(self.infer(value, scope))
            case Lambda():
                return (LambdaObject(expression, scope),)
        chosen = _alternatives(expression)
        return union(self.infer(each, scope) for each in chosen) if chosen else _displayed(expression)

    def _infer_call(self, call: Call, scope: Scope) -> Values:
        match call.function, call.arguments:
            case Name(id="super"), arguments if is_builtin(self, "super", scope):
                return parents(self, arguments, scope)
            case Name(id="type"), (Argument(value=value, keyword=None, star=0),):
                return union(self.attribute(each, "__class__") for each in self.infer(value, scope))
            case Name(id="cast") | Attribute(attr="cast"), (_, Argument(value=value, keyword=None, star=0)):
                return self.infer(value, scope)
        return union(self.called(each, call.arguments, scope) for each in self.infer(call.function, scope))


def _bodies_of(modules: Set[Module]) -> Iterator[Block]:
    for module in modules:
        yield module.facts.body
        for statement in statements_of_all(module.facts.body):
            if isinstance(statement, (Class, Function)):
                yield statement.body


def _alternatives(expression: Expression) -> tuple[Expression, ...]:
    """The expressions of which one is the value of the whole."""
    match expression:
        case Walrus(value=value):
            return (value,)
        case Choice(then=then, otherwise=otherwise):
            return then, otherwise
        case Logic(values=values):
            return values
    return ()


def _in_a_circle(key: object) -> Values:
    return MYSTERY


def _subscripted(values: Values) -> Values:
    """`Client[int]` is the class for our purpose; what any other index gives is not known."""
    return values if all(isinstance(value, ClassObject) for value in values) else MYSTERY


def _displayed(expression: Expression) -> Values:
    match expression:
        case Constant(value=None):
            return NONE
        case Constant(value=value):
            return (Plain(type(value).__name__),)
        case Collection():
            return (Plain("list or tuple"),)
        case DictDisplay():
            return (Plain("dict"),)
        case Not():
            return (Plain("bool"),)
    return MYSTERY
