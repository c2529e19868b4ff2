from hypothesis.extra.django._impl import (
    LiveServerTestCase,
    SimpleTestCase,
    StaticLiveServerTestCase,
    TestCase,
    TransactionTestCase,
)
