"""Graphs of small projects on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.statements import Class
from lint_ssot.facts.traversal import statements_of_all
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.definitions import (
    ClassDefinition,
    External,
    FunctionDefinition,
    Missing,
    ModuleDefinition,
    Resolution,
    ValueDefinition,
)
from lint_ssot.graph.installed import Installed
from lint_ssot.graph.modules.modules import Modules
from lint_ssot.graph.names.names import Names, canonical
from lint_ssot.graph.projects.project import find_project
from tests.projects import write_project


def graph(folder: Path, files: Mapping[str, str], source_roots: tuple[str, ...] = ()) -> Classes:
    """The graph of a project made of these files; the folder is its root."""
    write_project(folder, files)
    project = find_project(folder / next(iter(files)), source_roots)
    modules = Modules(project, lambda path: extract_facts(path.read_bytes()))
    return Classes(Names(modules), Installed(extract_facts))


def class_named(classes: Classes, folder: Path, file: str, name: str) -> ClassDefinition:
    """The last class statement of that qualified name in a file."""
    module = classes.names.modules.at(folder / file)
    found = [each for each in statements_of_all(module.facts.body) if isinstance(each, Class) and each.qualname == name]
    return ClassDefinition(module, found[-1])


def told(found: Resolution) -> str:
    """A resolution in a few words: `class a.B`, `missing a.B`, `unknown` …"""
    match found:
        case Missing(module=module, name=name):
            return f"missing {module}" + (f".{name}" if name else "")
        case ClassDefinition() | FunctionDefinition() | ModuleDefinition() | External():
            kinds = {ClassDefinition: "class", FunctionDefinition: "function", ModuleDefinition: "module"}
            return f"{kinds.get(type(found), 'external')} {canonical(found)}"
        case ValueDefinition():
            return "value"
    return "unknown"
