from twisted.trial._asynctest import TestCase
from twisted.trial._synctest import FailTest, SkipTest, SynchronousTestCase, Todo, makeTodo
