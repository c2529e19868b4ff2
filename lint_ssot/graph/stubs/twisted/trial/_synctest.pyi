import unittest as pyunit
from unittest import SkipTest

class FailTest(AssertionError): ...

class Todo:
    reason = ...
    errors = None

    def __init__(self, reason, errors=None): ...
    def expected(self, failure):
        return ...

def makeTodo(value):
    return Todo(value)

class _AssertRaisesContext:
    _testCase = ...
    _expected = ...
    _returnValue = ...
    _expectedName = ...
    exception = ...

    def __init__(self, testCase, expected): ...
    def _handle(self, obj):
        return ...

    def __enter__(self):
        return self

    def __exit__(self, exceptionType, exceptionValue, traceback):
        return ...

class _Assertions(pyunit.TestCase):
    def fail(self, msg=None):
        raise self.failureException(msg)

    def assertFalse(self, condition, msg=None):
        return condition

    assertNot = assertFalse
    failUnlessFalse = assertFalse
    failIf = assertFalse

    def assertTrue(self, condition, msg=None):
        return condition

    assert_ = assertTrue
    failUnlessTrue = assertTrue
    failUnless = assertTrue

    def assertRaises(self, exception, f=None, *args, **kwargs):
        return _AssertRaisesContext(self, exception)

    failUnlessRaises = assertRaises

    def assertEqual(self, first, second, msg=None):
        return first

    assertEquals = assertEqual
    failUnlessEquals = assertEqual
    failUnlessEqual = assertEqual

    def assertIs(self, first, second, msg=None):
        return first

    failUnlessIdentical = assertIs
    assertIdentical = assertIs

    def assertIsNot(self, first, second, msg=None):
        return first

    failIfIdentical = assertIsNot
    assertNotIdentical = assertIsNot

    def assertNotEqual(self, first, second, msg=None):
        return first

    assertNotEquals = assertNotEqual
    failIfEquals = assertNotEqual
    failIfEqual = assertNotEqual

    def assertIn(self, containee, container, msg=None):
        return containee

    failUnlessIn = assertIn

    def assertNotIn(self, containee, container, msg=None):
        return containee

    failIfIn = assertNotIn

    def assertNotAlmostEqual(self, first, second, places=7, msg=None, delta=None):
        return first

    assertNotAlmostEquals = assertNotAlmostEqual
    failIfAlmostEqual = assertNotAlmostEqual
    failIfAlmostEquals = assertNotAlmostEqual

    def assertAlmostEqual(self, first, second, places=7, msg=None, delta=None):
        return first

    assertAlmostEquals = assertAlmostEqual
    failUnlessAlmostEqual = assertAlmostEqual

    def assertApproximates(self, first, second, tolerance, msg=None):
        return first

    failUnlessApproximates = assertApproximates

    def assertSubstring(self, substring, astring, msg=None):
        return substring

    failUnlessSubstring = assertSubstring

    def assertNotSubstring(self, substring, astring, msg=None):
        return substring

    failIfSubstring = assertNotSubstring

    def assertWarns(self, category, message, filename, f, *args, **kwargs):
        return ...

    failUnlessWarns = assertWarns

    def assertIsInstance(self, instance, classOrTuple, message=None): ...

    failUnlessIsInstance = assertIsInstance

    def assertNotIsInstance(self, instance, classOrTuple): ...

    failIfIsInstance = assertNotIsInstance

    def successResultOf(self, deferred):
        return ...

    def failureResultOf(self, deferred, *expectedExceptionTypes):
        return ...

    def assertNoResult(self, deferred): ...

class SynchronousTestCase(_Assertions):
    failureException = FailTest
    _parents = ...
    _passed = ...
    _warnings = ...
    _observer = ...

    def __init__(self, methodName="runTest"): ...
    def __eq__(self, other):
        return ...

    def __hash__(self):
        return ...

    def shortDescription(self):
        return ...

    def getSkip(self):
        return ...

    def getTodo(self):
        return ...

    def runTest(self): ...
    def run(self, result): ...
    def addCleanup(self, f, *args, **kwargs): ...
    def patch(self, obj, attribute, value):
        return ...

    def flushLoggedErrors(self, *errorTypes):
        return ...

    def flushWarnings(self, offendingFunctions=None):
        return ...

    def getDeprecatedModuleAttribute(self, moduleName, name, version, message=None):
        return ...

    def callDeprecated(self, version, f, *args, **kwargs):
        return ...

    def mktemp(self):
        return ...

    def _getSuppress(self):
        return ...

    def _getSkipReason(self, method, skip):
        return ...

    def _run(self, suppress, todo, method, result):
        return ...

    def _runFixturesAndTest(self, result): ...
    def _runCleanups(self, result): ...
    def _installObserver(self): ...
    def _removeObserver(self): ...
