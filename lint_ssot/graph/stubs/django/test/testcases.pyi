import unittest
from contextlib import contextmanager
from django.test.utils import CaptureQueriesContext, modify_settings, override_settings

class _AssertNumQueriesContext(CaptureQueriesContext):
    test_case = ...
    num = ...

    def __init__(self, test_case, num, connection): ...
    def __exit__(self, exc_type, exc_value, traceback): ...

class _AssertTemplateUsedContext:
    test_case = ...
    template_name = ...
    msg_prefix = ...
    count = ...
    rendered_templates = ...
    rendered_template_names = ...
    message = ...
    context = ...

    def __init__(self, test_case, template_name, msg_prefix="", count=None): ...
    def on_template_render(self, sender, signal, template, context, **kwargs): ...
    def test(self): ...
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback): ...

class _AssertTemplateNotUsedContext(_AssertTemplateUsedContext): ...

class SimpleTestCase(unittest.TestCase):
    client_class = ...
    async_client_class = ...
    client = ...
    async_client = ...
    databases = ...
    _overridden_settings = None
    _modified_settings = None
    _pre_setup_ran_eagerly = False
    _disallowed_database_msg = ...
    _disallowed_connection_methods = ...

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()

    def __call__(self, result=None):
        self._setup_and_call(result)

    def debug(self): ...
    def _setup_and_call(self, result, debug=False):
        self._pre_setup()
        super().__call__(result)
        self._post_teardown()

    @classmethod
    def _pre_setup(cls):
        cls.client = ...
        cls.async_client = ...

    def _post_teardown(self): ...
    def __getstate__(self):
        return ...

    @classmethod
    def _validate_databases(cls):
        return ...

    @classmethod
    def _add_databases_failures(cls): ...
    @classmethod
    def _remove_databases_failures(cls): ...
    @classmethod
    def ensure_connection_patch_method(cls):
        return ...

    def settings(self, **kwargs):
        return override_settings(**kwargs)

    def modify_settings(self, **kwargs):
        return modify_settings(**kwargs)

    def assertRedirects(
        self,
        response,
        expected_url,
        status_code=302,
        target_status_code=200,
        msg_prefix="",
        fetch_redirect_response=True,
    ): ...
    def assertURLEqual(self, url1, url2, msg_prefix=""): ...
    def assertContains(self, response, text, count=None, status_code=200, msg_prefix="", html=False): ...
    def assertNotContains(self, response, text, status_code=200, msg_prefix="", html=False): ...
    def assertFormError(self, form, field, errors, msg_prefix=""): ...
    def assertFormSetError(self, formset, form_index, field, errors, msg_prefix=""): ...
    def assertFormsetError(self, formset, form_index, field, errors, msg_prefix=""): ...
    def assertTemplateUsed(self, response=None, template_name=None, msg_prefix="", count=None):
        return _AssertTemplateUsedContext(self, response, msg_prefix, count)

    def assertTemplateNotUsed(self, response=None, template_name=None, msg_prefix=""):
        return _AssertTemplateNotUsedContext(self, response, msg_prefix)

    def assertRaisesMessage(self, expected_exception, expected_message, *args, **kwargs):
        return self._assert_raises_or_warns_cm(
            self.assertRaises, "exception", expected_exception, expected_message
        )

    def assertWarnsMessage(self, expected_warning, expected_message, *args, **kwargs):
        return self._assert_raises_or_warns_cm(
            self.assertWarns, "warning", expected_warning, expected_message
        )

    def assertFieldOutput(
        self, fieldclass, valid, invalid, field_args=None, field_kwargs=None, empty_value=""
    ): ...
    def assertHTMLEqual(self, html1, html2, msg=None): ...
    def assertHTMLNotEqual(self, html1, html2, msg=None): ...
    def assertInHTML(self, needle, haystack, count=None, msg_prefix=""): ...
    def assertNotInHTML(self, needle, haystack, msg_prefix=""): ...
    def assertJSONEqual(self, raw, expected_data, msg=None): ...
    def assertJSONNotEqual(self, raw, expected_data, msg=None): ...
    def assertXMLEqual(self, xml1, xml2, msg=None): ...
    def assertXMLNotEqual(self, xml1, xml2, msg=None): ...
    def _assert_contains(self, response, text, status_code, msg_prefix, html):
        return ...

    def _form_repr(self, form):
        return ...

    def _text_repr(self, content, force_string):
        return ...

    def _assert_form_error(self, form, field, errors, msg_prefix, form_repr): ...
    def _assert_template_used(self, template_name, template_names, msg_prefix, count): ...
    def _check_test_client_response(self, response, attribute, method_name): ...
    def _get_template_used(self, response, template_name, msg_prefix, method_name):
        return ...

    @contextmanager
    def _assert_raises_or_warns_cm(self, func, cm_attr, expected_exception, expected_message):
        yield

    def _assertFooMessage(self, func, cm_attr, expected_exception, expected_message, *args, **kwargs):
        return ...

