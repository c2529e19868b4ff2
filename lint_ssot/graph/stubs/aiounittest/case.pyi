import unittest

# The real class has a `__getattribute__`, which wraps async tests and makes nothing up.
class AsyncTestCase(unittest.TestCase):
    def get_event_loop(self): ...
