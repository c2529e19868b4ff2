"""The story of a test as it is told: what the rules say of it, each finding at its place in the order."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import cached_property
from pathlib import Path

from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import judge, lint, linted_module
from lint_ssot.facts.enclosing import enclosing
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition, Origin
from lint_ssot.lifecycle.assigned import MissingAttribute
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.functions.yielding import is_behind_yield
from lint_ssot.lifecycle.hooks.skipped import SkippedHook
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.runners import Phase
from lint_ssot.lifecycle.tests.one_test import one_test
from lint_ssot.lifecycle.tests.story import Role, Step, Story, tell_story
from lint_ssot.session import Session, read_source

# What raises where it stands; the other codes tell what is wrong with the suite, or why something is missing.
_DEADLY = frozenset(
    {f"LSS{number}" for number in (102, *range(201, 209), *range(301, 308), 403, *range(406, 409), *range(410, 413))}
    | {f"LSS{number}" for number in (501, 502, 504, 505)}
)
# what LSS406 says of hooks whose call does nothing, and does not fail
_IN_VAIN = ("its body never runs", "is no fixture: ")
# what they tell of is the call itself, whether the body runs or not
_CALLS = ("LSS2", "LSS406", "LSS408", "LSS411", "LSS412")
# what is told of a name that the test asks for, wherever a function of that name stands
_OF_READS = ("LSS2", "LSS411")
_COUNTED = re.compile(r" \(stops [0-9]+ tests?\)$")
_TEARDOWN = (Phase.TEARDOWN, Phase.CLASS_TEARDOWN, Phase.MODULE_TEARDOWN)
# what still runs after a test, or what comes before it, has failed
_AFTER = {
    Phase.SETUP: (Phase.CLASS_TEARDOWN, Phase.MODULE_TEARDOWN),
    Phase.CLASS_SETUP: (Phase.MODULE_TEARDOWN,),
    Phase.MODULE_SETUP: (),
}


class Verdict(enum.Enum):
    """How far a test comes."""

    REACHES = "reaches its business"
    DIES_AFTER = "dies after its business"
    UNKNOWN = "cannot be followed to the end"
    SKIPPED = "is skipped"
    LEAVES = "leaves on its own account"
    NEVER_RUNS = "never runs"
    DIES = "dies before its business"


@dataclass(frozen=True, slots=True)
class Event:
    """A finding, and where on the way of the test it strikes: for a missing attribute, where that is read."""

    diagnostic: Diagnostic
    path: Path
    line: int
    column: int

    @property
    def text(self) -> str:
        """What is said, of this test alone."""
        return uncounted(self.diagnostic.text)

    @property
    def is_deadly(self) -> bool:
        """Whether what comes to it cannot go on."""
        is_in_vain = self.diagnostic.code == "LSS406" and any(words in self.text for words in _IN_VAIN)
        return self.diagnostic.code in _DEADLY and not is_in_vain


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step and what strikes in it, in order."""

    step: Step
    events: tuple[Event, ...]

    @property
    def death(self) -> Event | None:
        """What ends the test here: what stands in a body that does not run harms none."""
        return next((each for each in self.events if self.strikes(each)), None)

    @property
    def is_late(self) -> bool:
        """Whether what ends the test here comes after the test: in a teardown, or behind a fixture's `yield`."""
        if self.death is None or self.step.role is not Role.FIXTURE:
            return self.step.phase in _TEARDOWN
        return is_behind_yield(self.step.function, Position(self.death.line, self.death.column))

    def strikes(self, event: Event) -> bool:
        """Whether the test does not get past the event."""
        return event.is_deadly and (self.step.runs or event.diagnostic.code.startswith(_CALLS))


