"""Bodies whose failing imports are caught: where they may be left, and what is bound afterwards."""

from __future__ import annotations

from dataclasses import field

from lint_ssot.facts.statements import Import, ImportFrom
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.names.bindings import UNREACHED, Binding, Bindings, Guarded, joined


@dataclass(slots=True)
class Watch:
    """What was seen while such a body ran; `branches` counts the undecided ones around the current statement."""

    certain: list[Import | ImportFrom] = field(default_factory=list)
    possible: list[Import | ImportFrom] = field(default_factory=list)
    # the names at the points where the body may be left
    before: Bindings | None = None
    raises: bool = False
    branches: int = 0

    def see_import(self, statement: Import | ImportFrom, names: Bindings) -> None:
        """Remember an import, and what is bound just before it."""
        (self.possible if self.branches else self.certain).append(statement)
        self.before = joined(self.before, names.copy())

    def see_raise(self, names: Bindings) -> None:
        """Remember that the body may leave by itself."""
        self.raises = True
        self.before = joined(self.before, names.copy())


def by_success(watch: Watch, then: Bindings | None, otherwise: Bindings | None) -> Bindings | None:
    """What is bound if the imports succeed or else fail; either of them if that is not what decides."""
    if then is None and otherwise is None:
        return None
    if watch.raises or not (watch.certain or watch.possible):
        return joined(then, otherwise)
    first = then or Bindings(rest=UNREACHED)
    second = otherwise or Bindings(rest=UNREACHED)
    certain, possible = tuple(watch.certain), tuple(watch.possible)

    def guarded(one: Binding, other: Binding) -> Binding:
        return one if one is other else Guarded(certain, possible, one, other)

    names = dict.fromkeys((*first.names, *second.names))
    return Bindings(
        {name: guarded(first.get(name), second.get(name)) for name in names}, guarded(first.rest, second.rest)
    )
