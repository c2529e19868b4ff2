"""The paths by which a module comes to a declared base, where they are not the base's own."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Position
from lint_ssot.facts.statements import Class, ImportFrom
from lint_ssot.facts.traversal import statements_of_all
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import Module, ModuleDefinition, Resolution
from lint_ssot.lifecycle.declared.bases import DeclaredBase, DeclaredBases


@dataclass(frozen=True, slots=True)
class Detour:
    """Where a file comes to a declared base by way of another module, or by another name."""

    at: Position
    base: DeclaredBase
    path: str


def detours(module: Module, declared: DeclaredBases, classes: Classes) -> Iterator[Detour]:
    """The imports and class headers that take another path than where the base is defined or declared."""
    names = classes.names
    for statement in statements_of_all(module.facts.body):
        match statement:
            case ImportFrom():
                source = names.imported_module(module, statement)
                for alias in statement.names:
                    found = names.attribute(source, alias.name)
                    yield from _detour(alias.at, source, alias.name, found, declared)
            case Class(bases=bases):
                for argument in bases:
                    if isinstance(argument.value, Attribute):
                        base = argument.value
                        source, found = names.resolve(module, base.value), names.resolve(module, base)
                        yield from _detour(base.at, source, base.attr, found, declared)


def _detour(
    at: Position, source: Resolution, name: str, found: Resolution, declared: DeclaredBases
) -> Iterator[Detour]:
    base = next((each for each in declared.found if each.definition == found), None)
    if base is None or not isinstance(source, ModuleDefinition):
        return
    path = f"{source.module.name}.{name}"
    is_own = source.module is base.definition.module and name == base.definition.node.name
    if not is_own and all(path != each.name for each in declared.found):
        yield Detour(at, base, path)
