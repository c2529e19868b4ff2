"""LSS209 tells methods that are used as if they had been called."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import aside, counted_tests, place_of, position_in
from lint_ssot.lifecycle.uncalled_methods import uncalled_methods
from lint_ssot.rule import rule


@rule(
    "LSS209",
    message="`self.{method}` is a method, used with `{way}` as if it had been called{aside}{stops}",
    since="0.1",
)
def uncalled_method(module: LintedModule) -> Iterator[Finding]:
    """Checks for methods of a test class that are used as what they return, as a lost `@property` leaves them."""
    for timeline in module.timelines:
        for found in uncalled_methods(timeline, module.classes.names):
            use = found.use
            yield Finding(
                position_in(timeline.test_class, use.function.module, use.at),
                {
                    "method": use.method.node.name,
                    "way": use.way,
                    "aside": aside(timeline.test_class, use.function.module, use.at),
                    "stops": counted_tests(found.tests),
                },
                (place_of(use.method),),
            )
