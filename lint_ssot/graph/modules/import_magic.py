"""What a file does to the import system: which keys it writes to `sys.modules`, and whether a `__path__` changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lint_ssot.facts.expressions import Attribute, Call, Collection, Constant, Expression, Mapping, Name, Subscript
from lint_ssot.facts.statements import Assign, Block, Class, Delete, For, Function, Statement
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.modules.tables import written

# calls that are given a `__path__` and leave it as it is
_PATH_READERS = frozenset({"iter_modules", "walk_packages"})


@dataclass(frozen=True, slots=True)
class ImportMagic:
    """How a file uses `sys.modules` and `__path__`.

    Keys are computed where the file puts them together, and given where they come to it as they are: as a parameter,
    from a table that it goes through, or as the `__name__` of a module that it is handed.
    """

    uses_modules: bool
    computes_keys: bool
    is_given_keys: bool
    changes_path: bool

    @property
    def writes_modules(self) -> bool:
        """Whether it writes to a key of `sys.modules` that nobody can read off the file."""
        return self.computes_keys or self.is_given_keys


NO_MAGIC = ImportMagic(uses_modules=False, computes_keys=False, is_given_keys=False, changes_path=False)


def import_magic(body: Block) -> ImportMagic:
    """Go through everything in a module once."""
    parts = list(_parts(statements_of_all(body)))
    is_used = any(_is_modules(part) or _is_text_of_modules(part) for part in parts)
    kinds = set(_are_computed(body)) if is_used else set()
    return ImportMagic(is_used, True in kinds, False in kinds, _changes_path(parts))


def _parts(of: Iterable[Statement]) -> Iterator[Expression]:
    return (part for each in of for top in expressions(each) for part in subexpressions(top))


def _are_computed(body: Block) -> Iterator[bool]:
    """Whether a key is computed, for each one that is no constant."""
    inner = [each for each in statements_of_all(body) if isinstance(each, (Class, Function))]
    around = {name for each in (body, *(each.body for each in inner)) for name in _names_made(list(statements(each)))}
    restored = _snapshots(list(statements_of_all(body)))
    yield from _are_computed_in(list(statements(body)), set(), restored)
    for each in inner:
        parameters = {one.name for one in each.parameters} if isinstance(each, Function) else set()
        yield from _are_computed_in(list(statements(each.body)), around - parameters, restored - parameters)


def _are_computed_in(scope: list[Statement], around: set[str], restored: set[str]) -> Iterator[bool]:
    """The same of one scope; `around` are names that are put together elsewhere, unless it binds them itself.

    `restored` are snapshots wherever they are taken: a cleanup puts back what its test has kept.
    """
    bound = {target.id for each in scope for target in written(each) if isinstance(target, Name)}
    made = set(_names_made(scope)) | (around - bound)
    for statement in scope:
        match statement:
            case For(iterable=Name(id=name)) if name in made:
                made |= {target.id for target in written(statement) if isinstance(target, Name)}
    keys = (*_keys_written(scope), *_keys_passed(_parts(scope), restored | _snapshots(scope)))
    yield from (_is_computed(key, made) for key in keys if not _is_plain(key))


def _is_modules(part: Expression) -> bool:
    return isinstance(part, Attribute) and part.attr == "modules"


def _is_text_of_modules(part: Expression) -> bool:
    return isinstance(part, Constant) and part.value == "sys.modules"


def _keys_written(scope: list[Statement]) -> Iterator[Expression]:
    for statement in scope:
        if not isinstance(statement, Delete):
            for target in written(statement):
                if isinstance(target, Subscript) and _is_modules(target.value):
                    yield target.index


def _keys_passed(parts: Iterable[Expression], snapshots: set[str]) -> Iterator[Expression]:
    for part in parts:
        match part:
            case Call(function=Attribute(value=table, attr="setdefault" | "update"), arguments=(first, *_)):
                is_restored = isinstance(first.value, Name) and first.value.id in snapshots
                if _is_modules(table) and not is_restored:
                    yield from _keys_of(first.value)


def _keys_of(argument: Expression) -> Iterator[Expression]:
    if isinstance(argument, Mapping):
        yield from (argument if key is None else key for key in argument.keys)
    else:
        yield argument


def _snapshots(scope: list[Statement]) -> set[str]:
    """The names that only hold what was in `sys.modules` before: to put that back adds nothing."""
    bound: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for statement in scope:
        for target in written(statement):
            if isinstance(target, Name):
                bound[target.id] += 1
                taken[target.id] += isinstance(statement, Assign) and any(
                    map(_is_modules, subexpressions(statement.value))
                )
            elif isinstance(target, Subscript) and isinstance(target.value, Name):
                bound[target.value.id] += 1
    return {name for name, count in bound.items() if count == taken[name]}


def _names_made(scope: list[Statement]) -> Iterator[str]:
    """The names that are bound to something that the file may have put together."""
    for statement in scope:
        if not _binds_what_is_given(statement):
            yield from (target.id for target in written(statement) if isinstance(target, Name))


def _binds_what_is_given(statement: Statement) -> bool:
    match statement:
        case Assign(value=value, is_augmented=False):
            return _is_plain(value) or _is_name_of_module(value)
        case For(iterable=Collection(items=items)):
            return all(map(_is_plain, items))
        case For(iterable=Name() | Attribute()):
            return True
    return False


def _is_plain(key: Expression) -> bool:
    return isinstance(key, Constant) or (isinstance(key, Name) and key.id == "__name__")


def _is_name_of_module(key: Expression) -> bool:
    return isinstance(key, Attribute) and key.attr == "__name__"


def _is_computed(key: Expression, made: set[str]) -> bool:
    if isinstance(key, Name):
        return key.id in made
    return not _is_name_of_module(key)


def _changes_path(parts: list[Expression]) -> bool:
    """Whether a `__path__` stands anywhere but where it is only read, or handed to another module."""
    return sum(map(_is_path, parts)) > sum(map(_paths_read, parts))


def _is_path(part: Expression) -> bool:
    return isinstance(part, (Name, Attribute)) and "__path__" == (part.id if isinstance(part, Name) else part.attr)


def _paths_read(part: Expression) -> int:
    match part:
        case Call(function=Name(id=name) | Attribute(attr=name), arguments=arguments):
            return sum(
                _is_path(each.value) and (each.keyword == "__path__" or name in _PATH_READERS) for each in arguments
            )
    return 0
