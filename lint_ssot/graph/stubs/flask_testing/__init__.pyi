from flask_testing.utils import LiveServerTestCase, TestCase
