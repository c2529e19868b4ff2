"""Random modules, run by Python and read by us: what we know must be so."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Missing
from tests.graph.graphs import graph

MODULES = ("a", "b", "c", "d", "e")
NAMES = ("K", "L", "M", "N")
PROJECTS = 150

# says for each module of each project what its names are, or what its import raised
RUN = """
import importlib, json, sys
found = {}
for project in sys.argv[1:]:
    for module in "abcde":
        for known in [name for name in sys.modules if name.partition(".")[0] == project]:
            del sys.modules[known]
        try:
            names = vars(importlib.import_module(f"{project}.{module}"))
        except Exception as error:
            continue
        told = lambda value: [value.__module__, value.__qualname__] if hasattr(value, "__qualname__") else repr(value)
        found[f"{project}.{module}"] = {name: told(names[name]) for name in "KLMN" if name in names}
print(json.dumps(found))
"""


SIMPLE = (
    "class {name}: pass",
    "def {name}(): pass",
    "{name} = {other}",
    "{name}, {other} = {other}, {name}",
    "{name} = 1",
    "from .{source} import {other} as {name}",
    "from .{source} import *",
    "from . import {source} as {name}",
    "del {name}",
    "__all__ = ['{name}', '{other}']",
)
COMPOUND = (
    ("if chance():", "else:"),
    ("if True:", "else:"),
    ("if not True:", "else:"),
    ("try:", "except ImportError:"),
    ("with suppress(ImportError):", "if chance():"),
    ("for {name} in range(chance()):", "else:"),
)


def statements(chance: random.Random, sources: tuple[str, ...], depth: int = 0) -> Iterator[str]:
    """A few random statements that bind, unbind and import names."""
    for _ in range(chance.randint(1, 4)):
        words = {"name": chance.choice(NAMES), "other": chance.choice(NAMES), "source": chance.choice(sources)}
        if depth < 2 and chance.random() < 0.35:
            for head in chance.choice(COMPOUND):
                # an import that fails must be caught, or the modules that import this one fail as well
                inner = (*sources, "gone") if head in ("try:", "with suppress(ImportError):") else sources
                yield head.format(**words)
                yield from (f"    {line}" for line in statements(chance, inner, depth + 1))
        else:
            yield chance.choice(SIMPLE).format(**words)


def sources(seed: int) -> dict[str, str]:
    """A package of five modules."""
    chance = random.Random(seed)
    head = f"from contextlib import suppress\ndef chance(): return {chance.randint(0, 1)}\n"
    files = {"__init__.py": ""}
    for position, module in enumerate(MODULES):
        # no circles: what a module has while it is only half run is another question
        later = MODULES[position + 1 :]
        # each name is bound at first, or nearly every module would raise NameError
        first = "".join(f"class {name}: pass\n" for name in NAMES if chance.random() < 0.7)
        rest = "\n".join(statements(chance, later)) if later else ""
        files[f"{module}.py"] = f"{head}{first}{rest}\n"
    return files


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("projects")
    files = {f"p{seed}/{name}": text for seed in range(PROJECTS) for name, text in sources(seed).items()}
    graph(folder, files)
    return folder


def test_what_is_known_of_a_name_is_what_python_finds(projects: Path) -> None:
    arguments = [sys.executable, "-c", RUN, *(f"p{seed}" for seed in range(PROJECTS))]
    run = subprocess.run(arguments, cwd=projects, capture_output=True, text=True, timeout=120, check=True)
    found: dict[str, dict[str, object]] = json.loads(run.stdout)
    names = graph(projects, {"p0/__init__.py": ""}).names
    known = 0
    for module, values in found.items():
        project = module.partition(".")[0]
        if any(f"{project}.{each}" not in found for each in MODULES):
            # that an import fails because of what the other module imports is not followed
            continue
        for name in NAMES:
            ours = names.lookup(names.modules.at(projects / f"{module.replace('.', '/')}.py"), name)
            match ours:
                case Missing(module=where, name=what):
                    assert name not in values, f"{module}.{name} is not missing {where}.{what}"
                case ClassDefinition() | FunctionDefinition() if name in values:
                    assert values[name] == [ours.module.name, ours.node.qualname], f"{module}.{name}"
                case _:
                    continue
            known += 1
    # so that the test cannot come to compare nothing
    assert known > 2 * PROJECTS