class TransactionTestCase(SimpleTestCase):
    reset_sequences = False
    available_apps = None
    fixtures = None
    multi_db = False
    serialized_rollback = False
    _available_apps_calls_balanced = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()

    @classmethod
    def _pre_setup(cls):
        super()._pre_setup()
        cls._fixture_setup()

    @classmethod
    def _databases_names(cls, include_mirrors=True):
        return ...

    @staticmethod
    def _reset_sequences(db_name): ...
    @classmethod
    def _fixture_setup(cls): ...
    def _fixture_teardown(self): ...
    def _should_reload_connections(self):
        return True

    def _post_teardown(self):
        self._fixture_teardown()
        super()._post_teardown()

    def assertQuerySetEqual(self, qs, values, transform=None, ordered=True, msg=None): ...
    def assertQuerysetEqual(self, qs, values, transform=None, ordered=True, msg=None): ...
    def assertNumQueries(self, num, func=None, *args, using="default", **kwargs):
        return _AssertNumQueriesContext(self, num, using)

class TestCase(TransactionTestCase):
    atomics = ...

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cls_atomics = cls._enter_atomics()
        cls.setUpTestData()

    @classmethod
    def tearDownClass(cls):
        cls._rollback_atomics(cls.cls_atomics)
        super().tearDownClass()

    @classmethod
    def setUpTestData(cls): ...
    @classmethod
    def _enter_atomics(cls):
        return ...

    @classmethod
    def _rollback_atomics(cls, atomics): ...
    @classmethod
    def _databases_support_transactions(cls):
        return ...

    @classmethod
    def _databases_support_savepoints(cls):
        return ...

    def _should_reload_connections(self):
        return ...

    @classmethod
    def _fixture_setup(cls):
        cls.atomics = cls._enter_atomics()

    def _fixture_teardown(self): ...
    def _should_check_constraints(self, connection):
        return ...

    @classmethod
    @contextmanager
    def captureOnCommitCallbacks(cls, *, using="default", execute=False):
        yield

class LiveServerTestCase(TransactionTestCase):
    host = "localhost"
    port = 0
    server_thread_class = ...
    static_handler = ...
    live_server_url = ...
    allowed_host = ...

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start_server_thread()

    @classmethod
    def _make_connections_override(cls):
        return ...

    @classmethod
    def _start_server_thread(cls):
        cls.server_thread = cls._create_server_thread(cls._make_connections_override())

    @classmethod
    def _create_server_thread(cls, connections_override):
        return ...

    @classmethod
    def _tearDownClassInternal(cls): ...
    @classmethod
    def _terminate_thread(cls): ...

class SerializeMixin:
    lockfile = None

    def __init_subclass__(cls, /, **kwargs):
        super().__init_subclass__(**kwargs)

    @classmethod
    def setUpClass(cls):
        cls._lockfile = ...
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()

def skipIfDBFeature(*features):
    def decorator(test_func):
        return test_func

    return decorator

def skipUnlessDBFeature(*features):
    def decorator(test_func):
        return test_func

    return decorator

def skipUnlessAnyDBFeature(*features):
    def decorator(test_func):
        return test_func

    return decorator
