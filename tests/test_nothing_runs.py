"""Nothing of a project is run to judge it: a suite full of traps is linted by every surface, and no trap springs."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.language_client import language_server
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


HOST = [sys.executable, str(Path(__file__).with_name("watched_host.py"))]
QUIET = {name: {"enabled": False} for name in ("pycodestyle", "pyflakes", "mccabe", "jedi_hover")}


@pytest.mark.skipif(sys.platform == "win32", reason="the flake8 of the test is a shell script")
@pytest.mark.parametrize("is_by_flake8", [True, False], ids=["flake8", "plug-in"])
def test_no_trap_springs_in_a_language_server(is_by_flake8: bool, tmp_path: Path) -> None:
    folder, log, flake8 = tmp_path / "project", tmp_path / "seen", tmp_path / "flake8"
    write_project(folder, FILES)
    flake8.write_text(f'#!/bin/sh\nexec {shlex.join([*HOST, str(log), "flake8"])} "$@"\n', encoding="utf-8")
    flake8.chmod(0o755)
    ours, theirs = {"lint": not is_by_flake8}, {"enabled": is_by_flake8, "executable": str(flake8)}
    with language_server(folder, {**QUIET, "lint_ssot": ours, "flake8": theirs}, [*HOST, str(log), "pylsp"]) as editor:
        for name in ("tests/test_a.py", "tests/sub/test_b.py"):
            editor.open(name, TEST)
            found = editor.diagnostics(name, bool)
            assert {"LSS406", "LSS401"} <= {each["code"] for each in found}
            document = {"uri": editor.uri(name)}
            whole = {"start": {"line": 0, "character": 0}, "end": {"line": 60, "character": 0}}
            context = {"diagnostics": found}
            assert editor.ask("textDocument/codeAction", textDocument=document, range=whole, context=context)
            place = {"line": TEST[: TEST.index("test_it")].count("\n"), "character": 10}
            assert "setUp" in str(editor.ask("textDocument/hover", textDocument=document, position=place))
    assert not log.exists() or "" == log.read_text(encoding="utf-8")
    assert [] == [*tmp_path.rglob("SPRUNG")]


def test_no_trap_springs_before_the_first_test_of_pytest(tmp_path: Path) -> None:
    folder, log = tmp_path / "project", tmp_path / "seen"
    # what pytest imports by itself would spring before anything is linted
    by_pytest = ("conftest.py", "pyproject.toml")
    write_project(folder, {name: text for name, text in FILES.items() if not name.endswith(by_pytest)})
    command = [*HOST, str(log), "pytest", "--ssot", "tests/test_a.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert 2 == done.returncode, done.stdout
    assert "LSS406 `setUpClass`" in done.stdout
    assert not log.exists() or "" == log.read_text(encoding="utf-8")
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


def test_the_watcher_of_hosts_would_see_it(tmp_path: Path) -> None:
    write_project(tmp_path, {**FILES, "springs.py": FILES["springs.py"].replace("os._exit(3)", "")})
    log = tmp_path / "seen"
    # with the project on its path, as it is in none of the tests above
    program = f"import runpy, sys; sys.path[:0] = [{str(Path(HOST[1]).parent)!r}]; sys.path.append({str(tmp_path)!r});"
    program += f"sys.argv = {[HOST[1], str(log), 'springs']!r}; runpy.run_path({HOST[1]!r}, run_name='__main__')"
    subprocess.run([sys.executable, "-I", "-c", program], cwd=tmp_path, timeout=60, check=True)
    seen = [each.partition(" ")[0] for each in log.read_text(encoding="utf-8").splitlines()]
    assert {"exec", "socket.__new__", "subprocess.Popen"} <= set(seen)
