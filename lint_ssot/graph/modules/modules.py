"""The modules of the project by name and by path, found as pytest and unittest would import them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Set
from fnmatch import fnmatch
from pathlib import Path

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.glance import Glance, glance
from lint_ssot.facts.model import ModuleFacts, Trouble
from lint_ssot.graph.definitions import External, Missing, Module, Origin, Unknown
from lint_ssot.graph.modules.absence import doubt, may_be_installed
from lint_ssot.graph.modules.folders import Answer, Folders, Found, Kind, Remembered
from lint_ssot.graph.modules.glances import Glances
from lint_ssot.graph.modules.search_path import SearchPath, may_add, search_path
from lint_ssot.graph.names.mentions import Mentions, contains, imported_names
from lint_ssot.graph.projects.project import Project
from lint_ssot.graph.steps import Steps

ReadFacts = Callable[[Path], ModuleFacts]


class ProjectModule(Module):
    """A module of the project whose file is read when its facts are first asked for."""

    __slots__ = ("_facts", "_read")
    path: Path
    _facts: ModuleFacts | None
    _read: ReadFacts

    def __init__(self, name: str, path: Path, is_package: bool, read: ReadFacts) -> None:
        for attribute, value in (("name", name), ("path", path), ("is_package", is_package)):
            object.__setattr__(self, attribute, value)
        object.__setattr__(self, "origin", Origin.PROJECT)
        object.__setattr__(self, "_read", read)
        object.__setattr__(self, "_facts", None)

    @property
    def is_read(self) -> bool:
        """Whether somebody has asked for its facts before."""
        return self._facts is not None

    @property
    def facts(self) -> ModuleFacts:
        """What the file says; a file that cannot be opened has trouble."""
        if self._facts is None:
            object.__setattr__(self, "_facts", _facts_of(self.path, self._read))
        assert self._facts is not None
        return self._facts


def _facts_of(path: Path, read: ReadFacts) -> ModuleFacts:
    try:
        return read(path)
    except OSError as error:
        return ModuleFacts((), Trouble(Position(1, 0), str(error), is_syntax=False))


class Modules:
    """Finds modules and keeps each one it found, so that a project has one `Module` per file."""

    def __init__(self, project: Project, read_facts: ReadFacts, look: Callable[[bytes], Glance] = glance) -> None:
        self.project = project
        self.folders = Folders()
        self.glances = Glances(look)
        self._read_facts = read_facts
        self._modules: dict[Path, Module] = {}
        self._namespaces: dict[Module, Path] = {}
        self._found: dict[tuple[str, Path | None], Module | External | Missing | Unknown] = {}
        self._roots = Remembered[Path | None, tuple[Path, ...]](self.folders)
        self._search_paths: dict[Path, SearchPath] = {}
        self._mentions: dict[Module, Mentions] = {}
        self._imports: dict[Module, tuple[Module, ...]] = {}
        self._words: dict[tuple[Path, tuple[bytes, ...]], bool] = {}
        self.steps = Steps()

    def at(self, path: Path) -> Module:
        """The module of a file of the project; the file need not be readable, nor exist."""
        if (known := self._modules.get(path)) is not None:
            return known
        path = Path(os.path.abspath(path))  # noqa: PTH100  # links are kept as they are
        if path not in self._modules:
            name, seen = self.folders.asked(lambda: self._name(path))
            is_package = path.stem == "__init__"
            self._modules[path] = ProjectModule(name, path, is_package, self._read_facts)
            self.steps.looked(self._modules[path], seen)
        return self._modules[path]

    def find(self, name: str, importer: Module | None = None) -> Module | External | Missing | Unknown:
        """What `import name` finds, as seen from `importer`; the file that is found is not read.

        External: no folder that may be on `sys.path` has the top-level package.
        Missing: a package of the project is known to lack it, and nothing could put it there.
        """
        if importer is not None and importer.origin is not Origin.PROJECT:
            return External(name)
        key = name, importer.path if importer is not None else None
        if key not in self._found:
            self._found[key] = self.steps.took(importer, self._asked(importer, lambda: self._search(name, importer)))
        return self._found[key]

    def submodule(self, package: Module, name: str) -> Module | Unknown | None:
        """The submodule in a package's own folder; None if the package is known to have none of that name."""
        folder = package.path.parent if package.path is not None else self._namespaces.get(package)
        if folder is None or not package.is_package:
            return None
        trail = self._asked(package, lambda: self.folders.trail(folder.parent, f"{folder.name}.{name}"))
        if len(trail) == 2:
            found = trail[1]
            is_opaque = found.kind is Kind.OPAQUE
            if is_opaque:
                return Unknown(f"`{name}` is no Python")
            return self.steps.took(package, self._module(f"{package.name}.{name}", found))
        elsewhere = self.find(f"{package.name}.{name}", package)
        if isinstance(elsewhere, External):
            return Unknown(f"`{package.name}` may have more folders")
        return None if isinstance(elsewhere, Missing) else elsewhere

    def relative(self, importer: Module, module: str, level: int) -> str | None:
        """The absolute name of `from {level dots}{module}`; None if the importer has no such parent package."""
        if level == 0:
            return module
        package = importer.name.split(".")
        if not importer.is_package:
            package.pop()
        package = package[: len(package) - level + 1]
        if not package or self.is_imported_alone(importer):
            return None
        return ".".join([*package, module] if module else package)

    def is_imported_alone(self, module: Module) -> bool:
        """Whether pytest imports the file by its bare name, without a parent package (`prepend`, `append`)."""
        if module.path is None or module.is_package or "__init__.py" in self.names_in(module.path.parent, module):
            return False
        settings = self.project.pytest
        is_pytest = settings.is_configured or self.project.depends_on_pytest
        return is_pytest and settings.import_mode != "importlib" and self.is_collected(module.path)

    def is_collected(self, path: Path) -> bool:
        """Whether pytest imports a file by itself: a test file or a conftest."""
        patterns = (*self.project.pytest.python_files, "conftest.py")
        return any(fnmatch(path.name, pattern) for pattern in patterns)

    def conftests(self, path: Path) -> tuple[Module, ...]:
        """The conftest modules that hold for a file or folder, the root's first."""
        folder = path if path.suffix == "" else path.parent
        chain = [folder, *folder.parents]
        depth = chain.index(self.project.root) + 1 if self.project.root in chain else 1
        importer = self._modules.get(path)
        holding = (each for each in reversed(chain[:depth]) if "conftest.py" in self.names_in(each, importer))
        return tuple(self.steps.took(importer, self.at(each / "conftest.py")) for each in holding)

    def names_in(self, folder: Path, importer: Module | None) -> frozenset[str]:
        """The names in a folder, for whatever is asked of a module."""
        return self._asked(importer, lambda: self.folders.names(folder))

    def top(self, module: Module, folder: Path) -> Path:
        """The first folder upwards without `__init__.py`, for whatever is asked of a module."""
        return self._asked(module, lambda: self.folders.top(folder))

    def _asked(self, importer: Module | None, question: Callable[[], Answer]) -> Answer:
        """The answer to a question of a module, which then rests on the folders that were looked at."""
        answer, seen = self.folders.asked(question)
        self.steps.looked(importer, seen)
        return answer

    def search_path(self, module: Module) -> SearchPath:
        """What a module does to `sys.path`."""
        if module.path is None:
            return SearchPath()
        if module.path not in self._search_paths:
            adds = may_add(module.facts)
            self._search_paths[module.path] = search_path(module.path, module.facts) if adds else SearchPath()
        return self._search_paths[module.path]

    def mentions(self, module: Module) -> Mentions:
        """The names and texts that stand anywhere in a module."""
        if module not in self._mentions:
            self._mentions[module] = Mentions(module.facts)
        return self._mentions[module]

    def contains(self, module: Module, *words: bytes) -> bool:
        """Whether all the words stand in the file of a module, which need not be parsed for that."""
        if module.path is None:
            return not words
        key = module.path, words
        if key not in self._words:
            self._words[key] = contains(module.path, words)
        return self._words[key]

    def imported_by(self, module: Module) -> tuple[Module, ...]:
        """The modules of the project that a module imports from, itself left out."""
        if module not in self._imports:
            names = imported_names(module, self.relative)
            found = self._asked(module, lambda: [self._located(name, self._trails(name, module)) for name in names])
            self._imports[module] = tuple(
                self.steps.took(module, each) for each in found if isinstance(each, Module) and each is not module
            )
        return self._imports[module]

    def forget(self, modules: Set[Module]) -> None:
        """Forget these modules, and what was found for them; who asks for one again gets another."""
        paths = {module.path for module in modules}
        self._modules = {path: module for path, module in self._modules.items() if module not in modules}
        self._found = {key: found for key, found in self._found.items() if key[1] not in paths}
        for module in modules:
            self._search_paths.pop(module.path or Path(), None)
            self._mentions.pop(module, None)
            self._imports.pop(module, None)
        self.glances.forget(modules)
        self.steps.forget(modules)

    def _search(self, name: str, importer: Module | None) -> Module | External | Missing | Unknown:
        trails = self._trails(name, importer)
        for each in {each for trail in trails for each in trail if each.kind in (Kind.PACKAGE, Kind.MODULE)}:
            self.steps.took(importer, self.at(each.path))
        found = self._located(name, trails)
        if found is not None:
            return found
        why = doubt(name, max(trails, key=len), importer, self)
        return Missing(name) if why is None else Unknown(why)

    def _located(self, name: str, trails: list[tuple[Found, ...]]) -> Module | External | Unknown | None:
        """Where a name leads to; None if it is the project's and yet nowhere to be found."""
        top, *rest = name.split(".")
        if not trails or (trails[0][0].kind is Kind.NAMESPACE and may_be_installed(top, self)):
            return External(name)
        for trail in trails:
            if trail[-1].kind is Kind.OPAQUE:
                return Unknown(f"`{name}` is compiled, or no Python")
            if len(trail) == 1 + len(rest):
                return self._module(name, trail[-1])
        return None

    def _trails(self, name: str, importer: Module | None) -> list[tuple[Found, ...]]:
        """What each root has of a name, the one that Python takes first; none if it is not the project's."""
        parts = name.split(".")
        if not all(parts) or parts[0] in sys.stdlib_module_names:
            return []
        trails = [trail for root in self._roots_for(importer) if (trail := self.folders.trail(root, name))]
        # a package with __init__.py wins over folders without one, wherever on the path it stands
        trails.sort(key=lambda trail: trail[0].kind is Kind.NAMESPACE)
        return trails

    def _module(self, name: str, found: Found) -> Module:
        if found.kind is not Kind.NAMESPACE:
            return self.at(found.path)
        if found.path not in self._modules:
            namespace = Module(name, None, ModuleFacts(()), is_package=True)
            self._modules[found.path] = namespace
            self._namespaces[namespace] = found.path
        return self._modules[found.path]

    def _name(self, path: Path) -> str:
        """The dotted name, from the folder above the outermost package or, without one, from the import root."""
        top = self.folders.top(path.parent)
        holding = [root for root in self.project.import_roots if root == top or root in top.parents]
        base = max(holding, key=lambda root: len(root.parts), default=top)
        if base == self.project.root and top != path.parent:
            # any folder may be a project of its own, and its packages are not named by where it stands
            base = top
        folders = path.parent.relative_to(base).parts
        if not all(folder.isidentifier() for folder in folders):
            folders = path.parent.relative_to(top).parts
        return ".".join(folders if path.stem == "__init__" and folders else (*folders, path.stem))

    def _roots_for(self, importer: Module | None) -> tuple[Path, ...]:
        key = importer.path if importer is not None else None
        return self._roots.get(key, lambda: tuple(dict.fromkeys(self._possible_roots(importer))))

    def _possible_roots(self, importer: Module | None) -> Iterator[Path]:
        """Every folder that may be on `sys.path` while the importer runs, the likeliest first."""
        if importer is None or importer.path is None:
            yield from self.project.import_roots
            return
        folder = importer.path.parent
        conftests = self.conftests(importer.path)
        for module in (importer, *reversed(conftests)):
            yield from self.search_path(module).folders
        yield self.folders.top(folder)
        for module in reversed(conftests):
            if module.path is not None:
                yield self.folders.top(module.path.parent)
        yield from self.project.import_roots
        yield from self._working_folders(folder)

    def _working_folders(self, folder: Path) -> Iterator[Path]:
        """The folders from which the tests may be started: those above the file, up to the root."""
        if self.project.root != folder and self.project.root not in folder.parents:
            return
        for each in (folder, *folder.parents):
            if "__init__.py" not in self.folders.names(each):
                yield each
                if "src" in self.folders.names(each):
                    yield each / "src"
            if each == self.project.root:
                return
