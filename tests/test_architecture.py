"""The house is as its plan says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.tree import PACKAGE, modules, sentence, tree_in_docs, tree_on_disk

MODULE_LINES = 300
RULE_LINES = 80
FUNCTION_LINES = 40
BANNED = {"utils", "helpers", "common", "misc", "manager", "handler", "processor"}


def test_the_tree_in_the_docs_is_the_tree_on_disk() -> None:
    assert tree_on_disk() == tree_in_docs(), "write it anew: python -m tests.derived"


def test_every_module_says_what_it_is_in_one_sentence() -> None:
    one_sentence = re.compile(r"(?:(?![.!?] [A-Z])[^\n])+\.")
    assert [] == [name_of(module) for module in modules() if not one_sentence.fullmatch(sentence(module))]


def test_every_module_fits_on_a_few_screens() -> None:
    sizes = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in modules()}
    assert [] == [f"{name_of(module)}: {size}" for module, size in sizes.items() if size > ceiling(module)]


def ceiling(module: Path) -> int:
    return RULE_LINES if module.parent.name == "rules" and module.name != "__init__.py" else MODULE_LINES


def test_every_function_fits_on_one_screen() -> None:
    sizes = [(module, node.name, lines_of(node)) for module in modules() for node in functions(module)]
    assert [] == [f"{name_of(module)}: {name}: {size}" for module, name, size in sizes if size > FUNCTION_LINES]


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_every_module_is_named_for_what_it_holds() -> None:
    # a context manager is one
    words = {module: set(module.stem.replace("context_manager", "").split("_")) for module in modules()}
    assert [] == [name_of(module) for module in modules() if BANNED & words[module]]


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def test_every_field_of_the_facts_is_read_by_somebody() -> None:
    sources = [PACKAGE / "facts" / name for name in ("expressions.py", "statements.py", "model.py")]
    fields = {field for source in sources for field in field_names(source)}
    read = {name for module in modules() for name in attributes_read(module)}
    assert set() == fields - read


def field_names(module: Path) -> Iterator[str]:
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            for statement in node.body:
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                    yield statement.target.id


def attributes_read(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.attr
        elif isinstance(node, ast.MatchClass):
            yield from node.kwd_attrs
