"""What is known of a test's object at one point of its life."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class State:
    """The attributes certainly assigned, and those assigned on some way to this point.

    `is_open` says that something nobody can follow may have assigned any attribute.
    `is_conditional` says that this point is reached under a condition of its own.
    """

    assigned: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()
    is_open: bool = False
    is_conditional: bool = False

    def has(self, attribute: str) -> bool:
        """Whether the attribute is there, as far as anyone can know."""
        return self.is_open or attribute in self.assigned

    def with_assigned(self, *attributes: str) -> State:
        """The state after these attributes were assigned."""
        if self.assigned.issuperset(attributes):
            return self
        return replace(self, assigned=self.assigned.union(attributes))

    def without(self, attribute: str) -> State:
        """The state after `del self.attribute`."""
        return replace(self, assigned=self.assigned - {attribute}, partial=self.partial - {attribute})

    def opened(self) -> State:
        """The state after something that cannot be followed."""
        return self if self.is_open else replace(self, is_open=True)

    def under_condition(self, is_conditional: bool = True) -> State:
        """The same state, inside or outside a conditional part."""
        return self if self.is_conditional == is_conditional else replace(self, is_conditional=is_conditional)


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
        is_open=any(s.is_open for s in live),
        is_conditional=any(s.is_conditional for s in live),
    )
