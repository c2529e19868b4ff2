"""What casts doubt on the absence of a module: whatever could put it there without a file of that name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Protocol

from lint_ssot.graph.definitions import Module
from lint_ssot.graph.modules.folders import Folders, Found, Kind
from lint_ssot.graph.modules.search_path import SearchPath
from lint_ssot.graph.names.mentions import Mentions
from lint_ssot.graph.projects.project import Project
from lint_ssot.graph.projects.requirements import normalized

# written by build tools: setuptools_scm, hatch-vcs, protoc, thrift, ANTLR, Cython …
_GENERATED = (
    "_version",
    "version",
    "_build*",
    "*_pb2",
    "*_pb2_grpc",
    "*generated*",
    "*autogen*",
    "ttypes",
    "*Parser",
    "*Lexer",
)
# names whose mere mention means that importing is not as usual
_IMPORT_MAGIC = frozenset(
    {"extend_path", "declare_namespace", "meta_path", "path_hooks", "exec_module", "module_from_spec"}
)
# and those of them by which a file changes it for others
_FINDERS = (b"meta_path", b"path_hooks")


class _Modules(Protocol):
    """The part of `Modules` that is needed here."""

    project: Project
    folders: Folders

    def at(self, path: Path) -> Module: ...

    def conftests(self, path: Path) -> tuple[Module, ...]: ...

    def search_path(self, module: Module) -> SearchPath: ...

    def mentions(self, module: Module) -> Mentions: ...

    def contains(self, module: Module, *words: bytes) -> bool: ...

    def imported_by(self, module: Module) -> tuple[Module, ...]: ...


def doubt(name: str, trail: tuple[Found, ...], importer: Module | None, modules: _Modules) -> str | None:
    """Why `name` may exist although only `trail`, its first packages, was found; None if it cannot."""
    top = name.partition(".")[0]
    if trail[0].kind is Kind.NAMESPACE and not _holds_tests(trail[0].path, modules):
        return f"`{top}` may be an installed package, the folder here has no __init__.py"
    if _is_required(top, trail[0].kind, modules.project):
        return f"`{top}` is also something that the project installs"
    if _is_in_environment(name, modules):
        return f"`{name}` is installed"
    if _is_generated(name, trail, modules):
        return f"`{name}` may be generated"
    return _magic(name, trail, importer, modules)


def _holds_tests(folder: Path, modules: _Modules) -> bool:
    """Whether a folder is certainly the project's own, as there are tests in it."""
    patterns = (*modules.project.pytest.python_files, "conftest.py")

    def tests_in(each: Path, depth: int) -> bool:
        names = modules.folders.names(each)
        if any(name.endswith(".py") and fnmatch(name, pattern) for name in names for pattern in patterns):
            return True
        return depth > 0 and any(name.isidentifier() and tests_in(each / name, depth - 1) for name in names)

    return tests_in(folder, 2)


def may_be_installed(top: str, modules: _Modules) -> bool:
    """Whether an installed package may have this name, rather than a folder of the project without __init__.py."""
    if normalized(top) in modules.project.requirements:
        return True
    kinds = (modules.folders.find(root, top).kind for root in _environment())
    return any(kind not in (Kind.NAMESPACE, Kind.NOTHING) for kind in kinds)


def _is_required(top: str, kind: Kind, project: Project) -> bool:
    """Whether an installed package may share the name with a folder that has no `__init__.py`.

    A package of the project stands before the installed ones on the path, wherever its root is on it at all.
    """
    name = normalized(top)
    required = (each == name or each.startswith(name + "-") for each in project.requirements)
    return kind is Kind.NAMESPACE and any(required)


def _environment() -> Iterator[Path]:
    """The folders of installed packages; the others on the path are those of whatever is being worked on."""
    folders = (Path(entry) for entry in sys.path)
    return (folder for folder in folders if folder.name in ("site-packages", "dist-packages"))


def _is_in_environment(name: str, modules: _Modules) -> bool:
    """Whether the module is installed beside the linter, be it as a copy of the project."""
    return any(_exists(root, name.split("."), modules.folders) for root in _environment())


def _exists(root: Path, parts: list[str], folders: Folders) -> bool:
    for part in parts:
        if folders.find(root, part).kind is Kind.NOTHING:
            return False
        root = root / part
    return True


def _is_generated(name: str, trail: tuple[Found, ...], modules: _Modules) -> bool:
    """Whether a build tool may write the module, on this machine or on another."""
    last = trail[-1]
    if last.kind is Kind.MODULE:
        return False
    parts = name.split(".")
    if any(fnmatch(part, pattern) for part in parts for pattern in _GENERATED):
        return True
    folder = last.path if last.kind is Kind.NAMESPACE else last.path.parent
    return _is_ignored(folder / parts[len(trail)], modules.project.root, modules.folders)


