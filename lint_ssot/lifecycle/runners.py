"""The table of runners: which hooks each of them calls, in which order, on what, awaited or not."""

from __future__ import annotations

import enum

from lint_ssot.facts.values import dataclass, replace


class Receiver(enum.Enum):
    """What a hook is called on."""

    MODULE = "module"
    CLASS = "class"
    INSTANCE = "instance"


class Phase(enum.Enum):
    """When a hook is called; the members are in call order."""

    MODULE_SETUP = "module setup"
    CLASS_SETUP = "class setup"
    SETUP = "setup"
    TEST = "test"
    TEARDOWN = "teardown"
    CLASS_TEARDOWN = "class teardown"
    MODULE_TEARDOWN = "module teardown"


class Passes(enum.Enum):
    """What a hook is given besides its receiver: nothing, one argument if it takes one, or always one."""

    NOTHING = "nothing"
    OFFERED = "offered"
    REQUIRED = "required"


class AsyncTests(enum.Enum):
    """What becomes of an `async def` test."""

    AWAITED = "awaited"
    MARKED = "awaited if a mark asks a plug-in for it, else failed"
    FAILED = "failed without running"
    AWAITED_BEFORE = "awaited before Python 3.11, and passed without running since"
    DROPPED = "passed without running"
    REFUSED = "failed unless decorated"  # tornado: TypeError unless @gen_test
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Hook:
    """A method or function that a runner calls by itself.

    `within` is the framework's method whose body calls it: it runs when, and where, that body is reached.
    `unless` names a hook that, where it exists, is called instead.
    `needs` are the hooks that must have come back by then, or it is not called.
    `skips_fixtures` tells that a fixture of this name is no hook (elsewhere it is called, and fails).
    """

    name: str
    phase: Phase
    receiver: Receiver
    is_awaited: bool = False
    must_be_async: bool = False
    must_be_classmethod: bool = False
    passes: Passes = Passes.NOTHING
    within: str | None = None
    unless: str | None = None
    needs: tuple[str, ...] = ()
    skips_fixtures: bool = False


@dataclass(frozen=True, slots=True)
class Runner:
    """Who runs a class (or, `FUNCTIONS`, a module's test functions), and how.

    `hooks` are in call order, the test itself standing between `SETUP` and `TEARDOWN`.
    `generator_tests` and `async_generator_tests`: what becomes of tests that yield; nobody runs them.
    `returned_coroutines`: what becomes of one that a plain test returns.
    `gives` are attributes that it assigns by itself, whatever the hooks do.
    `requires` are hooks of its own class that must have been called, or the test fails.
    """

    name: str
    hooks: tuple[Hook, ...]
    async_tests: AsyncTests
    is_testcase: bool
    runs_fixtures: bool
    gives: tuple[str, ...] = ()
    generator_tests: AsyncTests = AsyncTests.DROPPED
    async_generator_tests: AsyncTests = AsyncTests.DROPPED
    returned_coroutines: AsyncTests = AsyncTests.DROPPED
    requires: tuple[str, ...] = ()

    @property
    def awaits_tests(self) -> bool:
        """Whether every async test is awaited, marked or not."""
        return self.async_tests is AsyncTests.AWAITED

    def hook(self, name: str) -> Hook | None:
        """The hook of this name, if the runner has it."""
        return next((hook for hook in self.hooks if hook.name == name), None)


def _unittest(name: str, phase: Phase, receiver: Receiver = Receiver.INSTANCE, needs: tuple[str, ...] = ()) -> Hook:
    return Hook(name, phase, receiver, must_be_classmethod=receiver is Receiver.CLASS, needs=needs)


def _xunit(name: str, phase: Phase, receiver: Receiver, unless: str | None = None) -> Hook:
    before, is_teardown, of_what = name.partition("teardown")
    needs = (f"{before}setup{of_what}",) if is_teardown else ()
    return Hook(name, phase, receiver, passes=Passes.OFFERED, unless=unless, needs=needs, skips_fixtures=True)


def _async(name: str, phase: Phase, needs: tuple[str, ...] = ()) -> Hook:
    return Hook(name, phase, Receiver.INSTANCE, is_awaited=True, must_be_async=True, needs=needs)


def in_call_order(*groups: tuple[Hook, ...]) -> tuple[Hook, ...]:
    """The hooks by phase, and in the order given within each."""
    hooks = tuple(hook for group in groups for hook in group)
    return tuple(hook for phase in Phase for hook in hooks if hook.phase is phase)


