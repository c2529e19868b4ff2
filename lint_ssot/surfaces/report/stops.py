"""What stops a test, at which stage, and what that comes of: read from its story."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lint_ssot.diagnostic import Diagnostic, Place
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assigned import MissingAttribute
from lint_ssot.lifecycle.fallbacks import Fallback, leaves_by_skipping, skips
from lint_ssot.lifecycle.hooks.dead_callers import dead_caller
from lint_ssot.lifecycle.runners import Phase, Runner
from lint_ssot.lifecycle.standing import place_of
from lint_ssot.lifecycle.tests.story import Role
from lint_ssot.surfaces.report.model import Cause, Stage, Stop
from lint_ssot.surfaces.told import Event, Told, ToldStep, uncounted

_STAGES = {
    Phase.MODULE_SETUP: Stage.SETUP,
    Phase.CLASS_SETUP: Stage.SETUP,
    Phase.SETUP: Stage.SETUP,
    Phase.TEST: Stage.BUSINESS,
}
_IMPORTS = ("LSS5", "LSS102", "LSS106")
_BASES = ("LSS101", "LSS103")
_HOOKS = ("LSS401", "LSS402")
_DETOUR = re.compile(r"stands on `([^`…]+)`")


@dataclass(frozen=True)
class Stops:
    """The stops of one test; places are shown relative to `base`, `fallbacks` are those of the test's module."""

    told: Told
    base: Path
    fallbacks: tuple[Fallback, ...] = ()

    def all(self) -> tuple[Stop, ...]:
        """All of them, by their stages."""
        return tuple(sorted((*self._before(), *self._on_the_way(), *self._skips()), key=lambda stop: stop.stage))

    def _before(self) -> Iterator[Stop]:
        for event in self.told.before:
            stage = _stage_before(event)
            if stage is not None:
                yield self._stop(stage, event)

    def _on_the_way(self) -> Iterator[Stop]:
        for told in self.told.steps:
            stage = _STAGES.get(told.step.phase)
            if stage is None:
                continue
            for event in told.events:
                if told.strikes(event) or (event.diagnostic.code == "LSS405" and told.step.role is Role.TEST):
                    # a fixture is looked for before its test is called
                    at = Stage.SETUP if event.diagnostic.code == "LSS411" else stage
                    yield self._stop(at, event, _missing(told, event))

    def _skips(self) -> Iterator[Stop]:
        """A test that skips itself wherever an import fails, which it always does, never sees its business."""
        found = skips(self.told.story.test.conditions, self.fallbacks)
        if found is not None:
            yield from self._stop_at_import(Stage.SETUP, found)
        for told in self.told.steps:
            stage = _STAGES.get(told.step.phase)
            if stage is not None and told.step.runs:
                left = leaves_by_skipping(told.step.function, self.fallbacks)
                if left is not None:
                    yield from self._stop_at_import(stage, left)

    def _stop_at_import(self, stage: Stage, fallback: Fallback) -> Iterator[Stop]:
        at = fallback.problem.at
        for event in self.told.before:
            found = event.diagnostic
            if found.code == "LSS503" and (found.line, found.column) == at:
                yield self._stop(stage, event)

    def _stop(self, stage: Stage, event: Event, missing: MissingAttribute | None = None) -> Stop:
        found = event.diagnostic
        where = shown(event.path, self.base)
        hook = self._dead_hook(missing) if missing is not None else None
        if hook is not None:
            # a setup that nobody runs is none that a test gets through
            return Stop(
                Stage.SETUP, found.code, uncounted(found.text), where, event.line, self._cause_in_hook(found, hook)
            )
        cause = self._cause_of_missing(found, missing) if missing is not None else self._cause(found)
        return Stop(stage, found.code, uncounted(found.text), where, event.line, cause)

    def _cause_of_straying(self, found: Diagnostic, path: str) -> Cause:
        """The class by which others go astray is one thing to mend; those that do so by themselves are told as one."""
        if len(found.related) > 1:
            place = found.related[1]
            named = _DETOUR.search(found.text)
            text = (
                f"`{named[1]}` bypasses the declared bases, and so does what stands on it"
                if named
                else uncounted(found.text)
            )
            return Cause(f"base {self._at(place)}", found.code, text, shown(place.path, self.base), place.at.line)
        text = "test classes do not stand on a declared base, this one and others like it"
        return Cause("base", found.code, text, path, found.line)

    def _dead_hook(self, missing: MissingAttribute) -> FunctionDefinition | None:
        """The hook that does not run, and would assign the attribute if it did."""
        owner = self.told.story.test_class
        blamed = missing.culprit or missing.writer
        if blamed is None or owner is None:
            return None
        return dead_caller(blamed, self._dead_hooks, owner.hierarchy)

    def _cause_in_hook(self, found: Diagnostic, hook: FunctionDefinition) -> Cause:
        place = place_of(hook)
        about = self._dead_hooks.get(hook) or found
        return Cause(
            f"hook {self._at(place)}", about.code, uncounted(about.text), shown(place.path, self.base), place.at.line
        )

    def _cause(self, found: Diagnostic) -> Cause:
        path = shown(found.path, self.base)
        if found.code in _BASES:
            return self._cause_of_straying(found, path)
        if found.code.startswith("LSS5"):
            return Cause(f"import {found.text}", found.code, uncounted(found.text), path, found.line)
        if found.code.startswith("LSS3"):
            return Cause(f"with {path} {found.text}", found.code, uncounted(found.text), path, found.line)
        if found.code == "LSS405":
            owner = self.told.story.test_class
            is_its_own = owner is not None and _is_testcase(owner.runner)
            where = f"{path} {owner.definition.node.qualname}" if owner is not None and is_its_own else "everywhere"
            return Cause(f"async {where}", found.code, uncounted(found.text), path, found.line)
        key = self._at(found.related[0]) if found.related else f"{path}:{found.line}"
        return Cause(f"hook {key}", found.code, uncounted(found.text), path, found.line)

    def _cause_of_missing(self, found: Diagnostic, missing: MissingAttribute) -> Cause:
        """The method that assigns it, or hides the one that does; else the attribute itself."""
        blamed = missing.culprit or missing.writer
        if blamed is not None:
            return self._cause_in_hook(found, blamed)
        owner = self.told.story.test_class
        name = owner.definition.node.qualname if owner is not None else ""
        path = shown(found.path, self.base)
        return Cause(
            f"attribute {path} {name}.{missing.attribute}", found.code, uncounted(found.text), path, found.line
        )

    @cached_property
    def _dead_hooks(self) -> dict[FunctionDefinition, Diagnostic | None]:
        """The hooks that do not run, and what is said of them."""
        steps = [(each.step.function, each.events) for each in self.told.steps if _is_dead_hook(each)]
        skipped = [(each.function, events) for each, events in self.told.skipped if each.culprit is None]
        return {
            function: next((event.diagnostic for event in events if event.diagnostic.code in _HOOKS), None)
            for function, events in (*steps, *skipped)
        }

    def _at(self, place: Place) -> str:
        return f"{shown(place.path, self.base)}:{place.at.line}"


def shown(path: Path, base: Path) -> str:
    """The path as a person reads it, relative to `base`."""
    return Path(os.path.relpath(path, base)).as_posix()


def _stage_before(event: Event) -> Stage | None:
    code = event.diagnostic.code
    if code.startswith(_BASES):
        return Stage.BASE
    if not event.is_deadly:
        return None
    if code.startswith((*_IMPORTS, "LSS3")):
        return Stage.COLLECTED
    return Stage.BUSINESS if code.startswith("LSS2") else Stage.SETUP


def _missing(told: ToldStep, event: Event) -> MissingAttribute | None:
    if not event.diagnostic.code.startswith("LSS2"):
        return None
    at = (event.line, event.column)
    return next((each for each in told.step.missing if (each.read.at.line, each.read.at.column) == at), None)


def _is_dead_hook(told: ToldStep) -> bool:
    return told.step.role is Role.HOOK and not told.step.runs


def _is_testcase(runner: object) -> bool:
    return isinstance(runner, Runner) and runner.is_testcase
