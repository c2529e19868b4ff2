"""Where the modules of an environment lie on disk, found without running anything of it."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from lint_ssot.facts.values import dataclass
from lint_ssot.graph.modules.folders import Folders, Kind


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The Python source of a module or package; a `path` of None is a namespace package, which has none."""

    path: Path | None
    is_package: bool


class Environment:
    """The import roots of an environment, the standard library first, and what was found below them."""

    def __init__(self, roots: Iterable[Path]) -> None:
        self.roots = tuple(dict.fromkeys(roots))
        self._folders = Folders()
        self._portions: dict[str, tuple[Path, ...]] = {"": self.roots}
        self._found: dict[str, SourceFile | None] = {}

    def find(self, name: str) -> SourceFile | None:
        """The source of a module by its absolute dotted name, as import would find it in these roots.

        None for what has no source here: unknown modules and extension modules.
        """
        if name not in self._found:
            self._found[name] = self._locate(name)
        return self._found[name]

    def _locate(self, name: str) -> SourceFile | None:
        parent, _, last = name.rpartition(".")
        if not last.isidentifier() or (parent and self.find(parent) is None):
            return None
        portions: list[Path] = []
        for folder in self._portions[parent]:
            found = self._folders.find(folder, last)
            match found.kind:
                case Kind.PACKAGE:
                    self._portions[name] = (found.path.parent,)
                    return SourceFile(found.path, is_package=True)
                case Kind.MODULE:
                    self._portions[name] = ()
                    return SourceFile(found.path, is_package=False)
                case Kind.OPAQUE:
                    return None
                case Kind.NAMESPACE:
                    portions.append(found.path)
        self._portions[name] = tuple(portions)
        return SourceFile(None, is_package=True) if portions else None


def find_environment(python: str | None, base: Path) -> Environment:
    """The environment of an interpreter or virtual environment (relative to `base`).

    By default that is the one in `base` itself, if there is a `.venv`, and behind it the running one.
    """
    if python:
        prefix = _prefix(base / os.path.expanduser(python))  # noqa: PTH111  # the home of nobody is no fault
        return Environment((*_standard_library(), *_packages_of(prefix)))
    return Environment((*_standard_library(), *_own_packages(base), *_running_packages()))


def _standard_library() -> tuple[Path, ...]:
    """The running interpreter's: it is always there, and another version's has nearly the same classes."""
    paths = Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("platstdlib"))
    return tuple(dict.fromkeys((*paths, *(path / "lib-dynload" for path in paths))))


def _own_packages(base: Path) -> Iterator[Path]:
    """What is installed into the virtual environment that most tools make for a project."""
    folder = base / ".venv"
    if (folder / "pyvenv.cfg").is_file():
        yield from _packages_of(folder)


def _running_packages() -> Iterator[Path]:
    """What `sys.path` has, but for the folder that the linter was started in."""
    here = Path.cwd()
    for entry in sys.path:
        path = Path(entry)
        if entry and path != here and _is_folder(path):
            yield path


def _prefix(python: Path) -> Path:
    """The root of the environment that `python`, its interpreter or that root itself, belongs to."""
    if _is_folder(python):
        return python
    folder = python.parent
    return folder.parent if folder.name.lower() in ("bin", "scripts") else folder


def _packages_of(prefix: Path) -> Iterator[Path]:
    base = _base_of_virtual_environment(prefix)
    for root in (prefix,) if base is None else (prefix, base):
        for folder in _site_folders(root):
            yield folder
            yield from _path_lines(folder)


def _site_folders(prefix: Path) -> Iterator[Path]:
    patterns = (
        "lib/python3*/site-packages",
        "lib64/python3*/site-packages",
        "Lib/site-packages",
        "local/lib/python3*/dist-packages",
        "lib/python3/dist-packages",
    )
    for pattern in patterns:
        yield from sorted(prefix.glob(pattern))


def _path_lines(folder: Path) -> Iterator[Path]:
    """The folders that `.pth` files add: by their plain lines only, as those that are code are not run."""
    for file in sorted(folder.glob("*.pth")):
        for line in _lines(file):
            if line and not line.startswith(("#", "import ", "import\t")) and _is_folder(folder / line):
                yield folder / line


def _base_of_virtual_environment(prefix: Path) -> Path | None:
    """The root of the environment below a virtual one, if its packages count too."""
    settings = {
        key.strip().lower(): value.strip()
        for key, _, value in (line.partition("=") for line in _lines(prefix / "pyvenv.cfg"))
    }
    if settings.get("include-system-site-packages", "").lower() != "true" or not settings.get("home"):
        return None
    return _prefix(Path(settings["home"], "python"))


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  # Path has no word for a name that is too long


def _lines(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return []
