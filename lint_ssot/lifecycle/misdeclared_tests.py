"""Tests that fail when they are called: for parameters that nobody fills, or for arguments that they do not take."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.collecting.collection import TestMethod
from lint_ssot.lifecycle.fixtures.requests import is_filled_by_mock
from lint_ssot.lifecycle.functions.decorations import Decoration
from lint_ssot.lifecycle.functions.known_decorators import Effect, effect_of
from lint_ssot.lifecycle.functions.signatures import is_bound, mismatch
from lint_ssot.lifecycle.runners import Runner

# By top-level package and last word: what hands a test on as it is or, if it is a `patch`, with a mock.
_KNOWN = frozenset(
    {
        *((package, word) for package in ("unittest", "mock") for word in ("patch", "object", "dict")),
        *(("django", word) for word in ("override_settings", "modify_settings", "tag")),
        *((package, word) for package in ("typing", "typing_extensions") for word in ("override", "final")),
    }
)


_LACKS_SELF = "does not take `self`"


@dataclass(frozen=True, slots=True)
class MisdeclaredTest:
    """A test that no call of its runner fits; `fault` says why."""

    function: FunctionDefinition
    fault: str

    @property
    def lacks_self(self) -> bool:
        """Whether it takes nothing, and is called with its object and nothing else."""
        return self.fault == _LACKS_SELF


def misdeclared_tests(runner: Runner, tests: tuple[TestMethod, ...]) -> Iterator[MisdeclaredTest]:
    """The tests of a class, or of a module, that cannot be called as they are declared."""
    for test in tests:
        fault = _fault(runner, test) if all(map(_is_known, test.conditions.decorations)) else None
        if fault is not None:
            yield MisdeclaredTest(test.function, fault)


def _is_known(decoration: Decoration) -> bool:
    """Whether a decorator surely has the test run, and it is known what it passes."""
    if effect_of(decoration) is not Effect.NOTHING:
        return False
    return decoration.mark is not None or (decoration.package, decoration.last) in _KNOWN


def _fault(runner: Runner, test: TestMethod) -> str | None:
    node = test.function.node
    own = 1 if test.function.owner is not None and is_bound(test.function) else 0
    mocks = sum(map(is_filled_by_mock, test.conditions.decorations))
    found = mismatch(node, own + mocks)
    if found is None:
        return None
    if found.is_too_many:
        return "does not take the mock that `patch` passes" if mocks else _LACKS_SELF
    # whatever else a test of its own asks for, pytest looks for a fixture of that name
    if not runner.is_testcase:
        return None
    return f"asks for `{'`, `'.join(found.lacking)}`, which {runner.name} does not pass"