@dataclass(frozen=True, slots=True)
class Told:
    """The story, what strikes before its first step, and what strikes in each."""

    story: Story
    before: tuple[Event, ...]
    steps: tuple[ToldStep, ...]
    skipped: tuple[tuple[SkippedHook, tuple[Event, ...]], ...]

    @property
    def death(self) -> Event | None:
        """What ends the test, if something does."""
        at_once = next((event for event in self.before if event.is_deadly), None)
        return at_once or (None if (step := self.deadly_step) is None else step.death)

    @property
    def deadly_step(self) -> ToldStep | None:
        """The step in which it ends; None if it never begins."""
        if any(event.is_deadly for event in self.before):
            return None
        return min((told for told in self.steps if told.death is not None), key=lambda told: told.is_late, default=None)

    @property
    def reached(self) -> tuple[ToldStep, ...]:
        """The steps that the runner comes to, for all that ends the test on the way."""
        deadly = self.deadly_step
        if deadly is None or (deadly.step.role is Role.FIXTURE and deadly.is_late):
            return self.steps if deadly is not None or self.death is None else ()
        end = self.steps.index(deadly) + 1
        after = _AFTER.get(deadly.step.phase, _TEARDOWN)
        is_cleaned = deadly.step.phase is Phase.SETUP
        rest = self.steps[end:]
        return self.steps[:end] + tuple(
            each for each in rest if each.step.phase in after or (is_cleaned and each.step.role is Role.CLEANUP)
        )

    @property
    def leaving_step(self) -> Step | None:
        """The step that always raises or skips, and so may the test on purpose."""
        return next((each.step for each in self.steps if each.step.runs and not each.step.returns), None)

    @property
    def verdict(self) -> Verdict:
        """How far the test comes."""
        if self.story.test.conditions.is_skipped:
            return Verdict.SKIPPED
        if self.death is not None:
            is_late = self.deadly_step is not None and self.deadly_step.is_late
            return Verdict.DIES_AFTER if is_late else Verdict.DIES
        own = next((told.step for told in self.steps if told.step.role is Role.TEST), None)
        if own is not None and not own.runs:
            return Verdict.NEVER_RUNS
        if self.leaving_step is not None:
            return Verdict.LEAVES
        return Verdict.UNKNOWN if self.story.silent_because else Verdict.REACHES


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules tell of whole files, each asked once; `read` gives the text of a file."""

    session: Session
    read: Callable[[Path], str] = read_source
    _known: dict[Path, tuple[Diagnostic, ...]] = field(default_factory=dict)

    def of(self, path: Path) -> tuple[Diagnostic, ...]:
        """Everything that is told of one file."""
        if path not in self._known:
            self._known[path] = tuple(lint(path, self.read(path), self.session))
        return self._known[path]


class Teller:
    """Tells the stories of one module's tests; what is known of other files is shared by those who share `findings`."""

    def __init__(self, path: Path, findings: Findings) -> None:
        self._path = path
        self._findings = findings

    @cached_property
    def module(self) -> LintedModule:
        """The module that collects the tests."""
        return linted_module(self._path, self._findings.read(self._path), self._findings.session)

    def tests(self) -> Iterator[tuple[TestClass | None, TestMethod]]:
        """What is collected, in order: methods by their classes, then functions."""
        for test_class in self.module.test_classes:
            yield from ((test_class, test) for test in test_class.tests)
        yield from ((None, test) for test in self.module.collection.test_functions())

    def tell(self, test_class: TestClass | None, test: TestMethod) -> Told:
        """The story of one of them."""
        story = tell_story(self.module, test_class, test)
        own = judge(one_test(self.module, test_class, test), self._path, self._findings.session.rules)
        return _told(story, _Places(story, self.module), (*own, *self._findings_elsewhere(story)))

    def _findings_elsewhere(self, story: Story) -> Iterator[Diagnostic]:
        """What is told in the other files that the test comes through; who reads what is the test's own affair."""
        involved = {function.module for function in story.functions}
        if story.test_class is not None:
            involved |= {each.module for each in story.test_class.hierarchy.classes}
        for module in involved:
            if module.path is not None and module.origin is Origin.PROJECT and module.path != self._path:
                yield from (each for each in self._findings.of(module.path) if not each.code.startswith("LSS2"))


