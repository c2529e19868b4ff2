"""What assignments bind names to: each target of a statement, and what the value was made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_ssot.facts.expressions import Attribute, Call, Choice, Collection, Expression, Name, Starred, Subscript
from lint_ssot.facts.statements import Annotate, Assign, Delete
from lint_ssot.graph.names.bindings import UNBOUND, Assigned, Binding, Bindings, Named, Unclear, either


def bind_values(statement: Assign | Annotate | Delete, names: Bindings) -> None:
    """Bind what an assignment binds, unbind what `del` does."""
    match statement:
        case Delete(targets=targets):
            for name in _bound(targets):
                names.names[name] = UNBOUND
        case Assign(is_augmented=True, targets=targets):
            bind_unclear(targets, names, "changed in place")
        case Assign(targets=targets, value=value):
            for target in targets:
                _bind(target, value, names)
        case Annotate(target=target, value=value) if value is not None:
            _bind(target, value, names)


def _bind(target: Expression, value: Expression, names: Bindings) -> None:
    match target, value:
        case Name(id=name), _:
            names.names[name] = assigned(value, names)
        case Collection(items=targets), Collection(items=values) if len(targets) == len(values) and not any(
            isinstance(each, Starred) for each in (*targets, *values)
        ):
            # the right side is evaluated before any target is bound
            found: dict[str, Binding] = {}
            for one, other in zip(targets, values, strict=True):
                branch = names.copy()
                _bind(one, other, branch)
                found.update((name, branch.names[name]) for name in _bound((one,)))
            names.names.update(found)
        case _:
            bind_unclear((target,), names, "bound by unpacking")


def assigned(value: Expression, names: Bindings) -> Binding:
    """The binding to a value, with what its first name is bound to now."""
    match value:
        case Name(id=other):
            return Named(other, names.get(other))
        case Choice(then=then, otherwise=otherwise):
            return either(assigned(then, names), assigned(otherwise, names))
    root = next(roots(value), None)
    return Assigned(value, None if root is None else Named(root, names.get(root)))


def roots(expression: Expression) -> Iterator[str]:
    """The first names of an expression and, for a call or subscript, of what stands inside it."""
    match expression:
        case Name(id=name):
            yield name
        case Attribute(value=value):
            yield from roots(value)
        case Call(function=function, arguments=arguments):
            yield from roots(function)
            for argument in arguments:
                yield from roots(argument.value)
        case Choice(then=then, otherwise=otherwise):
            yield from (*roots(then), *roots(otherwise))
        case Subscript(value=value):
            yield from roots(value)


def bind_unclear(targets: Iterable[Expression], names: Bindings, why: str) -> None:
    """Bind targets to what cannot be told."""
    for name in _bound(targets):
        names.names[name] = Unclear(why)


def _bound(targets: Iterable[Expression]) -> Iterator[str]:
    for target in targets:
        match target:
            case Name(id=name):
                yield name
            case Collection(items=items):
                yield from _bound(items)
            case Starred(value=value):
                yield from _bound((value,))
