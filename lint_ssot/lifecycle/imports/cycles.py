"""From-imports that fail because modules import each other."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.glance import EarlyImport, Glance
from lint_ssot.facts.statements import Import, ImportFrom
from lint_ssot.graph.definitions import Module, Origin
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.imports.bound import bound_names
from lint_ssot.lifecycle.imports.circles import way_back
from lint_ssot.lifecycle.imports.problems import ImportFault, ImportProblem
from lint_ssot.lifecycle.standing import place_in


def circular(statement: Import | ImportFrom, module: Module, names: Names) -> Iterator[ImportProblem]:
    """Whether a from-import fails as the other module comes back to this one for what it does not have yet.

    Only what fails whichever of them is imported first is seen.
    """
    if not isinstance(statement, ImportFrom) or not any(each is statement for each in module.facts.body):
        return
    absolute = names.modules.relative(module, statement.module, statement.level)
    other = None if absolute is None else names.modules.find(absolute, module)
    if not isinstance(other, Module) or other.path is None or other is module or other.origin is not Origin.PROJECT:
        return
    seen = names.modules.glances.at(other)
    for back in seen.imports:
        if (
            _imports_back(back, other, module, names)
            and _is_too_early(back.name, statement, module, names)
            and _fails_both_ways(back, statement, seen, other, module, names)
        ):
            yield _problem(statement, other, back)
            return
    found = way_back(statement, other, module, names)
    if found is not None:
        yield _problem(statement, *found)


def _problem(statement: ImportFrom, other: Module, back: EarlyImport) -> ImportProblem:
    place = place_in(other, Position(back.line, 0))
    return ImportProblem(statement.at, ImportFault.CIRCULAR, back.name, f"`{other.name}` ({place})")


def _imports_back(back: EarlyImport, other: Module, module: Module, names: Names) -> bool:
    # most imports lead elsewhere, and their last word tells at once
    if back.module and back.module.rpartition(".")[2] != module.name.rpartition(".")[2]:
        return False
    absolute = names.modules.relative(other, back.module, back.level)
    return absolute is not None and names.modules.find(absolute, other) is module


def _is_too_early(name: str, statement: ImportFrom, module: Module, names: Names) -> bool:
    """Whether the module binds the name, and nowhere above the statement."""
    if _is_submodule(name, module, names):
        return False
    lines = [bound.line for bound in bound_names(module.facts.body) if bound.name == name]
    return bool(lines) and min(lines) > statement.at.line


def _fails_both_ways(
    back: EarlyImport, statement: ImportFrom, seen: Glance, other: Module, module: Module, names: Names
) -> bool:
    """Whether it fails as well when the other module is imported first, or that cannot be."""
    if module.is_package and other.name.startswith(f"{module.name}."):
        return True
    is_parent = module.name.startswith(f"{other.name}.")
    if module.path is not None and names.modules.is_collected(module.path) and not is_parent:
        return True
    wanted = [alias.name for alias in statement.names if not _is_submodule(alias.name, other, names)]
    return any(seen.bound.get(name, 0) > back.line and name not in seen.may_bind for name in wanted)


def _is_submodule(name: str, package: Module, names: Names) -> bool:
    """Whether `from package import name` finds a module of that name where the package has nothing yet."""
    return package.is_package and isinstance(names.modules.find(f"{package.name}.{name}", package), Module)
