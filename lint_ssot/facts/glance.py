"""What a file surely binds and imports at module level, for a tenth of the price of its facts."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import field

from lint_ssot.facts import statements as facts
from lint_ssot.facts.expressions import Collection, Expression, Name
from lint_ssot.facts.traversal import blocks, statements
from lint_ssot.facts.values import dataclass


@dataclass(frozen=True, slots=True)
class EarlyImport:
    """One name of a from-import that runs whenever the file is imported; `line` is 1-based."""

    line: int
    module: str
    level: int
    name: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A first look at a file.

    `bound` are names that it binds whenever it is imported, with the line of their first binding.
    `may_bind` are names that some nested statement of the module level binds as well.
    `is_readable` is false for what this Python cannot parse, be it broken or newer.
    """

    bound: Mapping[str, int] = field(default_factory=dict)
    may_bind: frozenset[str] = frozenset()
    imports: tuple[EarlyImport, ...] = ()
    is_readable: bool = True


def glance(source: bytes) -> Glance:
    """Look at the module level of a file; never raises."""
    try:
        with warnings.catch_warnings():
            # the linted file's invalid escapes are nobody's business here
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Glance(is_readable=False)
    bound: dict[str, int] = {}
    for statement in tree.body:
        for name in _bound(statement):
            bound.setdefault(name, statement.lineno)
    deleted = {name for statement in tree.body for name in _deleted(statement)}
    nested = frozenset(name for statement in tree.body for name in _bound_inside(statement))
    imports = tuple(found for statement in tree.body for found in _imported(statement))
    return Glance({name: line for name, line in bound.items() if name not in deleted}, nested, imports)


def glance_row(seen: Glance) -> object:
    """The glance as JSON can hold it."""
    imports = [[each.line, each.module, each.level, each.name] for each in seen.imports]
    return [dict(seen.bound), sorted(seen.may_bind), imports, seen.is_readable]


def glance_from(row: object) -> Glance:
    """The glance of such a row; raises ValueError for any other."""
    match row:
        case [dict(bound), list(may_bind), list(imports), bool(is_readable)] if set(map(type, bound.values())) <= {
            int
        } and set(map(type, may_bind)) <= {str}:
            return Glance(bound, frozenset(may_bind), tuple(map(_early_import, imports)), is_readable)
    raise ValueError("not a glance")


def _early_import(row: object) -> EarlyImport:
    match row:
        case [int(line), str(module), int(level), str(name)]:
            return EarlyImport(line, module, level, name)
    raise ValueError("not an import")


def glance_at_facts(body: facts.Block) -> Glance:
    """The same of a file whose facts are known: nothing has to be parsed for it."""
    bound: dict[str, int] = {}
    for statement in body:
        for name, line in _bound_by(statement):
            bound.setdefault(name, line)
    deleted = {name for each in body if isinstance(each, facts.Delete) for name, _ in _names(each.targets)}
    inside = (inner for statement in body for block in blocks(statement) for inner in statements(block))
    nested = frozenset(name for each in inside for name, _ in _bound_by(each))
    imports = (each for each in body if isinstance(each, facts.ImportFrom))
    early = tuple(
        EarlyImport(each.at.line, each.module, each.level, name.name) for each in imports for name in each.names
    )
    return Glance({name: line for name, line in bound.items() if name not in deleted}, nested, early)


def _bound_by(statement: facts.Statement) -> Iterator[tuple[str, int]]:
    match statement:
        case facts.Function(name=name, at=at) | facts.Class(name=name, at=at):
            yield name, at.line
        case facts.Import(names=aliases, at=at) | facts.ImportFrom(names=aliases, at=at):
            for alias in aliases:
                if alias.name != "*":
                    yield alias.bound or alias.name.partition(".")[0], at.line
        case facts.Assign(targets=targets, is_augmented=False):
            yield from _names(targets)
        case facts.Annotate(target=Name(id=name, at=at), value=value) if value is not None:
            yield name, at.line


def _names(targets: tuple[Expression, ...]) -> Iterator[tuple[str, int]]:
    for target in targets:
        match target:
            case Name(id=name, at=at):
                yield name, at.line
            case Collection(items=items):
                yield from _names(items)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that a plain statement binds."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _named(target)
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in names if alias.name != "*")


def _named(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _named(part)


def _deleted(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Delete):
        for target in statement.targets:
            yield from _named(target)


def _bound_inside(statement: ast.stmt) -> Iterator[str]:
    """The names that the blocks of a compound statement may bind, those of functions and classes aside."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.stmt):
            yield from _bound(child)
            yield from _bound_inside(child)
        elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
            for inner in child.body:
                yield from _bound(inner)
                yield from _bound_inside(inner)


def _imported(statement: ast.stmt) -> Iterator[EarlyImport]:
    if isinstance(statement, ast.ImportFrom):
        for alias in statement.names:
            yield EarlyImport(statement.lineno, statement.module or "", statement.level, alias.name)
