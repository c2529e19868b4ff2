"""LSS202 tells attributes that only unreached methods assign."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.assigned import Cause
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.runners import Runner
from lint_ssot.lifecycle.standing import counted_tests, place_of, read_position, runner_name
from lint_ssot.rule import rule


@rule(
    "LSS202",
    message="`self.{attribute}` is assigned only in `{writer}`, which {runner} never {does}{stops}",
    since="0.1",
)
def unreached_assignment(module: LintedModule) -> Iterator[Finding]:
    """Checks for attributes that are assigned only in methods that the runner never reaches."""
    for test_class, missing in module.missing_by(Cause.UNREACHED):
        if missing.writer is None:
            continue
        yield Finding(
            read_position(test_class, missing),
            {
                "attribute": missing.attribute,
                "writer": missing.writer.node.name,
                "runner": runner_name(test_class),
                "does": "awaits"
                if missing.writer.node.is_async and _is_called(test_class, missing.writer)
                else "calls",
                "stops": counted_tests(missing.tests),
            },
            (place_of(missing.writer),),
        )


def _is_called(test_class: TestClass, writer: FunctionDefinition) -> bool:
    """Whether the runner calls the method as a hook, and drops its coroutine."""
    runner = test_class.runner
    return isinstance(runner, Runner) and any(hook.name == writer.node.name for hook in runner.hooks)
