"""What a dotted name outside the project stands for, re-exports followed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Expression, Name
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Class, Function
from lint_ssot.graph.definitions import (
    ClassDefinition,
    FunctionDefinition,
    Module,
    ModuleDefinition,
    Unknown,
    ValueDefinition,
)
from lint_ssot.graph.installed.sources import Sources
from lint_ssot.graph.names.bindings import (
    Assigned,
    Binding,
    Bindings,
    Defined,
    Either,
    Guarded,
    Imported,
    ImportedFrom,
    Named,
    Starred,
    Unbound,
    Unclear,
)
from lint_ssot.graph.names.execution import Execution
from lint_ssot.graph.wellknown import WellKnown

Found: TypeAlias = ClassDefinition | FunctionDefinition | ValueDefinition | ModuleDefinition | Unknown


class Installed:
    """What can be imported and is not the project's; each definition is looked for once and stays the same.

    The stubs are asked first: they are exact where it matters to tests, cost little, and are always there.
    """

    def __init__(self, extract: Callable[[bytes], ModuleFacts], python: str | None = None, base: Path = Path()) -> None:
        """Ask the environment of `python`, an interpreter or environment relative to `base`, or the running one."""
        self._wellknown = WellKnown(extract)
        self._sources = Sources(python, base)
        self._bindings: dict[Module, Bindings] = {}
        self._names: dict[tuple[str, str], Found] = {}

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders whose packages count as installed."""
        return self._sources.roots

    def module(self, name: str) -> Module | None:
        """The stub of a well-known module; the module may have more names than its stub."""
        return self._wellknown.module(name)

    def canonical(self, dotted: str) -> str:
        """Where a well-known name is defined: `unittest.TestCase` is `unittest.case.TestCase`."""
        return self._wellknown.canonical(dotted)

    def definition(self, dotted: str) -> Found:
        """What an absolute dotted name stands for; the longest part of it that is a module counts as one."""
        try:
            return self._followed(dotted)
        except RecursionError:
            return Unknown(f"too many names lead to `{dotted}`")

    def _followed(self, dotted: str) -> Found:
        parts = dotted.split(".")
        for length in range(len(parts) - 1, 0, -1):
            found = self._name(".".join(parts[:length]), parts[length])
            for part in parts[length + 1 :]:
                found = self._attribute(found, part)
            if not isinstance(found, Unknown):
                return found
        return self._module(dotted)

    def _name(self, module: str, name: str) -> Found:
        """What a module binds to a name in the end or, failing that, its submodule of that name."""
        key = module, name
        if key not in self._names:
            self._names[key] = Unknown(f"`{module}.{name}` is imported in a circle")
            self._names[key] = self._search(module, name)
        return self._names[key]

    def _search(self, module: str, name: str) -> Found:
        found = self._read(self._wellknown.module(module), name)
        if isinstance(found, Unknown):
            found = self._read(self._sources.mentioning(module, name), name)
        return self._module(f"{module}.{name}") if isinstance(found, Unknown) else found

    def _read(self, module: Module | None, name: str) -> Found:
        if module is None:
            return Unknown("it cannot be read")
        return self._bound(module, name, self._bindings_of(module).get(name))

    def _bindings_of(self, module: Module) -> Bindings:
        if module not in self._bindings:
            self._bindings[module] = Execution(None).run(module.facts.body, Bindings())
        return self._bindings[module]

    def _module(self, name: str) -> ModuleDefinition | Unknown:
        module = self._wellknown.module(name) or self._sources.unread(name)
        return Unknown(f"no module `{name}` can be found") if module is None else ModuleDefinition(module)

    def _bound(self, module: Module, name: str, binding: Binding) -> Found:
        """What a name bound at the level of a module comes to."""
        match binding:
            case Defined(node=Class() as node):
                return ClassDefinition(module, node)
            case Defined(node=Function() as node):
                return FunctionDefinition(module, node)
            case Imported(module=source):
                return self._module(source)
            case ImportedFrom(statement=statement, name=imported):
                return self._name(statement.module, imported)
            case Assigned(value=value, root=root):
                return self._value(module, value, root)
            case Named():
                return self._named(module, binding)
            case _:
                return self._uncertain(module, name, binding)

    def _named(self, module: Module, binding: Named) -> Found:
        if isinstance(binding.binding, Unbound):
            return self._name("builtins", binding.name)
        return self._bound(module, binding.name, binding.binding)

    def _uncertain(self, module: Module, name: str, binding: Binding) -> Found:
        match binding:
            case Starred(statement=statement, before=before):
                starred = Unknown("private") if name.startswith("_") else self._name(statement.module, name)
                return self._bound(module, name, before) if isinstance(starred, Unknown) else starred
            case Guarded(then=then, otherwise=otherwise):
                # what can be found is installed, so that its import succeeds
                found = self._bound(module, name, then)
                return self._bound(module, name, otherwise) if isinstance(found, Unknown) else found
            case Either(choices=choices):
                # a way that cannot be found is one of another system or version
                ways = {self._bound(module, name, each) for each in choices}
                known = [way for way in ways if not isinstance(way, Unknown)]
                return known[0] if len(known) == 1 else Unknown(f"`{module.name}.{name}` is one of several")
            case Unclear(why=why):
                return Unknown(why)
            case Unbound():
                return Unknown(f"`{module.name}` does not define `{name}`")
            case _:
                return Unknown(f"`{module.name}.{name}` is bound in a way that is not followed")

    def _value(self, module: Module, value: Expression, root: Named | None) -> Found:
        """What an assigned expression comes to; a chain of attributes may lead to a definition."""
        owner = value
        attributes: list[str] = []
        while isinstance(owner, Attribute):
            attributes.insert(0, owner.attr)
            owner = owner.value
        if not isinstance(owner, Name) or root is None:
            return ValueDefinition(module, value)
        found = self._named(module, root)
        for attribute in attributes:
            found = self._attribute(found, attribute)
        return ValueDefinition(module, value) if isinstance(found, Unknown) else found

    def _attribute(self, owner: Found, name: str) -> Found:
        """What a module, or a class body itself, binds to a name."""
        match owner:
            case ModuleDefinition(module=module):
                return self._name(module.name, name)
            case ClassDefinition(module=module, node=node):
                return _member(owner, Execution(None).run(node.body, Bindings()).get(name))
            case _:
                return Unknown(f"`{name}` is an attribute of what is not known")


def _member(owner: ClassDefinition, binding: Binding) -> Found:
    match binding:
        case Defined(node=Class() as node):
            return ClassDefinition(owner.module, node)
        case Defined(node=Function() as node):
            return FunctionDefinition(owner.module, node, owner)
        case Assigned(value=value):
            return ValueDefinition(owner.module, value, owner)
        case _:
            return Unknown(f"`{owner.node.name}` itself does not define it, or in more than one way")
