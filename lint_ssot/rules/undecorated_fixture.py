"""LSS411 tells functions that tests ask for as fixtures, and that nothing made fixtures of."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.cures.fixtures import decorated_fixture
from lint_ssot.lifecycle.fixtures.plans import Fixtures
from lint_ssot.lifecycle.fixtures.undecorated import undecorated_fixtures
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import counted_tests, place_of
from lint_ssot.rule import rule


@rule("LSS411", message="`{fixture}`{aside} is asked for by `{test}`, and lacks `@pytest.fixture`{stops}", since="0.1")
def undecorated_fixture(module: LintedModule) -> Iterator[Finding]:
    """Checks for functions that tests ask for as fixtures, and that nothing made fixtures of."""
    fixtures = Fixtures(module.classes, module.settings, module.project)
    asked_for = undecorated_fixtures(module.module, module.collection, module.timelines, fixtures, module.classes.names)
    for found in asked_for:
        yield Finding(
            (found.asker or found.function).node.at,
            {
                "fixture": found.function.node.name,
                "aside": "" if found.asker is None else f" ({place_of(found.function)})",
                "test": found.tests[0],
                "stops": counted_tests(found.tests),
            },
            (place_of(found.function),),
            decorated_fixture(found.function),
        )
