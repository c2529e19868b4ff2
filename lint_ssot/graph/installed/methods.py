"""What a function of installed code does that a project can notice: the hooks it calls, what it returns."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes  # type: ignore[import-untyped]

from lint_ssot.facts.expressions import Argument, Attribute, Await, Call, Constant, Expression, Name, Opaque
from lint_ssot.facts.statements import Block, Evaluate, If, Parameter, Raise, Return, Statement
from lint_ssot.graph.installed.expressions import UNKNOWN_ARGUMENTS, lowered, position


def parameters_of(node: nodes.FunctionDef) -> tuple[Parameter, ...]:
    """The parameters in the order of the signature; defaults are there, but not what they are."""
    arguments = node.args
    positional = [*(arguments.posonlyargs or ()), *(arguments.args or ())]
    first_default = len(positional) - len(arguments.defaults or ())
    parameters = [
        Parameter(each.name, "positional", Opaque() if index >= first_default else None)
        for index, each in enumerate(positional)
    ]
    if arguments.vararg:
        parameters.append(Parameter(arguments.vararg, "*", None))
    for each, default in zip(arguments.kwonlyargs or (), arguments.kw_defaults or (), strict=False):
        parameters.append(Parameter(each.name, "keyword", None if default is None else Opaque()))
    if arguments.kwarg:
        parameters.append(Parameter(arguments.kwarg, "**", None))
    return tuple(parameters)


def body_of(node: nodes.FunctionDef) -> Block:
    """The calls that reach the project's own methods, taken to happen always, then what is returned.

    Such calls are `self.hook()`, `super().hook()`, `Base.hook(self)` and whatever is handed `self`.
    """
    receiver = _first_parameter(node) if isinstance(node.parent, nodes.ClassDef) else None
    calls = tuple(Evaluate(call) for call in _calls(node, receiver)) if receiver else ()
    return calls + (() if node.is_generator() else _outcome(node, receiver))


def instance_attributes(node: nodes.ClassDef) -> tuple[str, ...]:
    """The slots, and the attributes that methods assign on their first parameter, if the class body has them not.

    One that the body defines as a method counts as well, as the instance then has another value for it;
    not so for special methods, which are looked up on the class.
    """
    assigned: dict[str, None] = dict.fromkeys(_slots(node))
    for method in node.body:
        receiver = _first_parameter(method) if isinstance(method, nodes.FunctionDef) else None
        for each in _descendants(method) if receiver else ():
            match each:
                case nodes.AssignAttr(expr=nodes.Name(name=name)) if name == receiver:
                    assigned[each.attrname] = None
    return tuple(name for name in assigned if _is_news(name, node))


def _slots(node: nodes.ClassDef) -> Iterator[str]:
    for each in node.locals.get("__slots__", ()):
        value = getattr(each.parent, "value", None)
        if isinstance(value, (nodes.Tuple, nodes.List)):
            yield from (item.value for item in value.elts if isinstance(item, nodes.Const))


def _is_news(name: str, node: nodes.ClassDef) -> bool:
    here = node.locals.get(name)
    return here is None or (isinstance(here[-1], nodes.FunctionDef) and not name.startswith("__"))


def _first_parameter(node: nodes.FunctionDef) -> str | None:
    positional = [*(node.args.posonlyargs or ()), *(node.args.args or ())]
    return str(positional[0].name) if positional else None


def _calls(node: nodes.FunctionDef, receiver: str) -> Iterator[Expression]:
    for each in _own_nodes(node):
        if not isinstance(each, nodes.Call):
            continue
        call = _hook_call(each, receiver)
        if call is not None:
            yield Await(position(each), call) if isinstance(each.parent, nodes.Await) else call


def _hook_call(node: nodes.Call, receiver: str) -> Call | None:
    at = position(node)
    gives_self = any(_is_name(argument, receiver) for argument in node.args)
    match node.func:
        case nodes.Attribute(expr=nodes.Name(name=name)) if name == receiver:
            return Call(at, lowered(node.func), _visible_arguments(node, receiver))
        case nodes.Attribute(expr=nodes.Attribute(attrname="__dict__", expr=inner)) if _is_name(inner, receiver):
            return Call(at, lowered(node.func), UNKNOWN_ARGUMENTS)
        case nodes.Attribute(expr=nodes.Call(func=nodes.Name(name="super"))):
            return _super_call(node, node.func.attrname)
        case nodes.Attribute() if gives_self and _is_base(node.func.expr, node.scope().parent):
            return _super_call(node, node.func.attrname)
        case _:
            return Call(at, lowered(node.func), _visible_arguments(node, receiver)) if gives_self else None


def _super_call(node: nodes.Call, name: str) -> Call:
    at = position(node)
    return Call(at, Attribute(at, Call(at, Name(at, "super")), name), UNKNOWN_ARGUMENTS)


def _visible_arguments(node: nodes.Call, receiver: str) -> tuple[Argument, ...]:
    """The receiver and plain constants as they are, which is what `setattr` and its like need to be followed."""
    given = tuple(
        Argument(lowered(each) if isinstance(each, nodes.Const) or _is_name(each, receiver) else Opaque())
        for each in node.args
        if not isinstance(each, nodes.Starred)
    )
    return given + (UNKNOWN_ARGUMENTS if node.keywords or len(given) < len(node.args) else ())


def _is_base(expression: nodes.NodeNG, owner: nodes.NodeNG | None) -> bool:
    written = expression.as_string()
    return isinstance(owner, nodes.ClassDef) and any(base.as_string() == written for base in owner.bases)


def _is_name(node: nodes.NodeNG, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _outcome(node: nodes.FunctionDef, receiver: str | None) -> tuple[Statement, ...]:
    """Every value that can be returned, each as likely as the others, and whether the end is reached."""
    returned = [each for each in _own_nodes(node) if isinstance(each, nodes.Return)]
    values = tuple(dict.fromkeys(_returned_value(each, node, receiver) for each in returned))
    ways = tuple(If(Opaque(), (Return(value),), ()) for value in values)
    last = node.body[-1] if node.body else None
    if isinstance(last, nodes.Raise):
        return (*ways, Raise(None))
    return (*ways[:-1], Return(values[-1])) if isinstance(last, nodes.Return) else ways


def _returned_value(node: nodes.Return, function: nodes.FunctionDef, receiver: str | None) -> Expression | None:
    match node.value:
        case None | nodes.Const(value=None):
            return Constant(None)
        case nodes.Name(name=name) if name == receiver:
            return Name(position(node.value), name)
        case nodes.Call(func=called) if (root := _root(called)) is not None and root not in function.locals:
            return Call(position(node.value), lowered(called), UNKNOWN_ARGUMENTS)
        case _:
            return Opaque()


def _root(node: nodes.NodeNG) -> str | None:
    while isinstance(node, nodes.Attribute):
        node = node.expr
    return str(node.name) if isinstance(node, nodes.Name) else None


def _own_nodes(node: nodes.FunctionDef) -> Iterator[nodes.NodeNG]:
    """The nodes of a function's body in source order, without what functions and classes inside it hold."""
    waiting = list(reversed(node.body))
    while waiting:
        each = waiting.pop()
        if isinstance(each, (nodes.FunctionDef, nodes.ClassDef, nodes.Lambda)):
            continue
        yield each
        waiting.extend(reversed(list(each.get_children())))


def _descendants(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(child for child in each.get_children() if not isinstance(child, nodes.ClassDef))
