"""What a call gives, what awaiting it gives, and what entering that as a context manager gives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lint_ssot.facts.expressions import Argument, Call, Constant, Expression, Name, Opaque, Yield
from lint_ssot.facts.statements import Block, Evaluate, Function, Parameter, Raise, Return, Statement
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin
from lint_ssot.lifecycle.functions.kinds import Kind, own_kind
from lint_ssot.lifecycle.protocols.known import PARTIAL, is_of_mocks, known_call, known_result
from lint_ssot.lifecycle.protocols.metaclasses import metaclass_of
from lint_ssot.lifecycle.protocols.mocks import called_mock, made_mock
from lint_ssot.lifecycle.protocols.scopes import Given, Inferring, Scope, first_positional, matched, nothing_bound
from lint_ssot.lifecycle.protocols.values import (
    MYSTERY,
    NONE,
    ClassObject,
    FunctionObject,
    Instance,
    LambdaObject,
    MockObject,
    Outside,
    Parent,
    Partial,
    Plain,
    Product,
    Value,
    Values,
    union,
)

# built-in classes that give an object of theirs, whatever they are given
_BUILTINS = frozenset(
    {"bool", "bytearray", "bytes", "dict", "enumerate", "float", "frozenset", "int", "list", "object"}
    | {"range", "set", "str", "tuple", "zip"}
)
# what a partial was given, and what its call adds to it
_ANY_ARGUMENTS = (Argument(Opaque(), star=1),)


def called(inferring: Inferring, value: Value, arguments: tuple[Argument, ...], scope: Scope) -> Values:
    """Everything a call of the value can give; the arguments are evaluated in `scope`."""
    match value:
        case FunctionObject():
            return _function_called(inferring, value, arguments, scope)
        case ClassObject(definition=definition):
            return _instantiated(inferring, definition)
        case Partial(of=inner):
            return inferring.called(inner, _ANY_ARGUMENTS, scope)
        case LambdaObject(node=node, scope=outer):
            unknown = dict.fromkeys(node.parameters, MYSTERY)
            return inferring.infer(node.value, Scope(outer.module, nothing_bound, given=unknown, outer=outer))
        case Instance():
            return union(inferring.called(each, arguments, scope) for each in inferring.attribute(value, "__call__"))
        case Outside(name=name):
            return _outside_called(inferring, name, arguments, scope)
        case MockObject():
            return called_mock(value)
    return MYSTERY


def awaited(inferring: Inferring, value: Value) -> Values:
    """Everything `await value` can give."""
    match value:
        case Product(kind=Kind.COROUTINE, definition=FunctionDefinition() as function, call=Scope() as call):
            if _is_own(function):
                return returned(inferring, function.node, call)
            return _receiver_returned(function, call.receiver)
    return MYSTERY


def entered(inferring: Inferring, value: Value, is_async: bool) -> Values:
    """Everything `with value as …` can bind."""
    match value:
        case Product(
            kind=Kind.CONTEXT_MANAGER | Kind.ASYNC_CONTEXT_MANAGER,
            definition=FunctionDefinition(node=Function(is_generator=True) as node),
            call=Scope() as call,
        ):
            return union(inferring.infer(each, call) for each in yielded(node.body))
        case Instance():
            given = inferring.result_of(value, "__aenter__" if is_async else "__enter__")
            return union(inferring.awaited(each) for each in given) if is_async else given
    return MYSTERY


def result_of(inferring: Inferring, value: Instance, method: str) -> Values:
    """What calling a method of the object without arguments gives."""
    nowhere = Scope(value.definition.module, nothing_bound)
    return union(inferring.called(each, (), nowhere) for each in inferring.attribute(value, method))


def parents(inferring: Inferring, arguments: tuple[Argument, ...], scope: Scope) -> Values:
    """What `super()` or `super(Class, self)` is in a method."""
    method = next((each for each in scope.around() if each.function is not None and each.receiver is not None), None)
    if method is None or method.function is None or method.receiver is None:
        return MYSTERY
    match arguments:
        case ():
            owner = method.function.owner
        case (Argument(value=named), Argument(value=Name(id=name))) if name == method.own_name:
            match inferring.infer(named, scope):
                case (ClassObject(definition=owner),):
                    pass
                case _:
                    return MYSTERY
        case _:
            return MYSTERY
    return MYSTERY if owner is None else (Parent(method.receiver, owner),)


def is_placeholder(block: Block) -> bool:
    """Whether a body only declares: a docstring, `...`, `pass`, or that it is not implemented."""
    return all(_does_nothing(statement) for statement in block)


def _does_nothing(statement: Statement) -> bool:
    match statement:
        case Evaluate(value=Constant() | Opaque(parts=())) | Raise():
            return True
    return False


def _outside_called(inferring: Inferring, name: str, arguments: tuple[Argument, ...], scope: Scope) -> Values:
    if name == PARTIAL:
        return _partial(inferring, arguments, scope)
    known = known_call(name, arguments)
    return made_mock(inferring, name, arguments, scope) if known is MYSTERY and is_of_mocks(name) else known


def _partial(inferring: Inferring, arguments: tuple[Argument, ...], scope: Scope) -> Values:
    match arguments:
        case (Argument(value=function, keyword=None, star=0), *_):
            return union(
                (MYSTERY if each in MYSTERY else (Partial(each),)) for each in inferring.infer(function, scope)
            )
    return MYSTERY


def _function_called(
    inferring: Inferring, value: FunctionObject, arguments: tuple[Argument, ...], scope: Scope
) -> Values:
    node, definition = value.definition.node, value.definition
    kind = value.making or own_kind(node)
    call = _scope_of_call(inferring, value, arguments, scope)
    if kind is not Kind.PLAIN:
        return (Product(kind, node.name, definition, call),)
    return returned(inferring, node, call) if _is_own(definition) else _returned_outside(value, arguments)


def _scope_of_call(inferring: Inferring, value: FunctionObject, arguments: tuple[Argument, ...], scope: Scope) -> Scope:
    definition, parameters = value.definition, value.definition.node.parameters
    bind = partial(inferring.bindings, definition.node.body)
    given = matched(parameters if value.receiver is None else parameters[1:], arguments, scope)
    is_whole = definition.owner is None and not any(each.star for each in arguments)
    if is_whole and (value.outer is not None or definition.node.qualname == definition.node.name):
        given = {**_defaults(parameters, value.outer or inferring.module_scope(definition.module)), **given}
    return Scope(definition.module, bind, definition, value.receiver, given, value.outer)


def _defaults(parameters: tuple[Parameter, ...], around: Scope) -> dict[str, Given | Values]:
    """What the parameters are that nobody gives; None often stands for what the body puts in its place."""
    return {
        each.name: Given(each.default, around)
        for each in parameters
        if each.default is not None and each.default != Constant(None)
    }


def returned(inferring: Inferring, node: Function, call: Scope) -> Values:
    """What the body returns; falling off its end is left out, as it can only fail where all else fails."""
    if is_placeholder(node.body) or node.is_generator:
        return MYSTERY
    returns = [each.value for each in statements(node.body) if isinstance(each, Return)]
    if returns:
        return union(NONE if value is None else inferring.infer(value, call) for value in returns)
    return MYSTERY if _may_never_end(node.body) else NONE


def _is_own(function: FunctionDefinition) -> bool:
    return function.module.origin is Origin.PROJECT


def _returned_outside(value: FunctionObject, arguments: tuple[Argument, ...]) -> Values:
    """Of functions outside the project only a few are known, and those that return what they are called on."""
    known = known_result(value.definition, arguments)
    return _receiver_returned(value.definition, value.receiver) if known is MYSTERY else known


def _receiver_returned(function: FunctionDefinition, receiver: Instance | ClassObject | None) -> Values:
    """The receiver, if the function returns nothing else: most `__enter__` and `__aenter__` do."""
    own_name = first_positional(function.node.parameters)
    returns = [each.value for each in statements(function.node.body) if isinstance(each, Return)]
    returns_it = bool(returns) and all(isinstance(each, Name) and each.id == own_name for each in returns)
    return (receiver,) if returns_it and receiver is not None else MYSTERY


def _may_never_end(block: Block) -> bool:
    """Whether the last statement raises, or calls something that may be there to raise: `self.fail()`."""
    match block[-1]:
        case Raise() | Evaluate(value=Call()):
            return True
    return False


def yielded(block: Block) -> Iterator[Expression]:
    """What a generator yields."""
    for statement in statements(block):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                if isinstance(part, Yield):
                    yield Constant(None) if part.value is None else part.value


def _instantiated(inferring: Inferring, definition: ClassDefinition) -> Values:
    """An instance, unless `__new__` or a metaclass may give anything else."""
    hierarchy = inferring.classes.hierarchy(definition)
    if definition.module.name == "builtins" and definition.node.name in _BUILTINS:
        return (Plain(definition.node.name),)
    is_plain = hierarchy.find("__new__") is None and metaclass_of(inferring, hierarchy).makes_instances
    return (Instance(definition),) if is_plain else MYSTERY
