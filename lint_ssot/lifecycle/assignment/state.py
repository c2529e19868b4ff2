"""What is known of a test's object at one point of its life."""

from __future__ import annotations

from typing import NamedTuple

from lint_ssot.facts.values import dataclass, replace


class Pledge(NamedTuple):
    """An attribute that is there if a test, by its spelling, turns out so."""

    attribute: str
    test: str
    outcome: bool


@dataclass(frozen=True, slots=True)
class State:
    """The attributes certainly assigned, and those assigned on some way to this point.

    `pledges` say under which outcome of a test a partial one is there.
    `told` are those whose absence was noticed on the way: once is enough.
    `is_open` says that something nobody can follow may have assigned any attribute.
    `is_conditional` says that this point stands under a condition of its own.
    `is_optional` says that such a condition asks what a helper was given, which its callers know.
    `is_filtered` says that a condition before it made some tests leave, by a skip or an exception.
    `is_strange` says that the object is of a class here that it is not known to be of, if it ever gets here.
    """

    assigned: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    pledges: frozenset[Pledge] = frozenset()
    is_open: bool = False
    is_conditional: bool = False
    is_optional: bool = False
    is_filtered: bool = False
    is_strange: bool = False

    def has(self, attribute: str) -> bool:
        """Whether the attribute is there, as far as anyone can know."""
        return self.is_open or self.is_strange or attribute in self.assigned or attribute in self.told

    def with_assigned(self, *attributes: str) -> State:
        """The state after these attributes were assigned."""
        if self.assigned.issuperset(attributes):
            return self
        return replace(self, assigned=self.assigned.union(attributes))

    def with_told(self, *attributes: str) -> State:
        """The state after a read of what is not there, or where its absence is no news."""
        return self if self.told.issuperset(attributes) else replace(self, told=self.told.union(attributes))

    def with_pledges(self, pledges: frozenset[Pledge]) -> State:
        """The state after a branch; what is pledged for both outcomes of a test is there."""
        together = self.pledges | pledges
        kept = (each.attribute for each in pledges if each._replace(outcome=not each.outcome) in together)
        return replace(self, pledges=together).with_assigned(*kept)

    def knowing(self, test: str, outcome: bool) -> State:
        """The state where a test turned out so."""
        kept = (each.attribute for each in self.pledges if each.test == test and each.outcome is outcome)
        return self.with_assigned(*kept)

    def without(self, *attributes: str) -> State:
        """The state after `del self.attribute`, for each of them."""
        return replace(self, assigned=self.assigned.difference(attributes), partial=self.partial.difference(attributes))

    def opened(self) -> State:
        """The state after something that cannot be followed."""
        return self if self.is_open else replace(self, is_open=True)

    def estranged(self) -> State:
        """The state where the object is of a class that it is not known to be of."""
        return self if self.is_strange else replace(self, is_strange=True)

    def under_condition(self, is_conditional: bool = True) -> State:
        """The same state, inside or outside a conditional part."""
        if self.is_conditional == is_conditional:
            return self
        return replace(self, is_conditional=is_conditional, is_optional=is_conditional and self.is_optional)

    def if_wanted(self) -> State:
        """The same state, inside a part that a caller asks for."""
        return self if self.is_optional else replace(self, is_conditional=True, is_optional=True)

    def filtered(self, is_filtered: bool = True) -> State:
        """The same state, behind a condition that made some tests leave."""
        return self if self.is_filtered == is_filtered else replace(self, is_filtered=is_filtered)

    def unconditional(self) -> State:
        """The same state at the beginning of a call that the runner makes."""
        return self.under_condition(False).filtered(False)


def join(*states: State | None) -> State | None:
    """What is known where several ways meet; None stands for a way that is never taken."""
    live = [state for state in states if state is not None]
    if not live:
        return None
    first = live[0]
    if all(state == first for state in live[1:]):
        return first
    somewhere = frozenset[str]().union(*(s.assigned | s.partial for s in live))
    everywhere = first.assigned.intersection(*(s.assigned for s in live[1:]))
    return State(
        assigned=everywhere,
        partial=somewhere - everywhere,
        told=first.told.union(*(s.told for s in live[1:])),
        pledges=first.pledges.union(*(s.pledges for s in live[1:])),
        is_open=any(s.is_open for s in live),
        is_conditional=any(s.is_conditional for s in live),
        is_optional=any(s.is_optional for s in live),
        is_filtered=any(s.is_filtered for s in live),
        is_strange=all(s.is_strange for s in live),
    )
