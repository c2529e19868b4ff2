"""What is remembered between the files of one run: settings, facts and the graph they make."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from lint_ssot.baseline import Baseline
from lint_ssot.config import Settings
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.states import Disk, State
from lint_ssot.graph.classes import Classes
from lint_ssot.graph.grounds import grounds
from lint_ssot.graph.installed import Installed
from lint_ssot.graph.modules import Modules
from lint_ssot.graph.names import Names
from lint_ssot.graph.project import Project, find_project
from lint_ssot.lifecycle.protocols.inference import Inference
from lint_ssot.rule import Rule


class Session:
    """The rules that were asked for, what is known and left out, and every file that was read for them, once.

    Files on disk are taken not to change while a session lasts, except through `put`.
    """

    def __init__(self, settings: Settings, rules: tuple[Rule, ...], baseline: Baseline | None = None) -> None:
        self.settings = settings
        self.rules = rules
        self.baseline = baseline
        self._facts: dict[Path, tuple[bytes, ModuleFacts]] = {}
        self._projects: dict[Path, Project] = {}
        self._classes: dict[Path, Classes] = {}
        self._inferences: dict[Path, Inference] = {}
        self._installations: dict[Path, Installed] = {}

    def __deepcopy__(self, memo: object) -> Session:
        """Stay the same: flake8 copies the options, which sessions hang on, for each entry of `per-file-ignores`."""
        return self

    def put(self, path: Path, source: str, tree: ast.AST | None = None) -> None:
        """Trust `source` to be the text of the file at `path`, whatever the disk says.

        The graph is built anew only if it was built on another text.
        `tree` is what Python made of the source, if the host has parsed it.
        """
        digest = _digest(source)
        known = self._facts.get(path)
        if known is not None and known[0] == digest:
            return
        if known is not None:
            self._forget_graph()
        self._facts[path] = digest, _extracted(source, tree)

    def _forget_graph(self) -> None:
        self._classes.clear()
        self._inferences.clear()

    def forget(self, paths: Iterable[Path]) -> None:
        """Take nothing for granted that hangs on these files: they have changed, appeared or gone."""
        for path in paths:
            self._facts.pop(path, None)
        self._projects.clear()
        self._forget_graph()

    def grounds(self, path: Path, disk: Disk) -> tuple[State, ...]:
        """What the judgment on a file that was linted rests on."""
        project = self.project(path)
        modules = self.classes(project).names.modules
        return grounds(modules.at(path), modules, self._installed(project).roots, disk)

    def project(self, path: Path) -> Project:
        """The project that the file at `path` belongs to."""
        if path.parent not in self._projects:
            self._projects[path.parent] = find_project(path, self.settings.source_roots)
        return self._projects[path.parent]

    def classes(self, project: Project) -> Classes:
        """The graph of the project, as far as it was asked for."""
        if project.root not in self._classes:
            names = Names(Modules(project, self._read_facts))
            self._classes[project.root] = Classes(names, self._installed(project))
        return self._classes[project.root]

    def inference(self, project: Project) -> Inference:
        """Who tells what expressions of the project are."""
        if project.root not in self._inferences:
            self._inferences[project.root] = Inference(self.classes(project))
        return self._inferences[project.root]

    def _installed(self, project: Project) -> Installed:
        if project.root not in self._installations:
            self._installations[project.root] = Installed(_extracted, self.settings.python, project.root)
        return self._installations[project.root]

    def _read_facts(self, path: Path) -> ModuleFacts:
        if path not in self._facts:
            source = read_source(path)
            self._facts[path] = _digest(source), _extracted(source)
        return self._facts[path][1]


def read_source(path: Path) -> str:
    """The text of a file, decoded as in `flake8.processor.FileProcessor.read_lines_from_filename`."""
    try:
        with tokenize.open(path) as file:
            return file.read().removeprefix("\ufeff")
    except (SyntaxError, UnicodeError):
        return path.read_text(encoding="latin-1")


def _digest(source: str) -> bytes:
    return blake2b(source.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _extracted(source: str | bytes, tree: ast.AST | None = None) -> ModuleFacts:
    # imported late: what is in the store need not be extracted
    from lint_ssot.facts.extract import extract_facts

    return extract_facts(source, tree)