def _is_ignored(path: Path, root: Path, folders: Folders) -> bool:
    """Whether git ignores a module of this name: then it may exist on other machines."""
    for folder in path.parents:
        if ".gitignore" in folders.names(folder):
            relative = path.relative_to(folder).as_posix()
            if any(_matches(pattern, relative) for pattern in _patterns(folder / ".gitignore")):
                return True
        if folder == root:
            break
    return False


def _patterns(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        pattern = line.strip()
        if pattern and pattern[0] not in "#!":
            yield pattern


def _matches(pattern: str, relative: str) -> bool:
    """Whether a pattern of .gitignore fits the module, as a file or as a folder, or a folder above it."""
    is_anchored = "/" in pattern.rstrip("/")
    pattern = pattern.strip("/").removeprefix("**/")
    parts = relative.split("/")
    for count in range(1, len(parts) + 1):
        above = "/".join(parts[:count])
        candidates = [above, above + ".py"] if count == len(parts) else [above]
        if not is_anchored:
            candidates = [each.rpartition("/")[2] for each in candidates]
        if any(fnmatch(each, pattern) for each in candidates):
            return True
    return False


def _magic(name: str, trail: tuple[Found, ...], importer: Module | None, modules: _Modules) -> str | None:
    """Whether a file that runs before the import changes what can be imported.

    A package's `__getattr__` does not: the import system asks its `__path__` only (importlib, `_find_and_load`).
    """
    inits = [modules.at(found.path) for found in trail if found.kind in (Kind.PACKAGE, Kind.MODULE)]
    earlier = [] if importer is None else [importer]
    if importer is not None and importer.path is not None:
        earlier += modules.conftests(importer.path)
    word = name.rpartition(".")[2].encode()
    for module in (*inits, *earlier):
        if module.facts.trouble is not None and module is not importer:
            return f"`{module.name}` cannot be read"
        if not _is_told(modules.search_path(module), trail):
            return f"`{module.name}` changes `sys.path` in a way that cannot be told"
        if _changes_imports(module, name, modules.mentions(module)):
            return f"`{module.name}` changes what can be imported"
        if any(_may_put(each, name, word, modules) for each in modules.imported_by(module)):
            return f"`{module.name}` imports what may change what can be imported"
    if _is_spelled(name, (*inits, *earlier), modules):
        return f"`{name}` may be given to what writes to `sys.modules`"
    return None


def _may_put(module: Module, name: str, word: bytes, modules: _Modules) -> bool:
    """Whether an imported module finds modules its own way, or spells the end of one it may put into `sys.modules`."""
    if any(modules.contains(module, each) and modules.mentions(module).names(each.decode()) for each in _FINDERS):
        return True
    if not modules.contains(module, b"sys.modules", word):
        return False
    seen = modules.mentions(module)
    return seen.magic.writes_modules or (seen.magic.uses_modules and _is_named_in(seen, name))


def _is_told(path: SearchPath, trail: tuple[Found, ...]) -> bool:
    """Whether no folder that could hold the module comes to `sys.path` from where nobody can tell.

    What is there for one test only comes too late for a package with `__init__.py`: its own folder is all it has.
    """
    return path.is_complete_after_tests if trail[0].kind is Kind.PACKAGE else path.is_complete


def _changes_imports(module: Module, name: str, seen: Mentions) -> bool:
    if seen.names(*_IMPORT_MAGIC) or seen.magic.changes_path:
        return True
    if not seen.magic.uses_modules:
        return False
    if seen.magic.is_given_keys and name.startswith(module.name + "."):
        return True
    return seen.magic.computes_keys or _is_named_in(seen, name)


def _is_named_in(seen: Mentions, name: str) -> bool:
    """Whether a file spells the name, or that of a package above it."""
    return any(text == name or name.startswith(text + ".") for text in seen.texts)


def _is_spelled(name: str, files: tuple[Module, ...], modules: _Modules) -> bool:
    """Whether a key that is given to `sys.modules` may be this name: then it is written somewhere, at least its end."""
    if not any(modules.mentions(each).magic.is_given_keys for each in files):
        return False
    end = name.rpartition(".")[2]
    begins = {text for each in files for text in modules.mentions(each).texts if text.endswith(".")}
    if any(name.startswith(text) for text in begins):
        return True
    if any(end in text for each in files for text in modules.mentions(each).texts):
        return True
    return any(modules.contains(other, end.encode()) for each in files for other in modules.imported_by(each))
