"""What a person means by `tests/test_x.py::TestA::test_b`: tests that are collected, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import accumulate
from pathlib import Path

from lint_ssot.facts.enclosing import enclosing
from lint_ssot.facts.expressions import Position
from lint_ssot.facts.statements import Class, Function
from lint_ssot.facts.traversal import statements
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import ClassDefinition
from lint_ssot.lifecycle.collecting.collection import TestClass, TestMethod
from lint_ssot.lifecycle.collecting.uncollected_tests import (
    class_named,
    why_class_is_not_collected,
    why_function_is_no_test,
    why_method_is_no_test,
    why_no_tests,
)
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.session import read_source
from lint_ssot.surfaces.outcome import CommandError

_AT_LINE = re.compile(r"(?P<path>.+\.py):(?P<line>\d+)(?::\d+)?")
# pytest appends the parameters of one call
_PARAMETERS = re.compile(r"\[.*\]$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file, and the names of what is wanted in it; `line` where a position stands for them."""

    path: Path
    names: tuple[str, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Uncollected:
    """Why what is wanted is not collected."""

    why: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is wanted: a single test, all of a class, or all of the file."""

    test_class: TestClass | None
    test: TestMethod | None


def wanted(node_id: str) -> Wanted:
    """Take a node id, or `path:line`, apart; raises CommandError if there is no such file."""
    at_line = _AT_LINE.fullmatch(node_id)
    written, *names = [at_line["path"]] if at_line else node_id.split("::")
    path = Path(written).absolute()
    if not written:
        raise CommandError("name a test: tests/test_x.py::TestA::test_b")
    if path.is_dir():
        raise CommandError(f"`{written}` is a folder: name a file of tests in it")
    if not path.is_file():
        raise CommandError(f"there is no file `{written}`{_meant(written)}")
    if path.suffix != ".py":
        raise CommandError(f"`{written}` is no Python file")
    names = [_PARAMETERS.sub("", name) for name in names if name]
    return Wanted(path, tuple(names), int(at_line["line"]) if at_line else None)


def _meant(written: str) -> str:
    folder = Path(written).parent
    siblings = [str(each) for each in folder.glob("*.py")] if folder.is_dir() else []
    near = get_close_matches(written, siblings, n=3)
    return f"; did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""


def choose(module: LintedModule, want: Wanted) -> Chosen | Uncollected:
    """What is wanted in the module; raises CommandError if it has nothing of the name."""
    names = want.names if want.line is None else _names_at(module, want.path, want.line)
    if (trouble := module.module.facts.trouble) is not None:
        return Uncollected(f"the file cannot be read: line {trouble.at.line}, {trouble.message}")
    if (why := why_no_tests(module)) is not None:
        return Uncollected(why)
    if not names:
        return Chosen(None, None)
    qualname = ".".join(names)
    return _class(module, qualname) or _method(module, qualname) or _function(module, names)


def _names_at(module: LintedModule, path: Path, line: int) -> tuple[str, ...]:
    count = len(read_source(path).splitlines())
    if not 0 < line <= count:
        raise CommandError(f"`{path.name}` has no line {line}, only {count}")
    around = enclosing(module.module.facts.body, Position(line, 10_000))
    outer = [each for each in around if "<locals>" not in each.qualname]
    return tuple(outer[-1].qualname.split(".")) if outer else ()


def _collected(module: LintedModule, qualname: str) -> TestClass | None:
    return next((each for each in module.test_classes if each.definition.node.qualname == qualname), None)


def _class(module: LintedModule, qualname: str) -> Chosen | Uncollected | None:
    if (found := _collected(module, qualname)) is not None:
        return Chosen(found, None)
    definition = class_named(module.module, qualname)
    return None if definition is None else Uncollected(why_class_is_not_collected(module, definition))


def _method(module: LintedModule, qualname: str) -> Chosen | Uncollected | None:
    owner, _, name = qualname.rpartition(".")
    if (test_class := _collected(module, owner)) is not None:
        test = next((each for each in test_class.tests if each.name == name), None)
        if test is not None:
            return Chosen(test_class, test)
        why = why_method_is_no_test(module, test_class.definition, name)
        return Uncollected(why) if why else _nothing(name, [each.name for each in test_class.tests])
    definition = class_named(module.module, owner) if owner else None
    return None if definition is None else Uncollected(why_class_is_not_collected(module, definition))


def _function(module: LintedModule, names: tuple[str, ...]) -> Chosen | Uncollected:
    for test in module.collection.test_functions():
        if names == (test.name,):
            return Chosen(None, test)
    if len(names) > 1 and class_named(module.module, names[0]) is not None:
        classes = [name for name in accumulate(names, "{}.{}".format) if class_named(module.module, name)]
        raise CommandError(f"`{names[len(classes)]}` is no class of `{classes[-1]}`, and holds no tests")
    why = why_function_is_no_test(module, names[0]) if len(names) == 1 else None
    return Uncollected(why) if why else _nothing(names[0], list(_top_names(module)))


def _top_names(module: LintedModule) -> Iterator[str]:
    for statement in statements(module.module.facts.body):
        if isinstance(statement, (Class, Function)):
            yield statement.name


def _nothing(name: str, known: list[str]) -> Uncollected:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    meant = f"; did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""
    raise CommandError(f"there is no `{name}` in it{meant}")


def uncollected_classes(module: LintedModule) -> Iterator[tuple[ClassDefinition, str]]:
    """The classes of the module that hold methods named as tests and are not collected, and why."""
    for statement in statements(module.module.facts.body):
        if not isinstance(statement, Class) or _collected(module, statement.qualname) is not None:
            continue
        if any(isinstance(each, Function) and each.name.startswith("test") for each in statement.body):
            definition = ClassDefinition(module.module, statement)
            yield definition, why_class_is_not_collected(module, definition)
