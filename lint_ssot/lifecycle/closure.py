"""The order in which fixtures and hooks run before a test: pytest's own algorithm, told statically."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from typing import TypeAlias

from lint_ssot.facts.values import dataclass
from lint_ssot.lifecycle.fixture_definitions import SCOPES, Fixture
from lint_ssot.lifecycle.known_fixtures import KNOWN_FIXTURES
from lint_ssot.lifecycle.runners import Hook, Phase

Step: TypeAlias = Fixture | Hook

_SCOPE_OF_PHASE = {Phase.MODULE_SETUP: "module", Phase.CLASS_SETUP: "class", Phase.SETUP: "function"}


@dataclass(frozen=True, slots=True)
class _Entry:
    step: Step
    scope: str
    parameters: tuple[str | None, ...] = ()


@dataclass(slots=True)
class Registry:
    """What is registered for a test: fixtures by name, the most specific last, and who runs unasked.

    pytest registers its hooks as autouse fixtures, in the same lists (`_pytest/python.py`).
    `find` is asked for names that nothing registered.
    """

    find: Callable[[str], Fixture | None] = lambda name: None
    entries: dict[str, list[_Entry]] = field(default_factory=dict)
    autouse: list[str] = field(default_factory=list)

    def copy(self) -> Registry:
        """One more of the same, to add to."""
        entries = {name: list(found) for name, found in self.entries.items()}
        return Registry(self.find, entries, list(self.autouse))

    def add_fixtures(self, fixtures: Iterable[Fixture]) -> None:
        """Register the fixtures of one place, in the order pytest finds them."""
        for fixture in fixtures:
            entry = _Entry(fixture, fixture.scope, fixture.parameters)
            self.entries.setdefault(fixture.name, []).append(entry)
            if fixture.is_autouse:
                self.autouse.append(fixture.name)

    def add_hooks(self, hooks: Iterable[Hook]) -> None:
        """Register hooks, in their order."""
        for hook in hooks:
            name = f"<{hook.name}>"
            self.entries[name] = [_Entry(hook, _SCOPE_OF_PHASE[hook.phase])]
            self.autouse.append(name)

    def named(self, name: str) -> list[_Entry]:
        """What is registered under a name, the most specific last."""
        if name not in self.entries:
            found = self.find(name)
            self.entries[name] = [] if found is None else [_Entry(found, found.scope, found.parameters)]
        return self.entries[name]


def setup_order(
    registry: Registry, requested: tuple[str | None, ...], parametrized: frozenset[str]
) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The steps before a test that requests these names, and the names that nothing known defines.

    As `FixtureManager.getfixtureclosure`: the closure of autouse and requested names, depth first,
    then wider scopes first; each step is preceded by what it asks for.
    """
    walk = _Walk(registry, parametrized)
    names = list(dict.fromkeys([*registry.autouse, *walk.known(requested)]))
    closure: dict[str, None] = {}
    for name in names:
        walk.add_closure(name, closure)
    for name in sorted(closure, key=walk.scope):
        walk.run(name)
    return tuple(walk.steps), tuple(dict.fromkeys(walk.unknown))


@dataclass(slots=True)
class _Walk:
    registry: Registry
    parametrized: frozenset[str]
    steps: list[Step] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def known(self, names: tuple[str | None, ...]) -> Iterator[str]:
        for name in names:
            if name is None:
                self.unknown.append("getfixturevalue")
            elif name not in self.parametrized:
                yield name

    def add_closure(self, name: str, closure: dict[str, None]) -> None:
        if name in closure:
            return
        closure[name] = None
        for entry in self.registry.named(name)[-1:]:
            for inner in self.known(entry.parameters):
                self.add_closure(inner, closure)

    def scope(self, name: str) -> int:
        entries = self.registry.named(name)
        return SCOPES.index(entries[-1].scope if entries else "function")

    def run(self, name: str, depth: int = 1) -> None:
        """Run what is registered `depth` places from the end, and before it what it asks for."""
        entries = self.registry.named(name)
        if not entries and name not in KNOWN_FIXTURES:
            self.unknown.append(name)
        if len(entries) < depth or (name, depth) in self.begun:
            return
        self.begun.add((name, depth))
        entry = entries[-depth]
        for inner in self.known(entry.parameters):
            # a fixture that asks for its own name gets the one it overrides
            self.run(inner, depth + 1 if inner == name else 1)
        self.steps.append(entry.step)
