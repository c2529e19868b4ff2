from asynctest.case import ClockedTestCase, FunctionTestCase, TestCase
from unittest.case import SkipTest, expectedFailure, skip, skipIf, skipUnless
