"""What a whole module does to names behind the back of its plain statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_ssot.facts.expressions import Argument, Attribute, Call, Constant, Expression, Name, Subscript
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Block, Import
from lint_ssot.facts.traversal import expressions, statements_of_all, subexpressions
from lint_ssot.graph.modules.tables import READING, is_only_read, written

# what writes attributes of a module that is held as a value
_WRITERS = frozenset({"setattr", "__setattr__", "__dict__", "vars"})
# what looks at a module and leaves it as it is
_LOOKING = frozenset({"dir", "getattr", "getmembers", "hasattr"})
# without one of these words nothing of the kind is done; a pattern that begins with its word is found at once
_TELLING = {
    "globals": re.compile("globals"),
    "exec": re.compile(r"exec(?<=\bexec)\s*\("),
    "vars": re.compile(r"vars(?<=\bvars)\s*\("),
    "locals": re.compile(r"locals(?<=\blocals)\s*\("),
    "import_module": re.compile("import_module"),
    "modules": re.compile(r"\.\s*modules\b"),
}
_WRITING = {"setattr": re.compile(r"\bsetattr\s*\(")}


def opened_by(facts: ModuleFacts, name: str) -> str | None:
    """Why a module of this name may have names that no statement binds, as far as its own statements tell."""
    if facts.may_match(_WRITING) and _writes_to_its_import(facts.body, name.rpartition(".")[2]):
        return "it uses `setattr` on itself"
    return _why_open(facts.body) if facts.may_match(_TELLING) else None


def _writes_to_its_import(body: Block, name: str) -> bool:
    """Whether a module imports itself, by the end of its name, and sets attributes of what it gets."""
    everything = statements_of_all(body)
    if not any(
        (alias.bound or alias.name) == name for each in everything if isinstance(each, Import) for alias in each.names
    ):
        return False
    return any(_sets(part, name) for each in statements_of_all(body) for part in _parts(*expressions(each)))


def _sets(part: Expression, name: str) -> bool:
    match part:
        case Call(function=Name(id="setattr"), arguments=(Argument(value=Name(id=holder)), *_)):
            return holder == name
    return False


def _why_open(body: Block) -> str | None:
    everything = (part for each in statements_of_all(body) for part in _parts(*expressions(each)))
    because = next((why for part in everything if (why := _opening(part)) is not None), None)
    return _opened_by_a_table(body) if because is None else because


def _opening(part: Expression) -> str | None:
    """Why an expression may bind names that it does not spell."""
    match part:
        case Call(function=Name(id="exec"), arguments=arguments) if not _is_elsewhere(arguments):
            return "it uses `exec`"
        case Attribute(value=Call(function=Name(id="locals")), attr=attr) if attr not in READING:
            return "it uses `locals()`"
        case Subscript(value=Call(function=Name(id="locals"))):
            return "it uses `locals()`"
        case Call(function=Name(id="import_module") | Attribute(attr="import_module"), arguments=(argument,)):
            if isinstance(argument.value, Name) and argument.value.id == "__name__":
                return "it imports itself"
    return None


def _is_elsewhere(arguments: tuple[Argument, ...]) -> bool:
    """Whether `exec` is given the names to run on; the module's own are had by what is told elsewhere."""
    given = arguments[1:]
    return bool(given) and not any(each.star or isinstance(each.value, Call | Constant) for each in given)


def _opened_by_a_table(body: Block) -> str | None:
    """Why a table of names that the module gets hold of may be used to bind one of its own."""
    everything = [part for each in statements_of_all(body) for part in _parts(*expressions(each))]
    if any(map(_is_own, everything)) and not is_only_read(body, _is_own):
        return "it uses `globals()`"
    # by another name, or as a parameter of that name
    if sum(_spelled(part) == "globals" for part in everything) > sum(map(_calls_globals, everything)):
        return "it uses `globals`"
    if any(map(_is_sys_modules, everything)) and _may_write_itself(body, everything):
        return "it uses `sys.modules`"
    return None


def _is_own(expression: Expression) -> bool:
    """Whether an expression is the table of a module's names, maybe this one's."""
    match expression:
        case Call(function=Name(id="globals" | "vars"), arguments=()) | Attribute(attr="f_globals"):
            return True
    return False


def _calls_globals(expression: Expression) -> bool:
    return (
        isinstance(expression, Call) and isinstance(expression.function, Name) and expression.function.id == "globals"
    )


def _may_write_itself(body: Block, everything: list[Expression]) -> bool:
    """Whether a module may replace itself in `sys.modules`, or write to what it finds there: that may be itself."""
    is_kept = sum(map(_is_itself, everything)) > sum(map(_looks_at_itself, everything))
    if is_kept or not is_only_read(body, _is_sys_modules):
        return True
    return any(_spelled(part) in _WRITERS for part in everything) or _writes_to_modules(body)


def _writes_to_modules(body: Block) -> bool:
    """Whether an attribute is assigned to what was found in `sys.modules`."""
    holders: set[str] = set()
    targets: list[Expression] = []
    for statement in statements_of_all(body):
        targets += written(statement)
        if any(map(_is_sys_modules, _parts(*expressions(statement)))):
            holders.update(part.id for part in _parts(*written(statement)) if isinstance(part, Name))
    return any(
        isinstance(target, Attribute)
        and any(_is_sys_modules(part) or _spelled(part) in holders for part in subexpressions(target.value))
        for target in targets
    )


def _parts(*of: Expression) -> Iterator[Expression]:
    for each in of:
        yield from subexpressions(each)


def _is_sys_modules(expression: Expression) -> bool:
    return isinstance(expression, Attribute) and expression.attr == "modules" and _spelled(expression.value) == "sys"


def _is_itself(expression: Expression) -> bool:
    match expression:
        case Subscript(value=value, index=Name(id="__name__")):
            return _is_sys_modules(value)
    return False


def _looks_at_itself(expression: Expression) -> bool:
    """`inspect.getmembers(sys.modules[__name__])`, and other questions."""
    match expression:
        case Call(function=function, arguments=(Argument(value=value), *_)):
            return _spelled(function) in _LOOKING and _is_itself(value)
    return False


def _spelled(expression: Expression) -> str:
    match expression:
        case Name(id=name) | Attribute(attr=name):
            return name
    return ""