# unittest/case.py, suite.py and async_case.py
SET_UP_MODULE = Hook("setUpModule", Phase.MODULE_SETUP, Receiver.MODULE)
SET_UP_CLASS = _unittest("setUpClass", Phase.CLASS_SETUP, Receiver.CLASS)
SET_UP = _unittest("setUp", Phase.SETUP)
ASYNC_SET_UP = _async("asyncSetUp", Phase.SETUP)
ASYNC_TEAR_DOWN = _async("asyncTearDown", Phase.TEARDOWN, needs=("setUp", "asyncSetUp"))
TEAR_DOWN = _unittest("tearDown", Phase.TEARDOWN, needs=("setUp", "asyncSetUp", "asyncTearDown"))
TEAR_DOWN_CLASS = _unittest("tearDownClass", Phase.CLASS_TEARDOWN, Receiver.CLASS, needs=("setUpClass",))
TEAR_DOWN_MODULE = Hook("tearDownModule", Phase.MODULE_TEARDOWN, Receiver.MODULE, needs=("setUpModule",))

# _pytest/python.py: Module._register_setup_module_fixture, Class._register_setup_class_fixture, …
SETUP_MODULE = _xunit("setup_module", Phase.MODULE_SETUP, Receiver.MODULE, unless="setUpModule")
SETUP_CLASS = _xunit("setup_class", Phase.CLASS_SETUP, Receiver.CLASS)
SETUP_METHOD = _xunit("setup_method", Phase.SETUP, Receiver.INSTANCE)
SETUP_FUNCTION = _xunit("setup_function", Phase.SETUP, Receiver.MODULE)
TEARDOWN_FUNCTION = _xunit("teardown_function", Phase.TEARDOWN, Receiver.MODULE)
TEARDOWN_METHOD = _xunit("teardown_method", Phase.TEARDOWN, Receiver.INSTANCE)
TEARDOWN_CLASS = _xunit("teardown_class", Phase.CLASS_TEARDOWN, Receiver.CLASS)
TEARDOWN_MODULE = _xunit("teardown_module", Phase.MODULE_TEARDOWN, Receiver.MODULE, unless="tearDownModule")

# _pytest/unittest.py calls these two with the method, whether they take it or not.
SETUP_METHOD_OF_TESTCASE = replace(SETUP_METHOD, passes=Passes.REQUIRED, skips_fixtures=False)
TEARDOWN_METHOD_OF_TESTCASE = replace(TEARDOWN_METHOD, passes=Passes.REQUIRED, skips_fixtures=False)

# _pytest/nose.py, gone in pytest 8
NOSE_SETUP = replace(_xunit("setup", Phase.SETUP, Receiver.INSTANCE, "setup_method"), passes=Passes.NOTHING)
NOSE_TEARDOWN = replace(NOSE_SETUP, name="teardown", phase=Phase.TEARDOWN, unless="teardown_method", needs=("setup",))

# twisted/trial/_asynctest.py: both may return a Deferred or be coroutine functions.
TRIAL_SET_UP = replace(SET_UP, is_awaited=True)
TRIAL_TEAR_DOWN = replace(TEAR_DOWN, is_awaited=True)

# django/test/testcases.py
SET_UP_TEST_DATA = Hook(
    "setUpTestData",
    Phase.CLASS_SETUP,
    Receiver.CLASS,
    must_be_classmethod=True,
    within="django.test.testcases.TestCase.setUpClass",
)

# aiohttp/test_utils.py
SET_UP_ASYNC = replace(_async("setUpAsync", Phase.SETUP), within="aiohttp.test_utils.AioHTTPTestCase.asyncSetUp")
TEAR_DOWN_ASYNC = replace(
    _async("tearDownAsync", Phase.TEARDOWN), within="aiohttp.test_utils.AioHTTPTestCase.asyncTearDown"
)

_MODULE = (SET_UP_MODULE, TEAR_DOWN_MODULE)
_CLASS = (SET_UP_CLASS, TEAR_DOWN_CLASS)
_INSTANCE = (SET_UP, TEAR_DOWN)
_ASYNC = (SET_UP, ASYNC_SET_UP, ASYNC_TEAR_DOWN, TEAR_DOWN)
_GIVEN = ("_testMethodName", "_testMethodDoc")


def _testcase(
    name: str,
    *hooks: tuple[Hook, ...],
    async_tests: AsyncTests = AsyncTests.DROPPED,
    gives: tuple[str, ...] = (),
) -> Runner:
    return Runner(name, in_call_order(_MODULE, _CLASS, *hooks), async_tests, True, False, _GIVEN + gives)


