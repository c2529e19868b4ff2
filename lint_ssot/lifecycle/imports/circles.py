"""Circles of three modules, each of which wants from the next what that does not have yet."""

from __future__ import annotations

from collections.abc import Iterable

from lint_ssot.facts.glance import EarlyImport
from lint_ssot.facts.statements import ImportFrom
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import Module, Origin
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.imports.bound import bound_names

# every file on the way is read, and hardly any way leads back: four in a circle would cost a fifth of a run
_LONGEST = 3


def way_back(statement: ImportFrom, other: Module, module: Module, names: Names) -> tuple[Module, EarlyImport] | None:
    """The module, and its import, by which a from-import of `other` comes back to its own module too early.

    Where each module of a circle wants from the next one a name that is bound there below the circle's next import,
    none of them can be the first to get it, in whichever order they are imported. A test file is in no circle.
    """
    is_asked = module.path is not None and (
        module.path.stem == "conftest" or not names.modules.is_collected(module.path)
    )
    return (
        _Circle(statement, module, names).search(other, [each.name for each in statement.names]) if is_asked else None
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Circle:
    """The search for a way back to an import of `start`."""

    statement: ImportFrom
    start: Module
    names: Names

    def search(self, module: Module, wanted: Iterable[str], before: tuple[Module, ...] = ()) -> _Found | None:
        """The last step of a way from a module of which these names are wanted, each step of which comes too early."""
        for step in self.names.modules.glances.at(module).imports:
            if not any(self._is_late(name, module, step.line) for name in wanted):
                continue
            found = self._follow(step, module, before)
            if found is not None:
                return found
        return None

    def _follow(self, step: EarlyImport, module: Module, before: tuple[Module, ...]) -> _Found | None:
        modules = self.names.modules
        absolute = modules.relative(module, step.module, step.level)
        if absolute is None or not self._is_near(absolute, is_last=len(before) == _LONGEST - 2):
            return None
        following = modules.find(absolute, module)
        if following is self.start:
            return (module, step) if self._is_late_here(step.name) else None
        if not isinstance(following, Module) or following.origin is not Origin.PROJECT or following.path is None:
            return None
        if following in (module, *before) or len(before) == _LONGEST - 2 or not self._may_lead_back(following):
            return None
        return self.search(following, (step.name,), (*before, module))

    def _may_lead_back(self, module: Module) -> bool:
        """Whether the file of a module seems to import from the first one, by its name or, from a package, by dots."""
        contains, word = self.names.modules.contains, self.start.name.rpartition(".")[2].encode()
        return contains(module, word + b" import") or (self.start.is_package and contains(module, b". import"))

    def _is_near(self, name: str, *, is_last: bool) -> bool:
        """Whether a module may be of the circle: all of it is in one package, or in none."""
        own = self.start.name
        if is_last:
            return name.rpartition(".")[2] == own.rpartition(".")[2]
        return (
            name.partition(".")[0] == own.partition(".")[0] if "." in own or self.start.is_package else "." not in name
        )

    def _is_late(self, name: str, module: Module, line: int) -> bool:
        """Whether a module binds the name below the line, and nothing may bind it earlier."""
        seen = self.names.modules.glances.at(module)
        if seen.bound.get(name, 0) <= line or name in seen.may_bind or self._is_submodule(name, module):
            return False
        return all(each.name != "*" for each in seen.imports)

    def _is_late_here(self, name: str) -> bool:
        lines = {bound.name: bound.line for bound in reversed(list(bound_names(self.start.facts.body)))}
        if "*" in lines or self._is_submodule(name, self.start):
            return False
        return lines.get(name, 0) > self.statement.at.line

    def _is_submodule(self, name: str, package: Module) -> bool:
        modules = self.names.modules
        return package.is_package and isinstance(modules.find(f"{package.name}.{name}", package), Module)


_Found = tuple[Module, EarlyImport]
