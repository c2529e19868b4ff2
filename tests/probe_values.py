"""The probe of `docs/specs/values.md`: what an expression can be, in words."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Expression, Name
from lint_ssot.facts.statements import Assign
from lint_ssot.facts.traversal import statements
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.protocols.bodies import bodies
from lint_ssot.lifecycle.protocols.scopes import Scope
from lint_ssot.lifecycle.protocols.values import (
    ClassObject,
    FunctionObject,
    Instance,
    Plain,
    Product,
    Value,
)


def value(module: LintedModule, line: int) -> str:
    """Everything that the value assigned on the line can be, `?` if that cannot be known."""
    for expression, scope in assigned_on(module, line):
        return " | ".join(described(each) for each in module.inference.infer(expression, scope))
    raise LookupError(f"no name is assigned on line {line}")


def assigned_on(module: LintedModule, line: int) -> Iterator[tuple[Expression, Scope]]:
    for body in bodies(module.inference, module.module):
        for statement in statements(body.block):
            match statement:
                case Assign(targets=(Name(at=at),), value=expression) if at.line == line:
                    yield expression, body.scope


def described(value: Value) -> str:
    match value:
        case Instance(definition=definition):
            return definition.node.name
        case ClassObject(definition=definition):
            return f"class {definition.node.name}"
        case FunctionObject(definition=definition):
            return f"function {definition.node.name}"
        case Product(kind=kind):
            return kind.value
        case Plain(type_name=name):
            return name
    return "?"
