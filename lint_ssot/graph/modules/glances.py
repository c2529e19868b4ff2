"""First looks at files of the project, each taken once."""

from __future__ import annotations

from collections.abc import Callable, Set

from lint_ssot.facts.glance import Glance, glance_at_facts
from lint_ssot.graph.definitions import Module


class Glances:
    """What can be told of files that nobody has to read whole."""

    def __init__(self, look: Callable[[bytes], Glance]) -> None:
        self._look = look
        self._glances: dict[Module, Glance] = {}

    def at(self, module: Module) -> Glance:
        """A first look at the file of a module; one that cannot be opened is not readable."""
        if module not in self._glances:
            self._glances[module] = self._seen(module)
        return self._glances[module]

    def forget(self, modules: Set[Module]) -> None:
        """Forget what was seen of these modules."""
        for module in modules:
            self._glances.pop(module, None)

    def _seen(self, module: Module) -> Glance:
        """Half of the files have been read before; what this Python cannot parse has to be read whole to tell."""
        if module.path is None:
            return Glance()
        if module.is_read and module.facts.trouble is None:
            return glance_at_facts(module.facts.body)
        try:
            seen = self._look(module.path.read_bytes())
        except OSError:
            return Glance(is_readable=False)
        if not seen.is_readable and module.facts.trouble is None:
            return glance_at_facts(module.facts.body)
        return seen
