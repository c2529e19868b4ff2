"""The steps from module to module that were taken, so that it can be told what a judgment may rest on."""

from __future__ import annotations

from collections.abc import Iterable, Set
from pathlib import Path
from typing import TypeVar

from lint_ssot.graph.definitions import Module

Found = TypeVar("Found")


class Steps:
    """Who led to whom. Whatever was asked of a module is found again by going from it along its steps.

    Answers are shared by all modules of a run, steps as well: a module may rest on less than they lead to.
    """

    def __init__(self) -> None:
        self._taken: dict[Module | None, set[Module]] = {}
        self._looked_at: dict[Module | None, set[Path]] = {}

    def took(self, importer: Module | None, found: Found) -> Found:
        """Remember a step; one from None may be anybody's."""
        if isinstance(found, Module):
            self._taken.setdefault(importer, set()).add(found)
        return found

    def looked(self, importer: Module | None, folders: frozenset[Path]) -> None:
        """Remember the folders that a step took, or that it took to find nothing."""
        self._looked_at.setdefault(importer, set()).update(folders)

    def leads_to(self, module: Module) -> bool:
        """Whether a step from anywhere else led to a module."""
        return any(module in taken for importer, taken in self._taken.items() if importer is not module)

    def forget(self, modules: Set[Module]) -> None:
        """Forget the steps from these modules."""
        for module in modules:
            self._taken.pop(module, None)
            self._looked_at.pop(module, None)

    def folders_of(self, modules: Iterable[Module]) -> frozenset[Path]:
        """The folders that the steps from these modules took, and those that anybody's took."""
        return frozenset().union(*(self._looked_at.get(each, set()) for each in (None, *modules)))

    def reached_from(self, module: Module) -> frozenset[Module]:
        """Every module that the steps lead to, the module itself among them."""
        reached: set[Module | None] = {module, None}
        rest: list[Module | None] = [module, None]
        while rest:
            new = self._taken.get(rest.pop(), set()) - reached
            reached |= new
            rest += new
        return frozenset(each for each in reached if each is not None)
