"""Which classes and functions of a module the runner collects as tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lint_ssot.graph.classes import Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Unknown
from lint_ssot.lifecycle.kinds import Kind
from lint_ssot.lifecycle.runners import Runner


@dataclass(frozen=True, slots=True)
class TestMethod:
    """A test: a method, or a function of the module.

    `marks` are the names of its pytest marks, those of its class and module included.
    `is_conditional` tells that a mark or decorator may keep it from running.
    """

    __test__: ClassVar[bool] = False

    name: str
    function: FunctionDefinition
    kind: Kind
    marks: frozenset[str] = frozenset()
    is_conditional: bool = False


@dataclass(frozen=True, slots=True)
class TestClass:
    """A concrete class that is collected, and who runs it."""

    __test__: ClassVar[bool] = False

    definition: ClassDefinition
    hierarchy: Hierarchy
    runner: Runner | Unknown
    tests: tuple[TestMethod, ...]
    is_conditional: bool = False
