"""Declared names whose first word no module has, but for a slip of the pen."""

from __future__ import annotations

from difflib import get_close_matches

from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import ClassDefinition, External, Module, Resolution, Unknown
from lint_ssot.graph.names.mentions import imported_names

# one letter in seven is wrong, or two neighbors have changed places
_ALIKE = 0.85


def meant_module(name: str, found: Resolution, module: Module, classes: Classes) -> str | None:
    """The module of the project that is meant if nobody knows the declared one and this one has the class.

    A package that is installed elsewhere looks the same, but for that: its name is imported somewhere in the file.
    """
    top, _, rest = name.partition(".")
    if not isinstance(found, External) or not rest or not isinstance(classes.installed.definition(top), Unknown):
        return None
    modules = classes.names.modules
    if any(each.partition(".")[0] == top for each in imported_names(module, modules.relative)):
        return None
    for near in get_close_matches(top, _own_modules(classes), cutoff=_ALIKE):
        if isinstance(classes.names.absolute(f"{near}.{rest}"), ClassDefinition):
            return near
    return None


def _own_modules(classes: Classes) -> set[str]:
    """The first words of what can be imported from the roots of the project."""
    modules = classes.names.modules
    names = (name for root in modules.project.import_roots for name in modules.folders.names(root))
    return {word for name in names if (word := name.removesuffix(".py")).isidentifier()}
