"""LSS408 tells async fixtures that no plug-in runs."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.graph.definitions import Module
from lint_ssot.lifecycle.cures.fixtures import awaited_fixture
from lint_ssot.lifecycle.fixtures.plans import Fixtures
from lint_ssot.lifecycle.fixtures.unawaited import UnawaitedFixture, unawaited_fixtures, unawaited_in_conftest
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import counted_tests, place_of
from lint_ssot.rule import rule


@rule("LSS408", message="`{fixture}`{aside} is an async `@pytest.fixture`, which no plug-in runs{stops}", since="0.1")
def unawaited_fixture(module: LintedModule) -> Iterator[Finding]:
    """Checks for async fixtures that no plug-in runs."""
    own = tuple(_in_conftest(module, module.module))
    fixtures = Fixtures(module.classes, module.settings, module.project)
    asked_for = unawaited_fixtures(module.module, module.collection, module.timelines, fixtures)
    for found in (*own, *asked_for):
        function = found.fixture.function
        if found.asker is not None and any(_in_conftest(module, function.module)):
            continue
        yield Finding(
            (found.asker or function).node.at,
            {
                "fixture": found.fixture.name,
                "aside": "" if found.asker is None else f" ({place_of(function)})",
                "stops": counted_tests(found.tests) if found.tests else "",
            },
            (place_of(function),),
            awaited_fixture(found.fixture, module.project, module.collection.invocation),
        )


def _in_conftest(module: LintedModule, conftest: Module) -> Iterator[UnawaitedFixture]:
    """What the conftest itself is told, so that not everybody who asks for its fixtures is."""
    return unawaited_in_conftest(conftest, module.classes, module.project, module.settings)
