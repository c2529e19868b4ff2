import unittest

def bind_unused_port(reuse_port=False, address="127.0.0.1"):
    return ...

def get_async_test_timeout():
    return ...

class AsyncTestCase(unittest.TestCase):
    _test_generator = None
    __stopped = False
    __running = False
    __failure = None
    __stop_args = None
    __timeout = None

    def __init__(self, methodName="runTest"): ...
    def setUp(self):
        super().setUp()
        self.io_loop = self.get_new_ioloop()

    def tearDown(self):
        self.io_loop.close(all_fds=True)
        super().tearDown()

    def get_new_ioloop(self):
        return ...

    def _handle_exception(self, typ, value, tb):
        return ...

    def __rethrow(self): ...
    def run(self, result=None):
        return ...

    def _callTestMethod(self, method): ...
    def stop(self, _arg=None, **kwargs): ...
    def wait(self, condition=None, timeout=None):
        return ...

class AsyncHTTPTestCase(AsyncTestCase):
    def setUp(self):
        super().setUp()
        self.http_client = self.get_http_client()
        self._app = self.get_app()
        self.http_server = self.get_http_server()

    def get_http_client(self):
        return ...

    def get_http_server(self):
        self.get_httpserver_options()
        return ...

    def get_app(self):
        raise NotImplementedError()

    def fetch(self, path, raise_error=False, **kwargs):
        return ...

    def get_httpserver_options(self):
        return ...

    def get_http_port(self):
        return ...

    def get_protocol(self):
        return ...

    def get_url(self, path):
        return ...

    def tearDown(self):
        self.http_server.stop()
        self.http_client.close()
        super().tearDown()

class AsyncHTTPSTestCase(AsyncHTTPTestCase):
    def get_http_client(self):
        return ...

    def get_httpserver_options(self):
        self.get_ssl_options()
        return ...

    def get_ssl_options(self):
        return AsyncHTTPSTestCase.default_ssl_options()

    @staticmethod
    def default_ssl_options():
        return ...

    def get_protocol(self):
        return ...

class ExpectLog:
    logger = ...
    regex = ...
    required = ...
    matched = ...
    deprecated_level_matched = ...
    logged_stack = ...
    level = ...
    orig_level = ...
    name = ...
    nlen = ...

    def __init__(self, logger, regex, required=True, level=None): ...
    def filter(self, record):
        return ...

    def __enter__(self):
        return self

    def __exit__(self, typ, value, tb): ...
