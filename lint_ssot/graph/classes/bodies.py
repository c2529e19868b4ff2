"""What the body of a class, and the statements after it, give to the class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Call, Constant, Expression, Name
from lint_ssot.facts.statements import Annotate, Assign, Evaluate, For, Statement
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.facts.values import dataclass, replace
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin, ValueDefinition
from lint_ssot.graph.names.bindings import Assigned, Binding, Unbound, may_be_unbound
from lint_ssot.graph.names.names import Names
from lint_ssot.graph.names.scopes import Scope

Member: TypeAlias = FunctionDefinition | ValueDefinition | ClassDefinition


@dataclass(frozen=True, slots=True, eq=False)
class ClassBody:
    """What a class itself has; `conditional` are the members that some branch does not bind."""

    members: Mapping[str, Member]
    conditional: frozenset[str] = frozenset()
    open_because: str | None = None


def class_body(definition: ClassDefinition, names: Names) -> ClassBody:
    """Everything the class has by itself: its last live bindings, and what its module gives it afterwards."""
    scope = names.scopes.of_body(definition)
    members: dict[str, Member] = {}
    conditional: set[str] = set()
    for name, binding in scope.bindings.names.items():
        member = _member(scope, name, binding, definition, names)
        if member is not None:
            members[name] = member
        if member is not None and may_be_unbound(binding):
            conditional.add(name)
    members.update((_mangled(name, definition), member) for name, member in tuple(members.items()))
    because = None
    if definition.module.origin is Origin.PROJECT:
        because = _writes_behind(definition) or _given_later(definition, names, members)
    return ClassBody(members, frozenset(conditional), because)


def _mangled(name: str, definition: ClassDefinition) -> str:
    """The name of a private attribute seen from outside: `__x` of class `A` is `_A__x`."""
    is_private = name.startswith("__") and not name.endswith("__")
    return f"_{definition.node.name.lstrip('_')}{name}" if is_private else name


def _member(scope: Scope, name: str, binding: Binding, definition: ClassDefinition, names: Names) -> Member | None:
    if isinstance(binding, Unbound):
        return None
    found = names.bound_here(scope, name, binding)
    match found:
        case None:
            return None
        case FunctionDefinition(owner=None):
            # a function that an assignment makes a method
            return replace(found, owner=definition)
        case FunctionDefinition() | ClassDefinition():
            return found
        case ValueDefinition():
            return replace(found, owner=definition)
    value = binding.value if isinstance(binding, Assigned) else None
    return ValueDefinition(definition.module, value, definition)


def _writes_behind(definition: ClassDefinition) -> str | None:
    """Why the body may bind names that it does not spell."""
    for statement in statements(definition.node.body):
        for expression in expressions(statement):
            for part in subexpressions(expression):
                if isinstance(part, Call) and isinstance(part.function, Name):
                    word = part.function.id
                    if word in ("exec", "locals") or (word == "vars" and not part.arguments):
                        return f"the body of `{definition.node.name}` uses `{word}`"
    return None


def _given_later(definition: ClassDefinition, names: Names, members: dict[str, Member]) -> str | None:
    """Add what module-level statements set on the class; why they may set what cannot be told, if so."""
    node = definition.node
    if "." in node.qualname:
        return None
    for statement in statements(definition.module.facts.body):
        for name, value in _set_on(node.name, statement):
            if name is None:
                return f"`{node.name}` gets attributes that cannot be told"
            found = names.resolve(definition.module, value) if isinstance(value, (Name, Attribute)) else None
            if isinstance(found, FunctionDefinition):
                members[name] = replace(found, owner=definition)
            else:
                members[name] = ValueDefinition(definition.module, value, definition)
    return None


def _set_on(name: str, statement: Statement) -> Iterator[tuple[str | None, Expression | None]]:
    """The attributes that a statement sets on a class of this name; None as the name of one that cannot be told."""
    match statement:
        case Assign(targets=targets, value=value):
            for target in targets:
                match target:
                    case Attribute(value=Name(id=root), attr=attr) if root == name:
                        yield attr, value
        case Annotate(target=Attribute(value=Name(id=root), attr=attr), value=value) if root == name and value:
            yield attr, value
        case Evaluate(value=Call(function=Name(id="setattr"), arguments=(one, two, three))):
            if isinstance(one.value, Name) and one.value.id == name:
                text = two.value.value if isinstance(two.value, Constant) else None
                yield (text, three.value) if isinstance(text, str) else (None, None)
        case For(target=Attribute(value=Name(id=root))) if root == name:
            yield None, None
