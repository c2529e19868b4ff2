"""What a whole module does to names behind the back of its plain statements."""

from __future__ import annotations

from lint_ssot.facts.expressions import Argument, Attribute, Call, Constant, Expression, Name, Subscript, Walrus
from lint_ssot.facts.statements import Block, Global
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen anywhere in a module, in its functions, too.

    `rebound` are names that a function binds by `global` or an expression by `:=`.
    `open_because` says why the module may have names that no statement binds.
    """

    rebound: frozenset[str]
    open_because: str | None


def survey(body: Block) -> Survey:
    """Go through everything in a module once."""
    rebound: set[str] = set()
    because: str | None = None
    for statement in statements_of_all(body):
        if isinstance(statement, Global):
            rebound.update(statement.names)
        for expression in expressions(statement):
            for part in subexpressions(expression):
                if isinstance(part, Walrus):
                    rebound.add(part.target.id)
                because = because or _opening(part)
    return Survey(frozenset(rebound), because)


def _opening(part: Expression) -> str | None:
    """Why an expression may bind names that it does not spell."""
    match part:
        case Name(id="globals") | Attribute(attr="f_globals"):
            return "it uses `globals()`"
        case Call(function=Name(id="exec"), arguments=arguments) if not _is_elsewhere(arguments):
            return "it uses `exec`"
        case Call(function=Name(id="vars"), arguments=()):
            return "it uses `vars()`"
        case Attribute(value=Name(id="sys"), attr="modules"):
            return "it uses `sys.modules`"
        case Attribute(value=Call(function=Name(id="locals"))) | Subscript(value=Call(function=Name(id="locals"))):
            return "it uses `locals()`"
        case Call(function=Name(id="import_module") | Attribute(attr="import_module"), arguments=(argument,)):
            if isinstance(argument.value, Name) and argument.value.id == "__name__":
                return "it imports itself"
    return None


def _is_elsewhere(arguments: tuple[Argument, ...]) -> bool:
    """Whether `exec` is given the names to run on; the module's own are had by what is told elsewhere."""
    given = arguments[1:]
    return bool(given) and not any(each.star or isinstance(each.value, Call | Constant) for each in given)
