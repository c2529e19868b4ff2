"""The declared bases that hold for a file: what their names stand for, or why they stand for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from lint_ssot.config import Settings
from lint_ssot.facts.expressions import Constant
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes, Hierarchy
from lint_ssot.graph.definitions import (
    ClassDefinition,
    External,
    FunctionDefinition,
    Missing,
    Module,
    ModuleDefinition,
    Resolution,
    Unknown,
    ValueDefinition,
)
from lint_ssot.graph.projects.project import Project
from lint_ssot.lifecycle.declared.misspelt import meant_module

_OBJECT = External("builtins.object")
ISOLATED_NAMES = ("unittest.async_case.IsolatedAsyncioTestCase", "unittest.IsolatedAsyncioTestCase")


@dataclass(frozen=True, slots=True)
class DeclaredBase:
    """A declared base; `name` is the dotted name as the user wrote it."""

    name: str
    hierarchy: Hierarchy

    @property
    def definition(self) -> ClassDefinition:
        """The class itself."""
        return self.hierarchy.classes[0]

    @property
    def is_async(self) -> bool:
        """Whether it is meant for async tests, by what it inherits or by its name."""
        return self.hierarchy.inherits(*ISOLATED_NAMES) or "async" in self.definition.node.name.lower()


@dataclass(frozen=True, slots=True)
class UndefinedBase:
    """A declared name that is known to stand for no class, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class DeclaredBases:
    """The declared bases of one file.

    `elsewhere` are those that are declared for other folders only.
    `has_mystery` tells that the project defines one of them in a way that cannot be followed.
    """

    found: tuple[DeclaredBase, ...] = ()
    undefined: tuple[UndefinedBase, ...] = ()
    elsewhere: tuple[DeclaredBase, ...] = ()
    has_mystery: bool = False

    def hold(self, hierarchy: Hierarchy) -> bool:
        """Whether a class is one of them, or stands on one."""
        return any(base.definition in hierarchy.classes for base in self.found)

    def stand_on(self, definition: ClassDefinition) -> bool:
        """Whether a class is declared for whatever folder, or one that is stands on it."""
        return any(definition in base.hierarchy.classes for base in self.found + self.elsewhere)

    def hold_elsewhere(self, hierarchy: Hierarchy) -> bool:
        """Whether a class would do in another folder."""
        return any(base.definition in hierarchy.classes for base in self.elsewhere)


def declared_bases(module: Module, classes: Classes, settings: Settings, project: Project) -> DeclaredBases:
    """The declared bases that hold for the module's file."""
    if module.path is None or not module.path.is_relative_to(project.root):
        return DeclaredBases()
    path = PurePosixPath(module.path.relative_to(project.root).as_posix())
    names = settings.declared_bases(path)
    resolved = {name: _resolved(name, module, classes) for name in names}
    reasons = {
        name: _why_misspelt(name, each, module, classes) or _why_no_class(name, each) for name, each in resolved.items()
    }
    undefined = tuple(UndefinedBase(name, why) for name, why in reasons.items() if why is not None)
    others = (entry.rpartition(":")[2] for entry in settings.base_classes) if names else ()
    elsewhere = {name: _resolved(name, module, classes) for name in others if name not in resolved}
    found = _classes_among(resolved, classes)
    foreign = sum(isinstance(each, External) and reasons[name] is None for name, each in resolved.items())
    has_mystery = len(found) + len(undefined) + foreign < len(resolved)
    return DeclaredBases(found, undefined, _classes_among(elsewhere, classes), has_mystery)


def _classes_among(resolved: Mapping[str, Resolution], classes: Classes) -> tuple[DeclaredBase, ...]:
    known = ((name, each) for name, each in resolved.items() if isinstance(each, ClassDefinition))
    return tuple(DeclaredBase(name, classes.hierarchy(each)) for name, each in known)


def _resolved(name: str, module: Module, classes: Classes) -> Resolution:
    """What the name stands for from the project's root or, failing that, from where the file's imports look."""
    from_root, from_file = (classes.names.absolute(name, importer) for importer in (None, module))
    found = from_root if isinstance(from_root, ClassDefinition) else from_file
    return definition_of(found, classes)


def definition_of(found: Resolution, classes: Classes) -> Resolution:
    """What is found or, if it stands outside the project and can be had, its definition there."""
    if not isinstance(found, External):
        return found
    outside = classes.installed.definition(found.name)
    return found if isinstance(outside, Unknown) else outside


def has_known_bases(hierarchy: Hierarchy, classes: Classes) -> bool:
    """Whether nothing can be among the bases that is not seen: attributes may be added, bases may not."""
    return hierarchy.open_because is None or all(_spells_its_bases(each, classes) for each in hierarchy.classes)


def _spells_its_bases(definition: ClassDefinition, classes: Classes) -> bool:
    """Whether each base is a known class; decorators and metaclasses may make another class of it."""
    node = definition.node
    if node.decorators or any(base.keyword or base.star for base in node.bases):
        return False
    named = [base for base in node.bases if classes.names.resolve_header(definition, base.value) != _OBJECT]
    return len(named) == len(classes.bases(definition))


def _why_misspelt(name: str, found: Resolution, module: Module, classes: Classes) -> str | None:
    meant = meant_module(name, found, module, classes)
    return None if meant is None else f"does not exist; did you mean `{meant}`?"


def _why_no_class(name: str, found: Resolution) -> str | None:
    match found:
        case Missing(module=module, name=absent):
            missing = module if absent is None else f"{module}.{absent}"
            return "does not exist, though its module does" if missing == name else f"does not exist: no `{missing}`"
        case FunctionDefinition():
            return "is a function"
        case ModuleDefinition():
            return "is a module"
        case ValueDefinition(value=Constant()):
            return "is no class"
    return None
