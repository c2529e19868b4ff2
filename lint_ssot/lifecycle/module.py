"""What rules are given: a module and everything that is known about its tests."""

from __future__ import annotations

from dataclasses import dataclass

from lint_ssot.config import Settings
from lint_ssot.graph.classes import Classes
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.project import Project


@dataclass(frozen=True)
class LintedModule:
    """The module under judgment, the graph it stands in, and what the user asked for."""

    module: Module
    classes: Classes
    settings: Settings
    project: Project
