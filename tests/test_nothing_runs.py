"""Nothing of a project is run to judge it: a suite full of traps is linted by every surface, and no trap springs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.projects import write_project

pytestmark = pytest.mark.hosts

TRAP = """\
import os, pathlib, socket, subprocess
pathlib.Path(__file__).with_name("SPRUNG").write_text("")
socket.socket().close()
subprocess.run(["true"])
os._exit(3)
"""
TEST = """\
import sys

import pytest
import unittest
from springs import *
from package.base import Base, decorator, gone
import compiled
import libcst
import native
from installed import Base as Installed

sys.path.insert(0, __import__("springs").path())
pytest_plugins = ["springs"]


def boom():
    exec('import springs')


@decorator(boom())
class TestTrap(Base, metaclass=type("Meta", (type,), {"x": boom()})):
    value = [boom() for _ in range(3)]

    @pytest.mark.skipif("__import__('springs')")
    @pytest.mark.parametrize("a", boom())
    def test_a(self, a=boom()):
        with Base() as manager:
            assert self.nothing, f"{boom()}"


class TestInstalled(Installed):
    def test_a(self):
        with native.manager():
            assert self.nothing


class TestCase(unittest.TestCase):
    def setUpClass(self):
        self.map = eval("__import__('springs')")

    async def setUp(self):
        self.bus = []

    def test_it(self):
        self.assertEqual({}, self.map, self.bus)
"""
FILES = {
    "springs.py": TRAP,
    "conftest.py": TRAP + "import pytest\npytest_plugins = ['springs']\n\n@pytest.fixture\ndef a(): ...\n",
    "setup.py": TRAP + "from setuptools import setup\nsetup(entry_points={'pytest11': ['evil = springs']})\n",
    "noxfile.py": TRAP,
    "sitecustomize.py": TRAP,
    "usercustomize.py": TRAP,
    "libcst.py": TRAP,
    "astroid.py": TRAP,
    "rich/__init__.py": TRAP,
    "package/__init__.py": TRAP,
    "package/base.py": TRAP + "class Base:\n    def __init_subclass__(cls): exec('')\ndef decorator(x): return x\n",
    "compiled.so": "\x7fELF garbage",
    "compiled.cpython-311-x86_64-linux-gnu.so": "\x7fELF garbage",
    "evil.pth": "import springs\n",
    "evil-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n",
    "evil-1.0.dist-info/entry_points.txt": "[flake8.extension]\nEVL = springs:Plugin\n[pytest11]\nevil = springs\n",
    "environment/bin/python": "#!/bin/sh\ntouch SPRUNG\n",
    "environment/pyvenv.cfg": "home = /nowhere\ncommand = touch SPRUNG\n",
    "environment/lib/python3.11/site-packages/evil.pth": "import springs; springs.go()\n",
    "environment/lib/python3.11/site-packages/sitecustomize.py": TRAP,
    "environment/lib/python3.11/site-packages/gone.py": TRAP,
    ".venv/bin/python": "#!/bin/sh\ntouch SPRUNG\n",
    ".venv/pyvenv.cfg": "home = ../../..\ninclude-system-site-packages = true\nversion = $(touch SPRUNG)\n",
    ".venv/lib/python3.11/site-packages/evil.pth": "import springs; springs.go()\n../../../../..\n/\n\0\n",
    ".venv/lib/python3.11/site-packages/sitecustomize.py": TRAP,
    ".venv/lib/python3.11/site-packages/installed.py": TRAP + "class Base: ...\n",
    ".venv/lib/python3.11/site-packages/native.cpython-311-x86_64-linux-gnu.so": "\x7fELF garbage",
    ".venv/lib/python3.11/site-packages/evil-1.0.dist-info/entry_points.txt": "[pytest11]\nevil = springs\n",
    ".lint_ssot_cache/store.sqlite": "cos\nsystem\n(S'touch SPRUNG'\ntR.",
    ".lint_ssot_cache/facts.pickle": "cos\nsystem\n(S'touch SPRUNG'\ntR.",
    "pyproject.toml": """\
[build-system]
requires = ["springs"]
build-backend = "springs"
backend-path = ["."]
[project]
name = "evil"
dynamic = ["version", "dependencies"]
[tool.setuptools.dynamic]
version = { attr = "springs.__version__" }
[tool.pytest.ini_options]
addopts = "-p springs --import-mode=`touch SPRUNG` $(touch SPRUNG)"
pythonpath = [".", "../..", "/", "$(touch SPRUNG)"]
python_files = ["test_*.py", "((("]
python_classes = "(a+)+$ Test"
[tool.coverage.run]
plugins = ["springs"]
""",
    "setup.cfg": "[flake8]\nssot-base-classes = package.base.Base\nssot-extra-hooks = boom\n",
    "tests/test_a.py": TEST,
    "tests/sub/__init__.py": TRAP,
    "tests/sub/test_b.py": TEST.replace("from package.base", "from ...package.base"),
    "tests/sub/conftest.py": TRAP,
}


def watched(folder: Path, *arguments: str) -> Any:
    write_project(folder, FILES)
    (folder / "environment/bin/python").chmod(0o755)
    program = Path(__file__).with_name("watched.py")
    done = subprocess.run(
        [sys.executable, str(program), *arguments], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert ("", 0) == (done.stderr, done.returncode)
    return json.loads(done.stdout)


def test_no_trap_springs(tmp_path: Path) -> None:
    assert {"seen": [], "ends": []} == watched(tmp_path)
    assert [] == [*tmp_path.rglob("SPRUNG")]
    assert "def setUp(self)" in (tmp_path / "tests" / "test_a.py").read_text(encoding="utf-8")  # it was mended, too


def test_no_trap_springs_in_processes_that_share_the_work(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)
    # isolated, as a module of the project is imported in the place of ours otherwise
    command = [sys.executable, "-I", "-m", "flake8", "--select=LSS", "--ssot-cache-dir=none", "-j2", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert ("", 1) == (done.stderr, done.returncode)
    assert [] == [*tmp_path.rglob("SPRUNG")]


def test_the_watcher_would_see_it(tmp_path: Path) -> None:
    write_project(tmp_path, {"harmless.py": "import socket\nsocket.socket().close()\n"})
    traps = {**FILES, "springs.py": FILES["springs.py"].replace("os._exit(3)", "")}
    write_project(tmp_path, traps)
    program = Path(__file__).with_name("watched.py")
    done = subprocess.run(
        [sys.executable, str(program), "control"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    seen = [each.partition(" ")[0] for each in json.loads(done.stdout)["seen"]]
    assert {"exec", "socket.__new__", "subprocess.Popen"} <= set(seen)
