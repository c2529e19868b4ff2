"""What the pages in `docs/specs` can ask: each probe answers for one line of a linted module."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lint_ssot.facts.statements import Class
from lint_ssot.graph.definitions import ClassDefinition
from lint_ssot.lifecycle.module import LintedModule

Probe = Callable[[LintedModule, int], str]


def class_at(module: LintedModule, line: int) -> ClassDefinition:
    """The class at the top level of the module whose statement stands on the line."""
    for statement in module.module.facts.body:
        if isinstance(statement, Class) and statement.at.line == line:
            return ClassDefinition(module.module, statement)
    raise LookupError(f"no class stands on line {line}")


def mro(module: LintedModule, line: int) -> str:
    """The names of the classes in resolution order, `…` at the end if the class is open."""
    hierarchy = module.classes.hierarchy(class_at(module, line))
    names = [definition.node.qualname for definition in hierarchy.classes]
    return ", ".join(names if hierarchy.open_because is None else [*names, "…"])


PROBES: Mapping[str, Probe] = {
    "mro": mro,
}
