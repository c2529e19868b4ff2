"""Tests that are plain functions and return a coroutine: by a decorator that only hands it on, or by themselves."""

from __future__ import annotations

from lint_ssot.facts.expressions import Call
from lint_ssot.facts.statements import Return
from lint_ssot.facts.traversal import statements
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.functions.kinds import Kind
from lint_ssot.lifecycle.protocols.inference import Inference
from lint_ssot.lifecycle.protocols.values import Instance, Product, Value


def returns_coroutine(inference: Inference, test_class: TestClass | None, test: TestMethod) -> bool:
    """Whether whatever a call of the test gives is a coroutine, which nobody has awaited yet."""
    if not test.function.node.is_async and not _returns_a_call(test):
        return False
    scope = inference.module_scope(test.function.module)
    if test_class is None:
        named = inference.named(test.name, scope)
    else:
        named = inference.attribute(Instance(test_class.definition), test.name)
    given = [each for value in named for each in inference.called(value, (), scope)]
    return bool(given) and all(map(_is_coroutine, given))


def _returns_a_call(test: TestMethod) -> bool:
    returned = (each.value for each in statements(test.function.node.body) if isinstance(each, Return))
    return any(isinstance(value, Call) for value in returned)


def _is_coroutine(value: Value) -> bool:
    return isinstance(value, Product) and value.kind is Kind.COROUTINE
