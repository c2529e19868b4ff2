"""What a file does to `sys.path`, as far as its expressions can be evaluated without running them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lint_ssot.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Constant,
    Expression,
    Name,
    Opaque,
    Starred,
    Subscript,
)
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Annotate, Assign, Evaluate, Statement
from lint_ssot.facts.traversal import statements_of_all, subexpressions
from lint_ssot.facts.values import dataclass

_SAME_PATH = frozenset(
    {"abspath", "realpath", "normpath", "str", "fspath", "Path", "PurePath", "resolve", "absolute", "as_posix"}
)
# a chain of names that lead to each other in a circle ends here
_DEEPEST = 20

_PREPENDING = ("syspath_prepend", "syspathinsert")
_ADDING = frozenset({"addsitedir", *_PREPENDING})
# `sys.path`, or `sys` under another name, or what is imported from it
_TELLING = {"sys": re.compile(r"sys\s*(?:\.\s*path\b|as\b|\\)"), "from": re.compile(r"from\s+sys\b")}


@dataclass(frozen=True, slots=True)
class SearchPath:
    """The folders a file puts on `sys.path`; `is_complete` is false if some could not be evaluated.

    `is_complete_after_tests`: the same of those that stay there after the test that puts them there.
    """

    folders: tuple[Path, ...] = ()
    is_complete: bool = True
    is_complete_after_tests: bool = True


def may_add(facts: ModuleFacts) -> bool:
    """Whether a file may add anything to `sys.path`: a cheap question before a walk over it."""
    return facts.may_match(_TELLING) or facts.may_speak_of(*_ADDING)


def search_path(path: Path, facts: ModuleFacts) -> SearchPath:
    """What the file at `path` adds to `sys.path`, wherever in it: in functions, too, as they may be called."""
    added = [each for statement in statements_of_all(facts.body) for each in _added(statement)]
    passing = [each for statement in statements_of_all(facts.body) for each in _prepended(statement)]
    if not added and not passing:
        return SearchPath()
    names = _assigned(facts)
    folders = [_evaluate(each, path, names) for each in (*added, *passing)]
    known = tuple(Path(os.path.normpath(path.parent / each)) for each in folders if each is not None)
    return SearchPath(known, None not in folders, None not in folders[: len(added)])


def _prepended(statement: Statement) -> Iterator[Expression]:
    """What `monkeypatch` and `pytester` put on `sys.path` for one test."""
    for part in _calls(statement):
        if isinstance(part.function, Attribute) and part.function.attr in _PREPENDING:
            yield part.arguments[0].value if part.arguments else Opaque()


def _calls(statement: Statement) -> Iterator[Call]:
    """The calls that are statements of their own, or stand in one: nobody keeps what these return."""
    if isinstance(statement, Evaluate):
        yield from (part for part in subexpressions(statement.value) if isinstance(part, Call))


def _added(statement: Statement) -> Iterator[Expression]:
    """The expressions whose values a statement puts on `sys.path`; an opaque one stands for what cannot be told."""
    match statement:
        case Assign(targets=(target,), value=value) if _is_sys_path(target):
            yield from _items(value)
        case Assign(targets=(Subscript(value=target),), value=value) if _is_sys_path(target):
            yield from _items(value)
    for call in _calls(statement):
        yield from _added_by_call(call)


def _added_by_call(call: Call) -> Iterator[Expression]:
    values = [argument.value for argument in call.arguments]
    match call.function:
        case Attribute(value=target, attr="insert") if _is_sys_path(target):
            yield values[-1] if len(values) == 2 else Opaque()
        case Attribute(value=target, attr="append") if _is_sys_path(target):
            yield values[0] if values else Opaque()
        case Attribute(value=target, attr="extend") if _is_sys_path(target):
            yield from _items(values[0]) if values else (Opaque(),)
        case Attribute(attr="addsitedir"):
            yield values[0] if values else Opaque()


def _items(value: Expression) -> Iterator[Expression]:
    """The folders in a list that is assigned or added to `sys.path`, which may itself be part of it."""
    match value:
        case _ if _is_sys_path(value):
            return
        case Collection(items=items):
            yield from (item for item in items if not (isinstance(item, Starred) and _is_sys_path(item.value)))
        case Opaque(parts=parts, operator="+"):
            for part in parts:
                yield from _items(part)
        case Call(function=Name(id="list"), arguments=(argument,)):
            yield from _items(argument.value)
        case _:
            yield Opaque()


def _is_sys_path(expression: Expression) -> bool:
    match expression:
        case Attribute(value=Name(id="sys"), attr="path"):
            return True
        case Subscript(value=inner):
            return _is_sys_path(inner)
    return False


def _assigned(facts: ModuleFacts) -> dict[str, Expression]:
    """What each name of the file is assigned; a name with two values has none that is known."""
    found: dict[str, Expression] = {}
    for statement in statements_of_all(facts.body):
        match statement:
            case Assign(targets=(Name(id=name),), value=value) | Annotate(target=Name(id=name), value=value) if value:
                found[name] = value if found.get(name, value) == value else Opaque()
    return found


def _evaluate(expression: Expression, path: Path, names: Mapping[str, Expression], depth: int = 0) -> str | None:
    """The path that an expression stands for, None if that cannot be told."""

    def value(inner: Expression) -> str | None:
        return _evaluate(inner, path, names, depth + 1)

    if depth > _DEEPEST:
        return None
    match expression:
        case Constant(value=str() as text):
            return text
        case Name(id="__file__"):
            return str(path)
        case Name(id=name) if name in names:
            return value(names[name])
        case Attribute(attr="pardir"):
            return os.pardir
    return _evaluate_compound(expression, value)


def _evaluate_compound(expression: Expression, value: Callable[[Expression], str | None]) -> str | None:
    match expression:
        case Attribute(attr="parent", value=inner):
            return _parent(value(inner))
        case Subscript(value=Attribute(value=inner, attr="parents"), index=Constant(value=int() as count)):
            return _parent(value(inner), count + 1)
        case Call():
            return _evaluate_call(expression, [value(each) for each in _operands(expression)])
        case Opaque(parts=operands, operator=str() as operator):
            return _joined([value(each) for each in operands], operator)
    return None


def _operands(call: Call) -> tuple[Expression, ...]:
    values = tuple(argument.value for argument in call.arguments)
    match call.function:
        case Attribute(value=Name(id="os" | "path" | "osp" | "pathlib")) | Attribute(value=Attribute(attr="path")):
            return values
        case Attribute(value=receiver):
            return receiver, *values
    return values


def _evaluate_call(call: Call, operands: list[str | None]) -> str | None:
    known = [each for each in operands if each is not None]
    if not known or len(known) < len(operands):
        return None
    match call.function:
        case Name(id=name) | Attribute(attr=name):
            if name == "dirname":
                return _parent(known[0])
            if name in ("join", "joinpath") or (name in ("Path", "PurePath") and len(known) > 1):
                return os.path.join(*known)  # noqa: PTH118  # it is os.path.join that is evaluated
            return known[0] if name in _SAME_PATH else None
    return None


def _parent(path: str | None, count: int = 1) -> str | None:
    if path is None:
        return None
    for _ in range(count):
        path = os.path.dirname(path)  # noqa: PTH120  # `..` counts as a folder, as it does for the program
    return path


def _joined(operands: list[str | None], operator: str) -> str | None:
    """`a / b` is a path of paths, `a + b` text."""
    known = [each for each in operands if each is not None]
    if len(known) < len(operands):
        return None
    return os.path.join(*known) if operator == "/" else "".join(known)  # noqa: PTH118
