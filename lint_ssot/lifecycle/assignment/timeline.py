"""The lives of a class's tests: every call the runner makes for each of them, followed in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from lint_ssot.facts.statements import Function
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.classes.classes import Classes, Member
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition
from lint_ssot.lifecycle.assignment.interpreter import ClassInterpreter
from lint_ssot.lifecycle.assignment.log import Log
from lint_ssot.lifecycle.assignment.patched import patched_attributes
from lint_ssot.lifecycle.assignment.state import State
from lint_ssot.lifecycle.assignment.writes import Writes, attributes_shared
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.effort import Effort
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.wrapping import may_give_attributes
from lint_ssot.lifecycle.hooks.schedule import HookCall, Schedule
from lint_ssot.lifecycle.runners import TEARDOWN_METHOD_OF_TESTCASE, Hook, Phase, Runner


@dataclass(frozen=True, slots=True)
class Passage:
    """One call of a test's life, what happened in it, and what is known after it: None if it never comes back."""

    call: HookCall
    log: Log
    after: State | None


@dataclass(frozen=True, slots=True)
class Life:
    """One test from its first hook to its last, and what happened on the way, call by call.

    `cleanups` are what became of the callbacks that were registered for its end, in the order they are called.
    """

    test: TestMethod
    log: Log
    passages: tuple[Passage, ...] = ()
    cleanups: tuple[Log, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The lives of all tests of a class, and what holds for all of them.

    `hooks` are the names of the hooks that the runner calls on this class, `called` those of all methods called.
    `reached` are the functions whose body runs for at least one test.
    `lost` are fixtures whose assignments land on another object than the test's.
    `kept` are attributes that a test has a classmethod assign, and so leaves on the class for those after it.
    """

    classes: Classes
    test_class: TestClass
    schedule: Schedule
    lives: tuple[Life, ...]
    called: frozenset[str]
    hooks: frozenset[str]
    reached: frozenset[FunctionDefinition]
    lost: frozenset[FunctionDefinition]
    writes: Writes
    fixtures: tuple[FunctionDefinition, ...] = ()
    kept: frozenset[str] = frozenset()

    @property
    def runner(self) -> Runner:
        """Who runs the class."""
        return self.schedule.runner

    def writers(self, attribute: str) -> tuple[FunctionDefinition, ...]:
        """The methods and fixtures that assign the attribute, reached or not."""
        methods = self.writes.of(self.test_class.hierarchy, attribute)
        return methods + tuple(f for f in self.fixtures if self.writes.is_written_by(f, attribute))

    def members(self, owner: ClassDefinition) -> Mapping[str, Member]:
        """What the body of a class binds."""
        return self.classes.members(owner)


@dataclass(slots=True)
class _Teller:
    """Follows the calls of a schedule, one test after the other."""

    interpreter: ClassInterpreter
    schedule: Schedule
    beginning: State
    passages: list[Passage] = field(default_factory=list)
    cleanups: list[Log] = field(default_factory=list)
    wrapped: dict[FunctionDefinition, bool] = field(default_factory=dict)

    def life(self, test: TestMethod) -> Life:
        self.passages, self.cleanups = [], []
        log = self.interpreter.log = Log()
        self.interpreter.is_tearing_down = False
        state = self._set_up(test, log)
        if state is not None:
            tested = self._step(self.schedule.test(test), state) or self._tested(state, log)
            self._end(test, tested, log)
        return Life(test, log, tuple(self.passages), tuple(self.cleanups))

    def _set_up(self, test: TestMethod, log: Log) -> State | None:
        """The state when the test begins; where it never does, what was set up is torn down."""
        state = self.beginning
        for call in self.schedule.setup(test):
            after = self._step(call, state)
            if after is None:
                self._tear_down(test, self._tested(state, log), log, self.schedule.unreached(test, call))
                return None
            state = after
        return state

    def _tested(self, before: State, log: Log) -> State:
        """A test that leaves by an exception is torn down all the same."""
        return before.with_assigned(*(write.attribute for write in log.writes))

    def _tear_down(self, test: TestMethod, state: State, log: Log, fallen: frozenset[str]) -> None:
        """Call what comes after a test; `fallen` are the hooks that have not come back."""
        self.interpreter.is_tearing_down = True
        is_cleaned = False
        for call in self.schedule.teardown(test):
            assert isinstance(call.source, Hook), "only hooks are called after a test"
            if not is_cleaned and _follows_cleanups(call.source):
                state, is_cleaned = self._clean_up(state, log, of_class=False), True
            if fallen.isdisjoint(call.source.needs):
                after = self._step(call, state)
                fallen |= {call.source.name} if after is None else set()
                state = after or state
        if not is_cleaned:
            state = self._clean_up(state, log, of_class=False)
        self._clean_up(state, log, of_class=True)

    def _end(self, test: TestMethod, tested: State, log: Log) -> None:
        """Follow what comes behind the test: its class's fixtures go on, then hooks are called, then others go on."""
        begun, own = self.passages[:-1], self.passages[-1]
        starts = (self.beginning, *(each.after for each in begun))
        suspended = [each for each in zip(begun, starts, strict=False) if each[0].call.is_resumed]
        inner = [each for each in suspended if self.schedule.ends_before_teardown(test, each[0].call)]
        outer = [each for each in suspended if each not in inner]
        state = self._tested(tested.unconditional(), own.log)
        after = self._resume(inner, state, log)
        gone = state.assigned - after.assigned - after.partial
        self._tear_down(test, self._tested(tested, log).without(*gone), log, frozenset())
        for passage in self.passages[len(begun) + 1 :]:
            after = self._tested(after, passage.log)
        self._resume(outer, after, log)

    def _resume(self, suspended: list[tuple[Passage, State | None]], state: State, log: Log) -> State:
        """Follow what fixtures, each with the state it began in, do behind their `yield`, the last one first."""
        for passage, start in reversed(suspended):
            if start is None or passage.after is None:
                continue
            self.interpreter.log = own = Log()
            call = passage.call
            outcome = self.interpreter.outcome(call.function, dict(call.bindings), start.unconditional(), resumed=state)
            state = outcome.end.unconditional() if outcome.end is not None else state
            self.interpreter.log = log
            for each in (log, passage.log):
                each.reads.update(own.reads)
        return state

    def _clean_up(self, state: State, log: Log, *, of_class: bool) -> State:
        """The last that was registered is called first."""
        for cleanup in reversed([each for each in log.cleanups if each.is_of_class is of_class]):
            self.interpreter.log = own = Log()
            state = self.interpreter.defer(cleanup.frame, cleanup.callback, state)
            self.cleanups.append(own)
            self.interpreter.log = log
            log.merge(own)
        return state

    def _step(self, call: HookCall, state: State) -> State | None:
        whole = self.interpreter.log
        self.interpreter.log = log = Log()
        after = self._after(call, state.unconditional())
        self.interpreter.log = whole
        whole.merge(log)
        self.passages.append(Passage(call, log, after))
        return after

    def _after(self, call: HookCall, start: State) -> State | None:
        if not call.runs:
            return start
        if self._is_wrapped(call.function):
            start = start.opened()
        outcome = self.interpreter.outcome(call.function, dict(call.bindings), start)
        if call.stops_at_yield and outcome.yielded is not None:
            return outcome.yielded.unconditional()
        if call.encloses:
            return (outcome.end or start).opened()
        if call.source is None and not call.bindings and call.function.node.parameters:
            # what a decorator hands the test is not known, nor what the test does with it
            return outcome.end and outcome.end.opened()
        return outcome.end

    def _is_wrapped(self, function: FunctionDefinition) -> bool:
        """Whether decorators may assign attributes; asked once, for there are many tests."""
        if function not in self.wrapped:
            self.wrapped[function] = may_give_attributes(function, self.schedule.classes.names)
        return self.wrapped[function]


def _follows_cleanups(hook: Hook) -> bool:
    """Whether cleanups come first: they end what pytest puts `teardown_method` around (unittest/case.py, `run`)."""
    return hook is TEARDOWN_METHOD_OF_TESTCASE or hook.phase is Phase.CLASS_TEARDOWN


def tell_timeline(
    test_class: TestClass,
    classes: Classes,
    schedule: Schedule,
    writes: Writes,
    effort: Effort,
    left: frozenset[str] = frozenset(),
) -> Timeline:
    """Follow every test of a class from its first hook to its last; raises Exhausted.

    `left` are the attributes that the class has from what ran before.
    """
    interpreter = ClassInterpreter(classes, test_class.hierarchy, writes, effort)
    hierarchy = test_class.hierarchy
    module = statements(test_class.definition.module.facts.body)
    around = (each for each in module if isinstance(each, Function))
    sharing = (*(test.function.node for test in test_class.tests), *around)
    shared = (name for function in sharing for name in attributes_shared(function, hierarchy))
    patched = patched_attributes(hierarchy, classes)
    beginning = State(
        assigned=frozenset((*schedule.runner.gives, *schedule.planted, *left, *shared, *patched)),
        is_open=schedule.is_open,
    )
    teller = _Teller(interpreter, schedule, beginning)
    lives = tuple(teller.life(test) for test in test_class.tests if not test.conditions.is_skipped)
    reached = frozenset(function for life in lives for function in life.log.reached)
    return Timeline(
        classes=classes,
        test_class=test_class,
        schedule=schedule,
        lives=lives,
        called=schedule.called | {function.node.name for function in reached},
        hooks=schedule.called,
        reached=reached,
        lost=schedule.lost,
        writes=writes,
        fixtures=schedule.fixtures,
        kept=frozenset(attribute for life in lives for attribute in _left_on_class(life)),
    )


def _left_on_class(life: Life) -> Iterator[str]:
    for passage in life.passages:
        if passage.call.source is None:
            for write in passage.log.writes:
                if binding_of(write.function) is Binding.CLASS:
                    yield write.attribute
