"""Runs a block on names alone, to tell what each is bound to in the end."""

from __future__ import annotations

from collections.abc import Iterable

from lint_ssot.facts.expressions import Attribute, Call, Collection, Expression, Name
from lint_ssot.facts.statements import (
    Annotate,
    Assert,
    Assign,
    Block,
    Break,
    Class,
    Continue,
    Delete,
    Evaluate,
    For,
    Function,
    Global,
    If,
    Import,
    ImportFrom,
    Item,
    Match,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from lint_ssot.graph.names.assignments import assigned, bind_unclear, bind_values, roots
from lint_ssot.graph.names.attempts import Watch, by_success
from lint_ssot.graph.names.bindings import (
    UNBOUND,
    UNREACHED,
    Binding,
    Bindings,
    Defined,
    Imported,
    ImportedFrom,
    Starred,
    Unclear,
    joined,
)
from lint_ssot.graph.names.conditions import truth

_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_LEAVING_CALLS = frozenset({"skip", "exit", "fail", "abort"})


class Execution:
    """One run of a block.

    `headers` keeps, by the id of each class statement in it, what the names of its header were bound to.
    `returned` keeps the values that it returns, and what their names were bound to.
    """

    def __init__(self, oldest_python: tuple[int, int] | None) -> None:
        self._oldest = oldest_python
        self._at_returns: Bindings | None = None
        self._watch: Watch | None = None
        self.headers: dict[int, Bindings] = {}
        self.returned: list[Binding] = []
        self.ends = False

    def run(self, block: Block, before: Bindings) -> Bindings:
        """The names when the block is left; all are unclear if it never is. `ends` tells whether its end is reached."""
        after = self._block(block, before)
        self.ends = after is not None
        after = joined(after, self._at_returns)
        return Bindings(rest=UNREACHED) if after is None else after

    def _block(self, block: Block, names: Bindings | None) -> Bindings | None:
        for statement in block:
            if names is None:
                return None
            names = self._statement(statement, names)
        return names

    def _statement(self, statement: Statement, names: Bindings) -> Bindings | None:
        match statement:
            case Function() | Class():
                self._define(statement, names)
            case Import() | ImportFrom():
                self._import(statement, names)
            case Assign() | Annotate() | Delete():
                bind_values(statement, names)
            case Evaluate(value=value):
                return None if _leaves(value) else names
            case Return() | Raise():
                self._leave(statement, names)
                return None
            case Global() | Assert() | Break() | Continue():
                return names
            case _:
                return self._compound(statement, names)
        return names

    def _compound(self, statement: If | For | While | Try | With | Match, names: Bindings) -> Bindings | None:
        match statement:
            case If():
                return self._if(statement, names)
            case For(target=target):
                bind_unclear((target,), names, "bound by a loop")
                return self._loop(statement, names)
            case While():
                return self._loop(statement, names)
            case Try():
                return self._try(statement, names)
            case With():
                return self._with(statement, names)
            case Match():
                return self._match(statement, names)

    def _define(self, node: Function | Class, names: Bindings) -> None:
        if isinstance(node, Class):
            header = (*node.decorators, *(base.value for base in node.bases))
            self.headers[id(node)] = Bindings({name: names.get(name) for each in header for name in roots(each)})
        names.names[node.name] = Defined(node)

    def _import(self, statement: Import | ImportFrom, names: Bindings) -> None:
        if self._watch is not None:
            self._watch.see_import(statement, names)
        _bind_imports(statement, names)

    def _leave(self, statement: Return | Raise, names: Bindings) -> None:
        value = statement.value
        if isinstance(statement, Return):
            self.returned.append(UNBOUND if value is None else assigned(value, names))
            self._at_returns = joined(self._at_returns, names.copy())
        elif self._watch is not None:
            self._watch.see_raise(names)

    def _if(self, statement: If, names: Bindings) -> Bindings | None:
        holds = truth(statement.test, self._oldest)
        if holds is not None:
            self._watched(statement.orelse if holds else statement.body, names.copy(), None)
            return self._block(statement.body if holds else statement.orelse, names)
        return joined(self._branch(statement.body, names.copy()), self._branch(statement.orelse, names.copy()))

    def _loop(self, statement: For | While, names: Bindings) -> Bindings | None:
        looped = joined(names, self._branch(statement.body, names.copy()))
        return None if looped is None else self._branch(statement.orelse, looped)

    def _branch(self, block: Block, names: Bindings) -> Bindings | None:
        """Run a block that may be left out."""
        if self._watch is None:
            return self._block(block, names)
        self._watch.branches += 1
        after = self._block(block, names)
        self._watch.branches -= 1
        return after

    def _watched(self, block: Block, names: Bindings, watch: Watch | None) -> Bindings | None:
        """Run a block whose failing imports are the business of `watch` alone."""
        outer, self._watch = self._watch, watch
        after = self._block(block, names)
        self._watch = outer
        return after

    def _with(self, statement: With, names: Bindings) -> Bindings | None:
        if any(_suppresses_import_errors(item) for item in statement.items):
            return self._guarded(statement.body, (), (), names)
        for item in statement.items:
            if item.target is not None:
                bind_unclear((item.target,), names, "bound by a with statement")
        return self._block(statement.body, names)

    def _match(self, statement: Match, names: Bindings) -> Bindings | None:
        after: Bindings | None = None if any(case.is_irrefutable for case in statement.cases) else names
        for case in statement.cases:
            branch = names.copy()
            branch.names.update((name, Unclear("bound by a pattern")) for name in case.bound)
            after = joined(after, self._branch(case.body, branch))
        return after

    def _try(self, statement: Try, names: Bindings) -> Bindings | None:
        bodies = [handler.body for handler in statement.handlers]
        bound = {handler.name for handler in statement.handlers if handler.name is not None}
        if any(_catches_import_errors(handler.type) for handler in statement.handlers):
            after = self._guarded(statement.body, statement.orelse, bodies, names)
        else:
            tried = self._block(statement.body, names.copy())
            after = None if tried is None else self._block(statement.orelse, tried.copy())
            for body in bodies:
                after = joined(after, self._branch(body, (joined(names, tried) or names).copy()))
        if after is None:
            return None
        after.names.update((name, Unclear("bound by an except clause")) for name in bound & set(after.names))
        return self._block(statement.finalbody, after)

    def _guarded(self, body: Block, orelse: Block, handlers: Iterable[Block], names: Bindings) -> Bindings | None:
        """What is bound after a body whose failing imports lead to the handlers (or, without any, on)."""
        watch = Watch()
        tried = self._watched(body, names.copy(), watch)
        before = watch.before or joined(names, tried) or names
        rescued: Bindings | None = before
        for position, handler in enumerate(handlers):
            end = self._branch(handler, before.copy())
            rescued = end if position == 0 else joined(rescued, end)
        after = None if tried is None else self._branch(orelse, tried)
        return by_success(watch, after, rescued)


def _bind_imports(statement: Import | ImportFrom, names: Bindings) -> None:
    for alias in statement.names:
        if isinstance(statement, Import):
            top = alias.name.partition(".")[0]
            module = top if alias.bound is None else alias.name
            names.names[alias.bound or top] = Imported(statement, module)
        elif alias.name != "*":
            names.names[alias.bound or alias.name] = ImportedFrom(statement, alias.name)
        else:
            names.names = {name: Starred(statement, before) for name, before in names.names.items()}
            names.rest = Starred(statement, names.rest)


def _catches_import_errors(caught: Expression | None) -> bool:
    match caught:
        case None:
            return True
        case Name(id=name) | Attribute(attr=name):
            return name in _IMPORT_ERRORS
        case Collection(items=items):
            return any(_catches_import_errors(each) for each in items)
    return False


def _suppresses_import_errors(item: Item) -> bool:
    match item.value:
        case Call(function=Name(id="suppress") | Attribute(attr="suppress"), arguments=arguments):
            return any(_catches_import_errors(argument.value) for argument in arguments)
    return False


def _leaves(value: Expression) -> bool:
    """Whether a call ends the module: `pytest.skip(…)`, `sys.exit(…)`."""
    match value:
        case Call(function=Attribute(value=Name(id="pytest" | "sys" | "unittest"), attr=name)):
            return name in _LEAVING_CALLS
    return False
