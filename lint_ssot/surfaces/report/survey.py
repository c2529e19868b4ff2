"""Follows every test of a file, and notes how far it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.facts.enclosing import enclosing
from lint_ssot.facts.expressions import Position
from lint_ssot.graph.definitions import Module
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.collecting.files import is_ignored, is_test_file
from lint_ssot.lifecycle.collecting.passed_over import tests_by_name, tests_of_class
from lint_ssot.lifecycle.declared.bases import has_known_bases
from lint_ssot.lifecycle.fallbacks import Fallback, fallbacks, stand_in_read
from lint_ssot.lifecycle.functions.conditions import is_skipped
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.runners import Phase
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from lint_ssot.surfaces.report.model import Cause, Fate, FileReport, Stage, Stop
from lint_ssot.surfaces.report.stops import Stops, shown
from lint_ssot.surfaces.told import Findings, Teller, Told, uncounted

# what ends an import; LSS503 is swallowed by somebody
_FAILED_IMPORTS = frozenset({"LSS501", "LSS502", "LSS504", "LSS505"})
_BEFORE_TEST = (Phase.MODULE_SETUP, Phase.CLASS_SETUP, Phase.SETUP)
_TEST_LINE = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(test\w*)", re.MULTILINE)


@dataclass
class Surveyor:
    """Follows the tests of one file after the other; paths are shown relative to `base`.

    All rules speak, also those that the user does not want to hear of: a test dies of them all the same.
    """

    settings: Settings
    base: Path
    _findings: Findings = field(init=False)

    def __post_init__(self) -> None:
        enabled = (each for each in RULES if not each.is_opt_in or each.code in self.settings.enable)
        self._findings = Findings(Session(self.settings, tuple(enabled)))

    def survey(self, path: Path) -> FileReport | None:
        """The tests of a file; None if it has none, or is none of a runner's files."""
        tests = tuple(self._tests(path))
        return FileReport(shown(path, self.base), tests) if tests else None

    def _tests(self, path: Path) -> Iterator[Fate]:
        teller = Teller(path, self._findings)
        module = teller.module
        if not is_test_file(path, module.project):
            return
        if module.module.facts.trouble is not None:
            yield from self._unreadable(path, module.module.facts.trouble.at.line)
        elif module.collection.is_empty:
            yield from _skipped_as_a_whole(module)
        else:
            before = tuple(self._stops_of_conftests(module))
            known = fallbacks(module)
            own = tuple(self._stops_of_imports(module.module)) if module.collection.uncollected() else ()
            for test_class, test in teller.tests():
                yield self._fate(teller, test_class, test, before, known)
            yield from self._uncollected(path, module, (*before, *own))

    def _fate(
        self,
        teller: Teller,
        test_class: TestClass | None,
        test: TestMethod,
        before: tuple[Stop, ...],
        known: tuple[Fallback, ...],
    ) -> Fate:
        name, line = _node_id(test_class, test), _line(teller.module, test_class, test)
        if test.conditions.is_skipped:
            own = tuple(self._stops_of_imports(teller.module.module))
            return Fate(name, line, (*before, *own), is_skipped=True, why="it is marked to be skipped")
        try:
            told = teller.tell(test_class, test)
        except Exception as error:  # noqa: BLE001  # one test must not end the report
            why = f"the analysis failed ({type(error).__name__}); please report it"
            return Fate(name, line, before, unknown_from=Stage.BASE, why=why)
        stops = (*before, *Stops(told, self.base, known).all())
        left = _left_on_purpose(told)
        open_stage, why = _unknown_from(teller.module, told, known)
        return Fate(
            name,
            line,
            tuple(each for each in stops if left is None or each.stage < Stage.SETUP),
            unknown_from=open_stage,
            is_skipped=left is not None,
            why=left or why,
            passes_unrun=any(each.code == "LSS405" and "passes" in each.text for each in stops),
        )

    def _unreadable(self, path: Path, line: int) -> Iterator[Fate]:
        """What looks like a test in a file that no runner can import."""
        where = shown(path, self.base)
        cause = Cause(f"syntax {where}", "E999", "the file has a syntax error", where, line)
        stop = Stop(Stage.COLLECTED, cause.code, cause.text, where, line, cause)
        source = read_source(path)
        for match in _TEST_LINE.finditer(source):
            yield Fate(match[1], source.count("\n", 0, match.start()) + 1, (stop,))

    def _stops_of_conftests(self, module: LintedModule) -> Iterator[Stop]:
        """A conftest that cannot be imported ends the run of all that is below it."""
        path = module.module.path
        for conftest in module.classes.names.modules.conftests(path) if path is not None else ():
            yield from self._stops_of_imports(conftest)

    def _stops_of_imports(self, module: Module) -> Iterator[Stop]:
        for found in self._failed_imports(module):
            where = shown(found.path, self.base)
            cause = Cause(f"import {found.text}", found.code, uncounted(found.text), where, found.line)
            yield Stop(Stage.COLLECTED, found.code, uncounted(found.text), where, found.line, cause)

    def _failed_imports(self, module: Module) -> tuple[Diagnostic, ...]:
        path = module.path
        if path is None:
            return ()
        return tuple(
            each
            for each in self._findings.of(path)
            if each.code in _FAILED_IMPORTS and not enclosing(module.facts.body, _position(each))
        )

    def _uncollected(self, path: Path, module: LintedModule, before: tuple[Stop, ...]) -> Iterator[Fate]:
        """The tests of classes that cannot be collected."""
        for definition, _ in module.collection.uncollected():
            found = next((each for each in self._findings.of(path) if _tells_of(each, definition.node.at)), None)
            if found is None:
                continue
            where = shown(path, self.base)
            blamed = found.related[0] if found.related else None
            key = f"hook {shown(blamed.path, self.base)}:{blamed.at.line}" if blamed else f"hook {where}:{found.line}"
            cause = Cause(key, found.code, uncounted(found.text), where, found.line)
            stop = Stop(Stage.COLLECTED, found.code, uncounted(found.text), where, found.line, cause)
            for name, at in tests_of_class(module, definition):
                yield Fate(name, at.line, (*before, stop))