@dataclass(frozen=True)
class _Places:
    """Which function of the story a finding belongs to."""

    story: Story
    module: LintedModule

    def functions_at(self, path: Path, at: Position) -> tuple[object, ...]:
        """The syntax of the functions around a position."""
        facts = self.module.classes.names.modules.at(path).facts
        return enclosing(facts.body, at)

    def is_of(self, function: FunctionDefinition, event: Diagnostic) -> bool:
        """Whether a finding stands in the function, or is about it."""
        around = self.functions_at(event.path, Position(event.line, event.column))
        about = {(place.path, place.at) for place in event.related}
        return function.node in around or (function.module.path, function.node.at) in about

    def is_of_all(self, event: Diagnostic) -> bool:
        """Whether it stands where every test of the module, or of the class, comes through: in no function."""
        around = self.functions_at(event.path, Position(event.line, event.column))
        if not around:
            return event.path == self.module.module.path or event.code.startswith("LSS5")
        owner = self.story.test_class
        # of a with statement in the body of a class, or of one test, it would be told where that stands
        is_of_class = owner is not None and around[-1] == owner.definition.node
        return is_of_class and not event.code.startswith(("LSS3", "LSS411", "LSS412"))


def uncounted(text: str) -> str:
    """A message without the number of tests that it counted."""
    return _COUNTED.sub("", text)


def _told(story: Story, places: _Places, findings: Iterable[Diagnostic]) -> Told:
    left = list(dict.fromkeys(findings))
    steps = tuple(ToldStep(step, tuple(_events_of(step, places, left))) for step in story.steps)
    skipped = tuple((each, tuple(_events_of_skipped(each, places, left))) for each in story.skipped)
    before = tuple(_event(each) for each in left if places.is_of_all(each))
    return Told(story, before, steps, skipped)


def _events_of(step: Step, places: _Places, left: list[Diagnostic]) -> Iterator[Event]:
    """Take what strikes in this step: what it misses, and what stands in the functions that it leads to."""
    functions = (step.function, *step.reached)
    found = [_event_of_read(missing, left) for missing in step.missing]
    if step.role is Role.TEST:
        found += [_event_of_fixture(name, left) for name in places.story.unknown_fixtures]
    for each in tuple(left):
        if not each.code.startswith(_OF_READS) and any(places.is_of(function, each) for function in functions):
            left.remove(each)
            found.append(_event(each))
    events = (event for event in found if event is not None)
    yield from sorted(events, key=lambda event: _order(step, event))


def _order(step: Step, event: Event) -> tuple[bool, int, int]:
    """What stands in the function itself comes by its lines, what it leads to afterwards."""
    return event.path != step.function.module.path, event.line, event.column


def _event_of_read(missing: MissingAttribute, left: list[Diagnostic]) -> Event | None:
    for each in left:
        if each.code.startswith("LSS2") and f"`self.{missing.attribute}`" in each.text:
            left.remove(each)
            path = missing.read.module.path or each.path
            return Event(each, path, missing.read.at.line, missing.read.at.column)
    return None


def _event_of_fixture(name: str, left: list[Diagnostic]) -> Event | None:
    """What is told of a name that the test asks for, which is looked for when all that it gets unasked is there."""
    for each in left:
        if each.code == "LSS411" and each.text.startswith(f"`{name}`"):
            left.remove(each)
            return _event(each)
    return None


def _events_of_skipped(skipped: SkippedHook, places: _Places, left: list[Diagnostic]) -> Iterator[Event]:
    for each in tuple(left):
        if places.is_of(skipped.function, each):
            left.remove(each)
            yield _event(each)


def _event(found: Diagnostic) -> Event:
    return Event(found, found.path, found.line, found.column)
