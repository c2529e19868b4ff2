"""Second definitions of a declared base: classes of its name, and what takes its place when it cannot be imported."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lint_ssot.facts.expressions import Attribute, Expression, Name, Position
from lint_ssot.facts.expressions import Collection as Display
from lint_ssot.facts.statements import Alias, Assign, Class, ImportFrom, Statement, Try
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, Missing, Module, Resolution
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.declared.bases import DeclaredBase, DeclaredBases, definition_of, has_known_bases
from lint_ssot.lifecycle.hooks.lookalikes import REAL

_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


@dataclass(frozen=True, slots=True)
class Fork:
    """A second definition of a declared base; `definition` is the class, None for a mere alias of another class.

    `is_fallback` tells that it takes the place of the declared one where that cannot be imported.
    `is_needed` tells that it always does, as the import leads nowhere: then the import is to blame.
    """

    at: Position
    base: DeclaredBase
    definition: ClassDefinition | None
    is_fallback: bool = False
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class _Import:
    """A declared base that a try imports; `works` tells that the import leads to it, not merely by its name."""

    base: DeclaredBase
    works: bool


def find_forks(
    module: Module, declared: DeclaredBases, classes: Classes, test_classes: tuple[TestClass, ...]
) -> tuple[Fork, ...]:
    """The second definitions at the module's own level."""
    if not declared.found or declared.has_mystery:
        return ()
    finder = _Finder(module, declared, classes)
    fallbacks = tuple(finder.fallbacks())
    seen = {fork.at for fork in fallbacks}
    stood_on = {each for test_class in test_classes for each in test_class.hierarchy.classes}
    look_alikes = (fork for fork in finder.look_alikes(stood_on) if fork.at not in seen)
    return (*fallbacks, *look_alikes)


@dataclass(frozen=True, slots=True)
class _Finder:
    module: Module
    declared: DeclaredBases
    classes: Classes

    def look_alikes(self, stood_on: Collection[ClassDefinition]) -> Iterator[Fork]:
        """Classes that have the name of a declared base and are made for tests, but do not stand on it."""
        for statement in statements(self.module.facts.body):
            if not isinstance(statement, Class):
                continue
            base = self._named(statement.name)
            definition = ClassDefinition(self.module, statement)
            if base is None or not self._is_beside(definition):
                continue
            if definition in stood_on or self._is_for_tests(definition):
                yield Fork(statement.at, base, definition)

    def fallbacks(self) -> Iterator[Fork]:
        """What handlers of ImportError bind instead of a declared base."""
        for statement in statements(self.module.facts.body):
            if isinstance(statement, Try):
                imported = dict(self._imported(statement))
                for handler in statement.handlers:
                    if imported and catches_import_errors(handler.type):
                        for inner in statements(handler.body):
                            yield from self._bound_instead(inner, imported)

    def _imported(self, statement: Try) -> Iterator[tuple[str, _Import]]:
        """The declared bases that the body of a try imports, by the names it gives them."""
        for inner in statements(statement.body):
            if not isinstance(inner, ImportFrom):
                continue
            for alias in inner.names:
                found = self._found(inner, alias)
                base = next((each for each in self.declared.found if each.definition == found), None)
                if base is not None:
                    yield alias.bound or alias.name, _Import(base, works=True)
                elif isinstance(found, Missing) and (base := self._named(alias.name)) is not None:
                    yield alias.bound or alias.name, _Import(base, works=False)

    def _bound_instead(self, statement: Statement, imported: Mapping[str, _Import]) -> Iterator[Fork]:
        for at, name, found in self._rebound(statement):
            instead = imported.get(name)
            other = None if instead is None else definition_of(found, self.classes)
            if instead is None or not isinstance(other, ClassDefinition) or not self._stands_on_none(other):
                continue
            definition = other if isinstance(statement, Class) else None
            yield Fork(at, instead.base, definition, is_fallback=True, is_needed=not instead.works)

    def _rebound(self, statement: Statement) -> Iterator[tuple[Position, str, Resolution]]:
        """The names that a class, assignment or import binds, and to what."""
        match statement:
            case Class(at=at, name=name):
                yield at, name, ClassDefinition(self.module, statement)
            case Assign(targets=targets, value=value):
                found = self.classes.names.resolve(self.module, value)
                yield from ((target.at, target.id, found) for target in targets if isinstance(target, Name))
            case ImportFrom(names=names):
                for alias in names:
                    yield alias.at, alias.bound or alias.name, self._found(statement, alias)

    def _found(self, statement: ImportFrom, alias: Alias) -> Resolution:
        names = self.classes.names
        return names.attribute(names.imported_module(self.module, statement), alias.name)

    def _named(self, name: str) -> DeclaredBase | None:
        return next((base for base in self.declared.found if base.definition.node.name == name), None)

    def _is_beside(self, definition: ClassDefinition) -> bool:
        """Whether a class is known neither to stand on a declared base nor to carry one."""
        return self._stands_on_none(definition) and not self.declared.stand_on(definition)

    def _stands_on_none(self, definition: ClassDefinition) -> bool:
        hierarchy = self.classes.hierarchy(definition)
        return has_known_bases(hierarchy, self.classes) and not self.declared.hold(hierarchy)

    def _is_for_tests(self, definition: ClassDefinition) -> bool:
        """Whether it is a `TestCase`, or has a method that some runner calls as a hook."""
        members = self.classes.members(definition)
        return self.classes.hierarchy(definition).inherits(*TESTCASE_NAMES) or not REAL.isdisjoint(members)


def catches_import_errors(caught: Expression | None) -> bool:
    """Whether an except clause of this type catches ImportError."""
    match caught:
        case None:
            return True
        case Name(id=name) | Attribute(attr=name):
            return name in _IMPORT_ERRORS
        case Display(items=items):
            return any(map(catches_import_errors, items))
    return False