# Each row as unittest runs it; `under_pytest` adds what pytest calls besides.
TESTCASE = _testcase("unittest", _INSTANCE)
ISOLATED = replace(
    _testcase("unittest", _ASYNC, async_tests=AsyncTests.AWAITED), returned_coroutines=AsyncTests.AWAITED_BEFORE
)
AIOHTTP = replace(
    _testcase("aiohttp", _ASYNC, (SET_UP_ASYNC, TEAR_DOWN_ASYNC), async_tests=AsyncTests.AWAITED, gives=("loop",)),
    returned_coroutines=AsyncTests.AWAITED_BEFORE,
)
DJANGO_SIMPLE = _testcase("Django", _INSTANCE, async_tests=AsyncTests.AWAITED, gives=("client", "async_client"))
DJANGO = _testcase(
    "Django",
    (SET_UP_TEST_DATA,),
    _INSTANCE,
    async_tests=AsyncTests.AWAITED,
    gives=("client", "async_client"),
)
TRIAL = replace(
    _testcase("Twisted trial", (TRIAL_SET_UP, TRIAL_TEAR_DOWN), async_tests=AsyncTests.AWAITED),
    generator_tests=AsyncTests.FAILED,
    returned_coroutines=AsyncTests.AWAITED,
)
SYNCHRONOUS_TRIAL = replace(_testcase("Twisted trial", _INSTANCE), generator_tests=AsyncTests.FAILED)
TORNADO = replace(
    _testcase("tornado", _INSTANCE, async_tests=AsyncTests.REFUSED),
    generator_tests=AsyncTests.REFUSED,
    async_generator_tests=AsyncTests.REFUSED,
    returned_coroutines=AsyncTests.REFUSED,
)
# testtools/testcase.py: _run_setup, _run_teardown
TESTTOOLS = replace(_testcase("testtools", _INSTANCE), requires=("setUp", "tearDown"))
AIOUNITTEST = _testcase("aiounittest", _INSTANCE, async_tests=AsyncTests.AWAITED)
ASYNCTEST = replace(
    _testcase("asynctest", (TRIAL_SET_UP, TRIAL_TEAR_DOWN), async_tests=AsyncTests.AWAITED),
    returned_coroutines=AsyncTests.AWAITED,
)

PLAIN = Runner(
    "pytest",
    in_call_order(
        (SET_UP_MODULE, SETUP_MODULE, SETUP_CLASS, SETUP_METHOD),
        (TEARDOWN_METHOD, TEARDOWN_CLASS, TEAR_DOWN_MODULE, TEARDOWN_MODULE),
    ),
    AsyncTests.MARKED,
    is_testcase=False,
    runs_fixtures=True,
    generator_tests=AsyncTests.FAILED,
    async_generator_tests=AsyncTests.FAILED,
    returned_coroutines=AsyncTests.FAILED,
)
FUNCTIONS = replace(
    PLAIN,
    hooks=in_call_order(
        (SET_UP_MODULE, SETUP_MODULE, SETUP_FUNCTION),
        (TEARDOWN_FUNCTION, TEAR_DOWN_MODULE, TEARDOWN_MODULE),
    ),
)

# The first row whose class is inherited decides; the left names are canonical, where the class is defined.
TESTCASES: tuple[tuple[tuple[str, ...], Runner], ...] = (
    (("aiohttp.test_utils.AioHTTPTestCase",), AIOHTTP),
    (("asynctest.case.TestCase", "asynctest.TestCase"), ASYNCTEST),
    (("unittest.async_case.IsolatedAsyncioTestCase", "unittest.IsolatedAsyncioTestCase"), ISOLATED),
    (("django.test.testcases.TestCase", "django.test.TestCase"), DJANGO),
    (("django.test.testcases.SimpleTestCase", "django.test.SimpleTestCase"), DJANGO_SIMPLE),
    (("twisted.trial._asynctest.TestCase", "twisted.trial.unittest.TestCase"), TRIAL),
    (
        ("twisted.trial._synctest.SynchronousTestCase", "twisted.trial.unittest.SynchronousTestCase"),
        SYNCHRONOUS_TRIAL,
    ),
    (("tornado.testing.AsyncTestCase",), TORNADO),
    (("aiounittest.case.AsyncTestCase", "aiounittest.AsyncTestCase"), AIOUNITTEST),
    (("testtools.testcase.TestCase", "testtools.TestCase"), TESTTOOLS),
    (("unittest.case.TestCase", "unittest.TestCase"), TESTCASE),
)


def under_pytest(runner: Runner) -> Runner:
    """The row of a `TestCase` as pytest runs it: with fixtures and with its own hooks around unittest's.

    `setup_class` comes after `setUpClass`, `setup_method` before `setUp` (`_pytest/unittest.py`).
    """
    before = (SET_UP_MODULE, SETUP_MODULE, SETUP_METHOD_OF_TESTCASE)
    own = tuple(hook for hook in runner.hooks if hook.receiver is not Receiver.MODULE)
    last = (TEAR_DOWN_CLASS, TEAR_DOWN_MODULE, TEARDOWN_MODULE)
    after = (SETUP_CLASS, TEARDOWN_METHOD_OF_TESTCASE, TEARDOWN_CLASS)
    hooks = in_call_order(before, tuple(hook for hook in own if hook not in last), after, last)
    return replace(runner, hooks=hooks, runs_fixtures=True)
