"""Which attributes the tests of a class miss when they read them, and why."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, ValueDefinition
from lint_ssot.lifecycle.assignment.log import Read
from lint_ssot.lifecycle.assignment.timeline import Life, Timeline
from lint_ssot.lifecycle.choice import is_of_framework
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.runners import Phase


class Cause(enum.Enum):
    """Why an attribute is not there when it is read."""

    NOWHERE = "nothing assigns it"
    TEST_API = "it belongs to unittest.TestCase, and the class is none"
    SKIPPED = "an override keeps the hook that assigns it from running"
    UNREACHED = "only methods assign it that nobody calls"
    EARLY = "it is assigned later in the same order"
    OTHER_TEST = "only another test assigns it"
    PARTIAL = "it is assigned on some paths only"
    LOST = "it is assigned on another object than the test's"


@dataclass(frozen=True, slots=True)
class MissingAttribute:
    """One attribute that tests of a class read and do not have.

    `read` is the one that a person would look at first.
    `writer` assigns it, without being reached (or too late, or on some paths); None if nobody does.
    `culprit` is the override that keeps `writer` from running.
    `tests` are the names of those that it stops, in order.
    """

    attribute: str
    cause: Cause
    read: Read
    writer: FunctionDefinition | None
    culprit: FunctionDefinition | None
    tests: tuple[str, ...]


_TEARDOWNS = (Phase.TEARDOWN, Phase.CLASS_TEARDOWN, Phase.MODULE_TEARDOWN)
# A reader tells these first when tests disagree about why an attribute is missing.
_ORDER = tuple(Cause)


def missing_attributes(test_class: TestClass, timeline: Timeline) -> tuple[MissingAttribute, ...]:
    """The attributes that the tests of a class read and do not have, one entry for each."""
    found: dict[str, list[MissingAttribute]] = {}
    for life in timeline.lives:
        for read in life.log.reads:
            missing = _judge(test_class, timeline, life, read)
            if missing is not None:
                found.setdefault(read.attribute, []).append(missing)
    return tuple(_merge(test_class, entries) for entries in found.values())


def _judge(test_class: TestClass, timeline: Timeline, life: Life, read: Read) -> MissingAttribute | None:
    if read.attribute in timeline.kept:
        return None
    writers = timeline.writers(read.attribute)
    if writers and all(is_of_framework(each) and each.node.name not in timeline.hooks for each in writers):
        # by running the test: what a framework calls besides hooks is not in the table
        return None
    cause, writer = _cause(test_class, timeline, life, read, writers)
    if cause is None:
        return None
    culprit = _culprit(test_class, timeline, writer) if cause is Cause.SKIPPED and writer else None
    return MissingAttribute(read.attribute, cause, read, writer, culprit, (life.test.name,))


def _cause(
    test_class: TestClass, timeline: Timeline, life: Life, read: Read, writers: tuple[FunctionDefinition, ...]
) -> tuple[Cause | None, FunctionDefinition | None]:
    if read.is_partial:
        return _partial(timeline, life, read), _first_written(life, read.attribute)
    written = _first_written(life, read.attribute, with_augmented=not writers)
    dead = tuple(writer for writer in writers if writer not in timeline.reached)
    if written is not None and not (dead and _is_teardown(timeline, written)):
        return (None if read.is_deferred or read.is_conditional else Cause.EARLY), written
    writers = dead or writers
    if not writers and read.is_optional and not _is_test_api(timeline, read):
        return None, None
    if not writers:
        return (Cause.TEST_API if _is_test_api(timeline, read) else Cause.NOWHERE), None
    skipped = [writer for writer in writers if _is_skipped(test_class, timeline, read, writer)]
    if skipped:
        return Cause.SKIPPED, min(skipped, key=_says_teardown)
    if read.is_conditional or read.is_deferred:
        return None, None
    return _unreached(test_class, timeline, writers)


def _is_teardown(timeline: Timeline, function: FunctionDefinition) -> bool:
    """Whether the function is a hook that cleans up: what it assigns was never meant for a test."""
    return any(hook.name == function.node.name and hook.phase in _TEARDOWNS for hook in timeline.runner.hooks)


def _is_skipped(test_class: TestClass, timeline: Timeline, read: Read, writer: FunctionDefinition) -> bool:
    """A hook that is skipped leaves everybody without it; another method only who reads without a condition."""
    is_loose = read.is_conditional or read.is_deferred
    if is_loose and writer.node.name not in timeline.hooks:
        return False
    return _culprit(test_class, timeline, writer) is not None


def _says_teardown(function: FunctionDefinition) -> bool:
    return "down" in function.node.name.lower()


def _partial(timeline: Timeline, life: Life, read: Read) -> Cause | None:
    """A condition of the read may be the condition of the assignment: only plain reads count.

    A helper may tell its caller by what it returns whether it assigned, unless nobody takes that.
    """
    is_plain = not (read.is_conditional or read.is_filtered or read.is_deferred or life.test.is_conditional)
    writes = [write for write in life.log.writes if write.attribute == read.attribute]
    # a framework's own conditions hold, or no test would run
    is_within = any(hook.within and hook.name == w.function.node.name for hook in timeline.runner.hooks for w in writes)
    somebody_is_told = any(write.is_heard for write in writes)
    return Cause.PARTIAL if is_plain and not is_within and not somebody_is_told else None


def _unreached(
    test_class: TestClass, timeline: Timeline, writers: tuple[FunctionDefinition, ...]
) -> tuple[Cause, FunctionDefinition]:
    tests = {test.function for test in test_class.tests}
    for writer in writers:
        if writer in timeline.lost:
            return Cause.LOST, writer
    outside = sorted((writer for writer in writers if writer not in tests), key=_says_teardown)
    return (Cause.UNREACHED, outside[0]) if outside else (Cause.OTHER_TEST, writers[0])


def _first_written(life: Life, attribute: str, *, with_augmented: bool = True) -> FunctionDefinition | None:
    writes = (write for write in life.log.writes if write.attribute == attribute)
    return next((write.function for write in writes if with_augmented or not write.is_augmented), None)


def _is_test_api(timeline: Timeline, read: Read) -> bool:
    """Whether the class calls a method of unittest.TestCase without being one."""
    if not read.is_call or timeline.runner.is_testcase:
        return False
    testcase = timeline.classes.installed.definition("unittest.TestCase")
    return isinstance(testcase, ClassDefinition) and read.attribute in timeline.members(testcase)


def _culprit(test_class: TestClass, timeline: Timeline, writer: FunctionDefinition) -> FunctionDefinition | None:
    """The override, of a method that is called, which does not lead on to `writer`."""
    name = writer.node.name
    if writer.owner is None or name not in timeline.called:
        return None
    blocking: FunctionDefinition | None = None
    for owner in test_class.hierarchy.classes:
        member = timeline.members(owner).get(name)
        if member == writer:
            return blocking
        if isinstance(member, FunctionDefinition):
            if member not in timeline.reached:
                # one that is called and not awaited is to blame itself, any other is not even called
                return member if blocking is None or member.node.is_async else blocking
            blocking = member
        elif isinstance(member, ValueDefinition):
            return None
    return None


def _merge(test_class: TestClass, entries: list[MissingAttribute]) -> MissingAttribute:
    """One entry for an attribute: the gravest cause, the nearest read, all tests."""
    first = min(entries, key=lambda entry: (_ORDER.index(entry.cause), *_nearness(test_class, entry.read)))
    tests = tuple(dict.fromkeys(test for entry in entries for test in entry.tests))
    return MissingAttribute(
        first.attribute, first.cause, first.read, first.writer, first.culprit, _in_order(test_class, tests)
    )


def _nearness(test_class: TestClass, read: Read) -> tuple[bool, int, int]:
    return read.module is not test_class.definition.module, read.at.line, read.at.column


def _in_order(test_class: TestClass, tests: Iterable[str]) -> tuple[str, ...]:
    wanted = set(tests)
    return tuple(test.name for test in test_class.tests if test.name in wanted)
