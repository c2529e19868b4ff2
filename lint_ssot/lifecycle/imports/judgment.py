"""Everything that is wrong with the imports of a module."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from lint_ssot.facts.expressions import Collection, Constant, Expression, Name, Position
from lint_ssot.facts.statements import Annotate, Assign, Import, ImportFrom
from lint_ssot.facts.traversal import expressions, statements, subexpressions
from lint_ssot.graph.definitions import Missing, Module
from lint_ssot.graph.modules.modules import Modules
from lint_ssot.graph.names.exported import public_names
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.collecting.files import run_today
from lint_ssot.lifecycle.imports.cycles import circular
from lint_ssot.lifecycle.imports.problems import ImportFault, ImportProblem
from lint_ssot.lifecycle.imports.resolution import failures, module_failure
from lint_ssot.lifecycle.imports.swallowed import told
from lint_ssot.lifecycle.imports.type_checking import unbound_at_run_time
from lint_ssot.lifecycle.imports.walk import Walk
from lint_ssot.lifecycle.invocation import Invocation, Program

# what test suites call the files that they expect to fail
_BROKEN = ("broken", "faulty", "invalid")


def import_problems(module: Module, names: Names, depth: int | None) -> tuple[ImportProblem, ...]:
    """Every import problem of the module, in order; `depth` is what `package_depth` tells."""
    if module.path is None or _is_ignored(module.path, module, names) or _is_meant_to_fail(module.path, names):
        return ()
    found = dict.fromkeys(_problems(module, names, depth))
    return tuple(sorted(found, key=lambda problem: (problem.at, problem.name)))


def package_depth(module: Module, modules: Modules, invocation: Invocation) -> int | None:
    """How many packages a test file surely stands in, that is how many dots its relative imports may have.

    None if that depends on how it is run.
    pytest counts folders with `__init__.py` (`prepend`, `append`), unittest those below where it starts.
    """
    path = module.path
    if path is None or not invocation.is_certain:
        return None
    depth = len(path.parent.relative_to(modules.top(module, path.parent)).parts)
    if invocation.program is Program.UNITTEST:
        return 0 if depth == 0 and path.parent == modules.project.root else None
    return depth if modules.is_collected(path) and modules.project.pytest.import_mode != "importlib" else None


def _problems(module: Module, names: Names, depth: int | None) -> Iterator[ImportProblem]:
    def judge(statement: Import | ImportFrom) -> tuple[ImportProblem, ...]:
        return tuple(failures(statement, module, names, depth)) or tuple(circular(statement, module, names))

    walk = Walk(module, names, judge)
    walk.run()
    for failing in walk.failing:
        yield from told(failing, walk.failing, module, names)
    yield from _missing_plugins(module, names)
    yield from _ghosts(module, names)
    yield from unbound_at_run_time(module, names)


def _missing_plugins(module: Module, names: Names) -> Iterator[ImportProblem]:
    """`pytest_plugins = ["tests.fixtures"]` is an import; pytest reads it in conftest and test modules."""
    if module.path is None or not names.modules.is_collected(module.path):
        return
    for at, value in _assigned(module, "pytest_plugins"):
        items = value.items if isinstance(value, Collection) else (value,)
        for item in items:
            if isinstance(item, Constant) and isinstance(item.value, str):
                for name in item.value.split(","):
                    problem = module_failure(name.strip(), at, module, names)
                    if problem is not None:
                        yield problem


def _ghosts(module: Module, names: Names) -> Iterator[ImportProblem]:
    """The names in the module's own `__all__` that it lacks: whoever imports `*` fails."""
    at = next((at for at, _ in _assigned(module, "__all__")), None)
    if at is None:
        return
    for name in sorted(public_names(module) or ()):
        if names.lookup(module, name) == Missing(module.name, name):
            yield ImportProblem(at, ImportFault.MISSING_NAME, name, "is in `__all__`, and nothing defines it")


def _assigned(module: Module, name: str) -> Iterator[tuple[Position, Expression]]:
    for statement in statements(module.facts.body):
        match statement:
            case Assign(targets=(Name(id=bound, at=at),), value=value) if bound == name:
                yield at, value
            case Annotate(target=Name(id=bound, at=at), value=value) if bound == name and value is not None:
                yield at, value


def _is_meant_to_fail(path: Path, names: Names) -> bool:
    """Whether the path of a file that nobody collects says that it is broken on purpose: `tests/broken_app/urls.py`."""
    root = names.modules.project.root
    if names.modules.is_collected(path) or not path.is_relative_to(root):
        return False
    words = {word for part in path.relative_to(root).with_suffix("").parts for word in part.lower().split("_")}
    return not words.isdisjoint(_BROKEN)


def _is_ignored(path: Path, module: Module, names: Names) -> bool:
    """Whether a conftest may keep pytest from collecting the file: `collect_ignore`, `collect_ignore_glob`."""
    for conftest in names.modules.conftests(path):
        if conftest.path is not None and conftest is not module:
            relative = path.relative_to(conftest.path.parent)
            for pattern in _ignored_patterns(conftest):
                if any(fnmatch(str(each), pattern) for each in (relative, *relative.parents) if each.name):
                    return True
    return False


def _ignored_patterns(conftest: Module) -> Iterator[str]:
    for statement in statements(run_today(conftest.facts.body)):
        parts = [part for each in expressions(statement) for part in subexpressions(each)]
        if any(isinstance(part, Name) and part.id.startswith("collect_ignore") for part in parts):
            for part in parts:
                if isinstance(part, Constant) and isinstance(part.value, str):
                    yield part.value
