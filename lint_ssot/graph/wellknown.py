"""Test bases of frameworks that may not be installed where the linter runs, told by stubs beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import ImportFrom
from lint_ssot.graph.definitions import Module, Origin

STUBS = Path(__file__).parent / "stubs"


class WellKnown:
    """The stub modules; each is read once, when it is first asked for.

    A stub is plain Python in a `.pyi` file, whose bodies say what the real ones do as far as tests can notice.
    It need not have every name of its module: what it lacks is looked for in the installed one.
    """

    def __init__(self, extract: Callable[[bytes], ModuleFacts]) -> None:
        self._extract = extract
        self._modules: dict[str, Module | None] = {}

    def module(self, name: str) -> Module | None:
        """The stub of the module with this dotted name, if there is one."""
        if name not in self._modules:
            self._modules[name] = self._read(name)
        return self._modules[name]

    def canonical(self, dotted: str) -> str:
        """Where a name is defined if its module is well known, else the name as it is.

        `unittest.TestCase` is `unittest.case.TestCase`.
        """
        parts = dotted.split(".")
        for length in range(len(parts) - 1, 0, -1):
            stub = self.module(".".join(parts[:length]))
            origin = None if stub is None else _origin(stub, parts[length])
            if origin is not None:
                return self.canonical(".".join((origin, *parts[length + 1 :])))
        return dotted

    def _read(self, name: str) -> Module | None:
        parts = name.split(".")
        if not all(part.isidentifier() for part in parts):
            return None
        folder = STUBS.joinpath(*parts)
        package = folder / "__init__.pyi"
        stub = package if package.is_file() else folder.with_suffix(".pyi")
        if not stub.is_file():
            return None
        facts = self._extract(stub.read_bytes())
        return Module(name, None, facts, is_package=stub == package, origin=Origin.WELL_KNOWN)


def _origin(stub: Module, name: str) -> str | None:
    """Where a stub imports a name from, if it does."""
    for statement in stub.facts.body:
        if isinstance(statement, ImportFrom):
            for alias in statement.names:
                if (alias.bound or alias.name) == name:
                    return f"{statement.module}.{alias.name}"
    return None