def _tells_of(found: Diagnostic, at: Position) -> bool:
    return found.code == "LSS407" and _position(found) == at


def _position(found: Diagnostic) -> Position:
    return Position(found.line, found.column)


def _skipped_as_a_whole(module: LintedModule) -> Iterator[Fate]:
    path = module.module.path
    if path is None or is_ignored(path, module.classes.names.modules.conftests(path)):
        return
    if is_skipped(module.module, module.classes.names):
        for name, at in tests_by_name(module):
            yield Fate(name, at.line, is_skipped=True, why="the module skips itself as a whole")


def _node_id(test_class: TestClass | None, test: TestMethod) -> str:
    owner = () if test_class is None else tuple(test_class.definition.node.qualname.split("."))
    return "::".join((*owner, test.name))


def _line(module: LintedModule, test_class: TestClass | None, test: TestMethod) -> int:
    if test.function.module is module.module or test_class is None:
        return test.function.node.at.line
    return test_class.definition.node.at.line


def _left_on_purpose(told: Told) -> str | None:
    """Why the test never comes to its body, though nothing is wrong with it; None if it may."""
    step = told.leaving_step
    is_before = step is not None and step.phase in _BEFORE_TEST
    return f"`{step.function.node.name}` always raises or skips" if step is not None and is_before else None


def _unknown_from(module: LintedModule, told: Told, known: tuple[Fallback, ...]) -> tuple[Stage | None, str]:
    """The first stage of which nobody can know, and why."""
    test_class = told.story.test_class
    declared = module.declared
    why = "; ".join(dict.fromkeys(told.story.silent_because))
    if test_class is not None and declared.found and not declared.hold(test_class.hierarchy):
        if declared.has_mystery:
            return Stage.BASE, "nobody can know what a declared base is"
        if not has_known_bases(test_class.hierarchy, module.classes):
            return Stage.BASE, why or "not all of its bases are known"
    if why:
        return Stage.SETUP, why
    name = next((found for each in told.story.functions if (found := stand_in_read(each, known))), None)
    if name is not None:
        return Stage.BUSINESS, f"`{name}` is a stand-in: the import of the real one always fails"
    return None, ""
