import django.contrib.staticfiles.testing as dst
import django.test as dt

class HypothesisTestCase:
    def setup_example(self):
        self._pre_setup()

    def teardown_example(self, example):
        self._post_teardown()

    def __call__(self, result=None):
        return super().__call__(result)

class SimpleTestCase(HypothesisTestCase, dt.SimpleTestCase): ...
class TestCase(HypothesisTestCase, dt.TestCase): ...
class TransactionTestCase(HypothesisTestCase, dt.TransactionTestCase): ...
class LiveServerTestCase(HypothesisTestCase, dt.LiveServerTestCase): ...
class StaticLiveServerTestCase(HypothesisTestCase, dst.StaticLiveServerTestCase): ...
