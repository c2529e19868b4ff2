"""Scopes: modules, functions and class bodies, each run once on names alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from lint_ssot.facts.statements import Block, Class, Function
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import ClassDefinition, Module
from lint_ssot.graph.names.bindings import UNREACHED, Binding, Bindings, Unclear
from lint_ssot.graph.names.execution import Execution
from lint_ssot.graph.names.mentions import Mentions
from lint_ssot.graph.names.survey import opened_by


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The names of one scope and the scope around it; `owner` is the class if it is a class body."""

    module: Module
    bindings: Bindings
    outer: Scope | None = None
    owner: ClassDefinition | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ran:
    """What came of running a block: its names, class headers and returned values."""

    bindings: Bindings
    headers: dict[int, Bindings]
    returned: tuple[Binding, ...] = ()
    ends: bool = True


class Scopes:
    """Runs every block at most once."""

    def __init__(self, oldest_python: tuple[int, int] | None, mentions: Callable[[Module], Mentions]) -> None:
        self._oldest = oldest_python
        self._mentions = mentions
        self._ran: dict[Module, dict[int, tuple[Block, Ran]]] = {}
        self._opened: dict[Module, str | None] = {}
        self._parents: dict[Module, dict[int, tuple[Function | Class, ...]]] = {}

    def of_module(self, module: Module) -> Scope:
        """The module level."""
        return Scope(module, self._run(module, module.facts.body).bindings)

    def of_body(self, definition: ClassDefinition) -> Scope:
        """The body of a class, with its surroundings."""
        node = definition.node
        around = self._around(definition.module, self.parents(definition.module, node))
        return Scope(definition.module, self._run(definition.module, node.body).bindings, around, definition)

    def of_header(self, definition: ClassDefinition) -> Scope:
        """Where the bases and decorators of a class are evaluated, at the moment they are."""
        module, node = definition.module, definition.node
        parents = self.parents(module, node)
        block = parents[-1].body if parents else module.facts.body
        ran = self._run_function(module, parents[-1]) if parents else self._run(module, block)
        header = ran.headers.get(id(node), Bindings(rest=UNREACHED))
        outer = self._around(module, parents[:-1]) if parents else None
        return Scope(module, header, outer)

    def of_function(self, module: Module, node: Function) -> tuple[Scope, Ran]:
        """The body of a function, and what it returns."""
        ran = self._run_function(module, node)
        return Scope(module, ran.bindings, self._around(module, self.parents(module, node))), ran

    def rebinds(self, module: Module, name: str) -> bool:
        """Whether a function of the module binds the name by `global`, or an expression by `:=`."""
        return self._mentions(module).rebinds(name)

    def opened_by(self, module: Module) -> str | None:
        """Why the module may have names that no statement binds, as far as its own statements tell."""
        if module not in self._opened:
            try:
                self._opened[module] = opened_by(module.facts, module.name)
            except RecursionError:
                self._opened[module] = "it is nested too deeply"
        return self._opened[module]

    def forget(self, modules: Set[Module]) -> None:
        """Forget what came of running these modules."""
        for module in modules:
            self._ran.pop(module, None)
            self._opened.pop(module, None)
            self._parents.pop(module, None)

    def parents(self, module: Module, node: Class | Function) -> tuple[Function | Class, ...]:
        """The functions and classes around a statement, the outermost first."""
        if "." not in node.qualname:
            return ()
        if module not in self._parents:
            self._parents[module] = dict(_parents(module.facts.body, ()))
        return self._parents[module].get(id(node), ())

    def _around(self, module: Module, parents: tuple[Function | Class, ...]) -> Scope:
        """The scope that inner ones see: functions, and class bodies only when nothing is in between."""
        scope = self.of_module(module)
        for position, parent in enumerate(parents):
            if isinstance(parent, Function):
                scope = Scope(module, self._run_function(module, parent).bindings, scope)
            elif position == len(parents) - 1:
                scope = Scope(module, self._run(module, parent.body).bindings, scope, ClassDefinition(module, parent))
        return scope

    def _run_function(self, module: Module, node: Function | Class) -> Ran:
        if isinstance(node, Class):
            return self._run(module, node.body)
        return self._run(module, node.body, tuple(parameter.name for parameter in node.parameters))

    def _run(self, module: Module, block: Block, parameters: tuple[str, ...] = ()) -> Ran:
        # the block is kept as well, so that its id stays its own
        known = self._ran.setdefault(module, {})
        if id(block) not in known:
            known[id(block)] = block, self._executed(block, parameters)
        return known[id(block)][1]

    def _executed(self, block: Block, parameters: tuple[str, ...]) -> Ran:
        execution = Execution(self._oldest)
        before = Bindings({name: Unclear("a parameter") for name in parameters})
        try:
            bindings = execution.run(block, before)
        except RecursionError:
            return Ran(Bindings(rest=Unclear("nested too deeply")), {})
        return Ran(bindings, execution.headers, tuple(execution.returned), execution.ends)


def _parents(block: Block, around: tuple[Function | Class, ...]) -> Iterator[tuple[int, tuple[Function | Class, ...]]]:
    for statement in statements(block):
        if isinstance(statement, (Function, Class)):
            yield id(statement), around
            yield from _parents(statement.body, (*around, statement))
