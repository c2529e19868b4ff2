"""What is remembered between the files of one run: settings, facts and the graph they make."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from lint_ssot.baseline import Baseline
from lint_ssot.config import Settings
from lint_ssot.facts.library import Library
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.states import Disk, State
from lint_ssot.graph.classes.classes import Classes
from lint_ssot.graph.grounds import grounds
from lint_ssot.graph.installed import Installed
from lint_ssot.graph.modules.modules import Modules
from lint_ssot.graph.names.names import Names
from lint_ssot.graph.projects.project import Project, find_project
from lint_ssot.lifecycle.protocols.inference import Inference
from lint_ssot.recall import Memory
from lint_ssot.rule import Rule

if TYPE_CHECKING:
    from concurrent.futures import Executor


class Session:
    """The rules that were asked for, what is known and left out, and every file that was read for them, once.

    Files on disk are taken not to change while a session lasts, except through `put`.
    """

    def __init__(
        self,
        settings: Settings,
        rules: tuple[Rule, ...],
        baseline: Baseline | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.settings = settings
        self.rules = rules
        self.baseline = baseline
        self._memory = memory
        self._facts: dict[Path, tuple[bytes, ModuleFacts]] = {}
        self._projects: dict[Path, Project] = {}
        self._classes: dict[Path, Classes] = {}
        self._inferences: dict[Path, Inference] = {}
        self._installations: dict[Path, Installed] = {}
        self._judged: set[Path] = set()

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

    def prefetch(self, paths: Iterable[Path], executor: Executor) -> None:
        """Read files wherever an executor runs: in other processes, or on other machines that see the same files.

        Only reading is shared out: what files mean together is told here.
        A file that cannot be read is left for when it is asked for.
        """
        new = [path for path in paths if path not in self._facts]
        for path, read in zip(new, executor.map(_read, new), strict=True):
            if read is not None:
                self._facts[path] = read

    def _forget_graph(self) -> None:
        self._classes.clear()
        self._inferences.clear()

    def forget(self, paths: Iterable[Path]) -> None:
        """Take nothing for granted that hangs on these files: they have changed, appeared or gone."""
        for path in paths:
            self._facts.pop(path, None)
        self._projects.clear()
        self._forget_graph()

    def is_done_with(self, path: Path) -> None:
        """Say that a file was judged, as it is on disk, and is not asked for again by itself."""
        self._judged.add(path)

    def release(self) -> None:
        """Forget the judged files that no other file led to: test modules, of which nobody imports most."""
        judged, self._judged = self._judged, set()
        for root, classes in self._classes.items():
            modules = classes.names.modules
            own = {modules.at(path) for path in judged if self.project(path).root == root}
            gone = {module for module in own if not modules.steps.leads_to(module)}
            self.inference(classes.names.modules.project).forget(gone)
            classes.forget(gone)
            for module in gone:
                self._facts.pop(module.path or root, None)

    def grounds(self, path: Path, disk: Disk) -> tuple[State, ...]:
        """What the judgment on a file that was linted rests on."""
        project = self.project(path)
        modules = self.classes(project).names.modules
        return grounds(modules.at(path), modules, self._installed(project).roots, disk)

    def led_to(self, path: Path) -> frozenset[Path]:
        """The files whose text the judgment on a file that was linted may rest on, its own among them."""
        modules = self.classes(self.project(path)).names.modules
        reached = modules.steps.reached_from(modules.at(path))
        return frozenset(each.path for each in reached if each.path is not None) | {path}

    def project(self, path: Path) -> Project:
        """The project that the file at `path` belongs to."""
        if path.parent not in self._projects:
            self._projects[path.parent] = find_project(path, self.settings.source_roots, self.settings.scopes)
        return self._projects[path.parent]

    def classes(self, project: Project) -> Classes:
        """The graph of the project, as far as it was asked for."""
        if project.root not in self._classes:
            names = Names(Modules(project, self._read_facts, self._library(project.root).glance))
            self._classes[project.root] = Classes(names, self._installed(project))
        return self._classes[project.root]

    def inference(self, project: Project) -> Inference:
        """Who tells what expressions of the project are."""
        if project.root not in self._inferences:
            self._inferences[project.root] = Inference(self.classes(project))
        return self._inferences[project.root]

    def _installed(self, project: Project) -> Installed:
        if project.root not in self._installations:
            read = self._library(project.root).facts
            self._installations[project.root] = Installed(read, self.settings.python, project.root)
        return self._installations[project.root]

    def _read_facts(self, path: Path) -> ModuleFacts:
        if path not in self._facts:
            source = read_source(path)
            self._facts[path] = _digest(source), self._library(path.parent).facts(source)
        return self._facts[path][1]

    def _library(self, folder: Path) -> Library:
        return Library() if self._memory is None else self._memory.library(folder)


def read_source(path: Path) -> str:
    """The text of a file, decoded as in `flake8.processor.FileProcessor.read_lines_from_filename`."""
    try:
        with tokenize.open(path) as file:
            return file.read().removeprefix("\ufeff")
    except (SyntaxError, UnicodeError):
        return path.read_text(encoding="latin-1")


def _read(path: Path) -> tuple[bytes, ModuleFacts] | None:
    try:
        source = read_source(path)
    except OSError:
        return None
    return _digest(source), _extracted(source, None)


def _digest(source: str) -> bytes:
    return blake2b(source.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _extracted(source: str, tree: ast.AST | None) -> ModuleFacts:
    # imported late: who only recalls does without
    from lint_ssot.facts.extract import extract_facts

    return extract_facts(source, tree)
