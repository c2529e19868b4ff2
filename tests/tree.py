"""The tree in `docs/architecture.md`: every module and its sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "lint_ssot"
PAGE = ROOT / "docs" / "architecture.md"

_TREE = re.compile(r"(?<=```text\n)lint_ssot/.*?(?=```)", re.DOTALL)


def sentence(module: Path) -> str:
    """The docstring of a module."""
    return ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""


def modules() -> list[Path]:
    """Every module of the package, none of the stubs that it ships as data."""
    return sorted(PACKAGE.rglob("*.py"))


def tree_on_disk() -> str:
    """The tree as it has to stand in the page: a package's sentence stands beside its folder."""
    rows = list(_rows(PACKAGE, ""))
    width = max(len(name) for name, _ in rows)
    return "".join(f"{name:{width}}  {said}\n" for name, said in rows)


def _rows(folder: Path, indent: str) -> Iterator[tuple[str, str]]:
    yield f"{indent}{folder.name}/", sentence(folder / "__init__.py")
    for path in sorted(folder.iterdir(), key=lambda path: (path.is_file(), path.name)):
        if (path / "__init__.py").is_file():
            yield from _rows(path, indent + "  ")
        elif path.suffix == ".py" and path.name != "__init__.py":
            yield f"{indent}  {path.name}", sentence(path)


def tree_in_docs() -> str:
    """The tree that stands in the page."""
    found = _TREE.search(PAGE.read_text(encoding="utf-8"))
    return found[0] if found else ""


def write() -> None:
    """Write the tree into the page."""
    PAGE.write_text(_TREE.sub(lambda _: tree_on_disk(), PAGE.read_text(encoding="utf-8"), count=1), encoding="utf-8")
