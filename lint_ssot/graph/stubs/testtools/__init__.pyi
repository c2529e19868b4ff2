from testtools.testcase import ExpectedException, TestCase, run_test_with, skip, skipIf, skipUnless
