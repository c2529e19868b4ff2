"""Decorators of the standard library and of well-known packages: what they make of a function."""

from __future__ import annotations

import enum

from lint_ssot.lifecycle.functions.decorations import Decoration


class Effect(enum.Enum):
    """What a decorator makes of the function below it."""

    NOTHING = "it stays what it is"
    MAY_SKIP = "it stays what it is, and may not run"
    CONTEXT_MANAGER = "a call gives a context manager"
    ASYNC_CONTEXT_MANAGER = "a call gives an async context manager"
    COROUTINE = "a call gives a coroutine"
    PLAIN = "a call gives a value, whatever it was"
    UNKNOWN = "unknown"


# By top-level package and last word: `mock.patch.object` is ("mock", "object").
_NOTHING: dict[str, frozenset[str]] = {
    package: frozenset(words.split())
    for package, words in {
        "abc": "abstractmethod abstractclassmethod abstractstaticmethod",
        "aioresponses": "aioresponses",
        "backoff": "on_exception on_predicate",
        "builtins": "classmethod staticmethod",
        "ddt": "ddt data unpack file_data idata named_data",
        "django": "override_settings modify_settings tag isolate_apps override_script_prefix atomic "
        "override_system_checks ignore_warnings",
        "flaky": "flaky",
        "freezegun": "freeze_time",
        "functools": "wraps cache lru_cache singledispatch singledispatchmethod",
        "httpretty": "activate httprettified",
        "hypothesis": "given settings example seed reproduce_failure",
        "mock": "patch object dict multiple",
        "moto": "mock_aws mock_s3 mock_sqs mock_dynamodb mock_sns mock_sts mock_iam mock_ec2",
        "nose": "istest",
        "numpy": "deprecated",
        "parameterized": "expand parameterized parameterized_class",
        "pytest": "fixture hookimpl",
        "pytest_asyncio": "fixture",
        "_pytest": "fixture",
        "responses": "activate",
        "respx": "mock",
        "tenacity": "retry",
        "testfixtures": "log_capture",
        "time_machine": "travel",
        "typing": "final override overload no_type_check",
        "typing_extensions": "final override overload deprecated",
        "unittest": "patch object dict multiple",
        "vcr": "use_cassette",
        "warnings": "deprecated",
    }.items()
}
_MAY_SKIP: dict[str, frozenset[str]] = {
    "django": frozenset({"skipIfDBFeature", "skipUnlessDBFeature", "skipUnlessAnyDBFeature"}),
    "unittest": frozenset({"skip", "skipIf", "skipUnless", "expectedFailure"}),
    "twisted": frozenset({"skip", "skipIf", "skipUnless"}),
}
_OTHER: dict[tuple[str, str], Effect] = {
    ("contextlib", "contextmanager"): Effect.CONTEXT_MANAGER,
    ("contextlib", "asynccontextmanager"): Effect.ASYNC_CONTEXT_MANAGER,
    ("asyncio", "coroutine"): Effect.COROUTINE,
    ("types", "coroutine"): Effect.COROUTINE,
    ("asgiref", "sync_to_async"): Effect.COROUTINE,
    ("channels", "database_sync_to_async"): Effect.COROUTINE,
    ("asgiref", "async_to_sync"): Effect.PLAIN,
    ("aiounittest", "async_test"): Effect.PLAIN,
    ("tornado", "gen_test"): Effect.PLAIN,
    ("tornado", "coroutine"): Effect.PLAIN,
    ("twisted", "inlineCallbacks"): Effect.PLAIN,
    ("pytest_twisted", "inlineCallbacks"): Effect.PLAIN,
    ("pytest_twisted", "ensureDeferred"): Effect.PLAIN,
}
_SKIPPING_MARKS = frozenset({"skip", "skipif", "xfail"})
# A conftest gives such a mark its meaning, and the name says which.
_SKIPPING_WORDS = ("skip", "require", "need", "only", "xfail")


def effect_of(decoration: Decoration) -> Effect:
    """What the decorator makes of what it decorates; UNKNOWN for whatever is not in the tables."""
    mark, package, last = decoration.mark, decoration.package, decoration.last
    if mark is not None:
        return Effect.MAY_SKIP if mark in _SKIPPING_MARKS or says_skip(mark) else Effect.NOTHING
    if package == "allure" or last in _NOTHING.get(package, ()):
        return Effect.NOTHING
    if last in _MAY_SKIP.get(package, ()):
        return Effect.MAY_SKIP
    return _OTHER.get((package, last), Effect.UNKNOWN)


def says_skip(mark: str) -> bool:
    """Whether the name of a mark or decorator says that it is about when a test runs."""
    return any(word in mark.lower() for word in _SKIPPING_WORDS)
