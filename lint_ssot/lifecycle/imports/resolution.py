"""Whether what one import names can be had."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Alias, Import, ImportFrom
from lint_ssot.graph.definitions import Missing, Module, ModuleDefinition, Origin
from lint_ssot.graph.names.exported import public_names
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.imports.bound import bound_names
from lint_ssot.lifecycle.imports.problems import ImportFault, ImportProblem, shortened, with_hint
from lint_ssot.lifecycle.standing import place_in


def failures(
    statement: Import | ImportFrom, module: Module, names: Names, depth: int | None
) -> Iterator[ImportProblem]:
    """What an import of the module is known to fail for; `depth` is the number of packages it stands in, if known."""
    if isinstance(statement, ImportFrom) and depth is not None and statement.level > depth:
        written = "." * statement.level + statement.module
        why = "has no parent package so high up" if depth else "is imported by itself, in no package"
        yield ImportProblem(statement.at, ImportFault.MISSING_MODULE, written, f": `{module.name}` {why}")
    elif isinstance(statement, Import):
        for alias in statement.names:
            if _is_in_reach(alias.name, module, names):
                yield from _failure(alias.name, alias.at, module, names)
    elif statement.level or _is_in_reach(statement.module, module, names):
        yield from _from_failures(statement, module, names)


def _is_in_reach(name: str, importer: Module, names: Names) -> bool:
    """Whether the top-level package is surely the one that is found.

    A file that no runner imports by itself may lie beside a package without having it on its path.
    """
    modules = names.modules
    top = modules.find(name.partition(".")[0], importer)
    if not isinstance(top, Module) or top.path is None or importer.path is None:
        return True
    if modules.is_collected(importer.path):
        return True
    folder = top.path.parent.parent if top.is_package else top.path.parent
    return folder in modules.project.import_roots


def _failure(name: str, at: Position, importer: Module, names: Names) -> Iterator[ImportProblem]:
    problem = module_failure(name, at, importer, names)
    if problem is not None:
        yield problem


def module_failure(name: str, at: Position, importer: Module, names: Names) -> ImportProblem | None:
    """Why a module cannot be imported by its absolute name."""
    match names.modules.find(name, importer):
        case Missing():
            return _no_module(name, at, importer, names)
        case Module() as found if _is_broken(found, names):
            trouble = found.facts.trouble
            assert trouble is not None
            return ImportProblem(at, ImportFault.BROKEN, name, str(place_in(found, trouble.at)))
    return None


def _is_broken(module: Module, names: Names) -> bool:
    """Whether a module has a syntax error; what this Python cannot parse may be newer than it."""
    if module.path is None or names.modules.glances.at(module).is_readable:
        return False
    return module.facts.trouble is not None and module.facts.trouble.is_syntax


def _no_module(name: str, at: Position, importer: Module, names: Names) -> ImportProblem:
    parts = name.split(".")
    for length in range(1, len(parts)):
        holder = names.modules.find(".".join(parts[:length]), importer)
        missing = ".".join(parts[: length + 1])
        if isinstance(holder, Module) and isinstance(names.modules.find(missing, importer), Missing):
            if not holder.is_package:
                return ImportProblem(
                    at, ImportFault.MISSING_MODULE, missing, f": `{holder.name}` is a module, no package"
                )
            near = nearest(parts[length], _submodules(holder, names))
            return ImportProblem(at, ImportFault.MISSING_MODULE, missing, with_hint(missing, "", near))
    return ImportProblem(at, ImportFault.MISSING_MODULE, name, "")


def _submodules(package: Module, names: Names) -> Iterator[str]:
    if package.path is not None and package.is_package:
        for each in names.modules.names_in(package.path.parent, package):
            stem, _, suffix = each.partition(".")
            if stem.isidentifier() and suffix in ("", "py") and stem != "__init__":
                yield stem


def _from_failures(statement: ImportFrom, importer: Module, names: Names) -> Iterator[ImportProblem]:
    absolute = names.modules.relative(importer, statement.module, statement.level)
    if absolute is None:
        return
    problem = module_failure(absolute, statement.at, importer, names)
    if problem is not None:
        yield problem
        return
    source = names.modules.find(absolute, importer)
    if isinstance(source, Module) and source.origin is Origin.PROJECT:
        if source.path is None:
            yield from _namespace_failures(statement, source, importer, names)
            return
        for alias in statement.names:
            yield from _name_failures(alias, statement, source, importer, names)


def _namespace_failures(
    statement: ImportFrom, source: Module, importer: Module, names: Names
) -> Iterator[ImportProblem]:
    """A folder without `__init__.py` has its submodules only, and an installed package may hide it."""
    for alias in statement.names:
        if alias.name != "*":
            yield from _failure(f"{source.name}.{alias.name}", alias.at, importer, names)


def _name_failures(
    alias: Alias, statement: ImportFrom, source: Module, importer: Module, names: Names
) -> Iterator[ImportProblem]:
    if alias.name == "*":
        yield from _ghosts(source, statement.at, names)
    elif source is importer:
        # in a package, `from . import name` finds the submodule only
        yield from _own_failures(alias, statement, source, names)
    elif not _is_surely_there(alias.name, source, names):
        missing = names.attribute(ModuleDefinition(source), alias.name)
        if missing == Missing(source.name, alias.name):
            near = nearest(alias.name, _bound_names(source, names))
            why = with_hint(alias.name, f"is not in `{shortened(source.name)}`", near)
            yield ImportProblem(alias.at, ImportFault.MISSING_NAME, alias.name, why)


def _own_failures(alias: Alias, statement: ImportFrom, module: Module, names: Names) -> Iterator[ImportProblem]:
    """Why a package lacks what it imports from itself: neither a submodule nor bound by anything else."""
    is_bound = any(each.name == alias.name and each.by is not statement for each in bound_names(module.facts.body))
    is_open = names.lookup(module, f"{alias.name}_") != Missing(module.name, f"{alias.name}_")
    if not is_bound and not is_open:
        for problem in _failure(f"{module.name}.{alias.name}", alias.at, module, names):
            why = f"is not in `{module.name}`{problem.why}"
            yield ImportProblem(alias.at, ImportFault.MISSING_NAME, alias.name, why)


def _is_surely_there(name: str, source: Module, names: Names) -> bool:
    return source.path is not None and name in names.modules.glances.at(source).bound


def _bound_names(source: Module, names: Names) -> Iterator[str]:
    if source.path is not None:
        seen = names.modules.glances.at(source)
        yield from (*seen.bound, *seen.may_bind)
    yield from _submodules(source, names)


def _ghosts(source: Module, at: Position, names: Names) -> Iterator[ImportProblem]:
    """The names in `__all__` that the module lacks: a star import of it raises AttributeError."""
    for name in sorted(public_names(source) or ()):
        if names.lookup(source, name) == Missing(source.name, name):
            why = f"is in `__all__` of `{source.name}`, which lacks it"
            yield ImportProblem(at, ImportFault.MISSING_NAME, name, why)


def nearest(word: str, candidates: Iterator[str]) -> str | None:
    """The most similar of the candidates, if one is similar at all."""
    found = get_close_matches(word, sorted(set(candidates) - {word}), n=1)
    return found[0] if found else None
