"""Attributes that modules put on classes of others, as on `TestCase` itself, where a test class comes by its bases."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Expression, Name
from lint_ssot.facts.statements import Assign, Import, ImportFrom
from lint_ssot.facts.traversal import statements
from lint_ssot.graph.classes.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import External, Module, Origin


def patched_attributes(hierarchy: Hierarchy, classes: Classes) -> Iterator[str]:
    """What the modules that hand on the bases of a class, and its conftests, assign on any class of its order."""
    names = frozenset(owner.node.name for owner in hierarchy.classes)
    for module in dict.fromkeys(_handing_on(hierarchy, classes)):
        for target in _assigned_attributes(module):
            if _last(target.value) in names and _is_of(hierarchy, module, target.value, classes):
                yield target.attr


def _assigned_attributes(module: Module) -> Iterator[Attribute]:
    for statement in statements(module.facts.body):
        if isinstance(statement, Assign):
            yield from (target for target in statement.targets if isinstance(target, Attribute))


def _handing_on(hierarchy: Hierarchy, classes: Classes) -> Iterator[Module]:
    modules = classes.names.modules
    rest = [
        (owner.module, _root(base.value))
        for owner in hierarchy.classes
        if owner.module.origin is Origin.PROJECT
        for base in owner.node.bases
    ]
    seen: set[tuple[Module, str]] = set()
    while rest:
        module, name = rest.pop()
        if (module, name) in seen:
            continue
        seen.add((module, name))
        yield module
        sources = {_last_word(each) for each in _sources(module, name)}
        if sources:
            rest += [(each, name) for each in modules.imported_by(module) if _last_word(each.name) in sources]
    path = hierarchy.classes[0].module.path
    if path is not None:
        yield from modules.conftests(path)


def _sources(module: Module, name: str) -> Iterator[str]:
    """The modules that a name is imported from, as they are spelled."""
    for statement in statements(module.facts.body):
        if isinstance(statement, ImportFrom):
            if any((alias.bound or alias.name) in (name, "*") for alias in statement.names):
                yield statement.module
        elif isinstance(statement, Import):
            yield from (alias.name for alias in statement.names if _first_word(alias.bound or alias.name) == name)


def _is_of(hierarchy: Hierarchy, module: Module, expression: Expression, classes: Classes) -> bool:
    found: object = classes.names.resolve(module, expression)
    if isinstance(found, External):
        found = classes.installed.definition(found.name)
    return found in hierarchy.classes


def _root(expression: Expression) -> str:
    while isinstance(expression, Attribute):
        expression = expression.value
    return expression.id if isinstance(expression, Name) else ""


def _last(expression: Expression) -> str:
    match expression:
        case Name(id=word) | Attribute(attr=word):
            return word
    return ""


def _last_word(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _first_word(dotted: str) -> str:
    return dotted.partition(".")[0]
