"""Files that nobody would write by hand are linted, mended, explained and reported like any others, and soon."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.config import Settings
from lint_ssot.engine import lint
from lint_ssot.lifecycle.effort import Effort, Exhausted
from lint_ssot.rules import RULES
from lint_ssot.session import Session
from tests.projects import write_project

HEAD = "import contextlib\nimport unittest\n\nimport pytest\n\n\nclass TestA:\n"
READ = "        self.nothing\n"
ENDS = "    def test_a(self):\n" + READ


def calls_in_two_states(body: str, depth: int) -> str:
    """Methods that each call the next one in two states of the object."""
    methods = (f"    def m{number}(self):\n" + body.format(number, number + 1) for number in range(depth))
    return f"{HEAD}{''.join(methods)}    def m{depth}(self): ...\n    def test_a(self):\n        self.m0()\n{READ}"


def branches(count: int) -> str:
    chain = "".join(f"        elif f({number}):\n            self.a{number} = 1\n" for number in range(count))
    return f"{HEAD}    def test_a(self):\n        if f():\n            pass\n{chain}{READ}"


def nested_functions(depth: int) -> str:
    heads = "".join("    " * (2 + level) + f"def f{level}():\n" for level in range(depth))
    calls = "".join("    " * (2 + level) + f"f{level}(); f{level}()\n" for level in reversed(range(depth)))
    return f"{HEAD}    def test_a(self):\n{heads}{'    ' * (2 + depth)}self.nothing\n{calls}"


# what stands here is understood all the same
FOLLOWED = {
    "a list of 50,000 elements": HEAD + ENDS + f"X = [{', '.join(map(str, range(50_000)))}]\n",
    "1,200 branches in chains of 300": branches(300) + "".join(branches(300).partition("class")[1:]) * 3,
    "bases of bases": HEAD.replace("TestA", "A0")
    + "    pass\n"
    + "".join(f"class A{n}(A{n - 1}):\n    pass\n" for n in range(1, 60))
    + "class TestA(A59):\n"
    + ENDS,
    "diamonds of diamonds": "class A0: ...\nclass B0: ...\n"
    + "".join(f"class A{n}(A{n - 1}, B{n - 1}): ...\nclass B{n}(A{n - 1}, B{n - 1}): ...\n" for n in range(1, 30))
    + "class TestA(A0):\n"
    + ENDS,
    "fixtures that ask for the two before": "import pytest\n"
    + "".join(f"@pytest.fixture\ndef f{n}(f{max(n - 1, 0)}, f{max(n - 2, 0)}): ...\n" for n in range(60))
    + f"class TestA:\n    def test_a(self, f59):\n{READ}",
    "form feeds": HEAD.replace("\n\n", "\n\f\n") + ENDS + "\f\n",
    "a byte-order mark": "\ufeff" + HEAD + ENDS,
}


@pytest.mark.parametrize("source", FOLLOWED.values(), ids=FOLLOWED)
def test_what_is_merely_much_is_judged(source: str, tmp_path: Path) -> None:
    assert "LSS201" in said_of(source, tmp_path)


# what stands here is given up, with one line about it
GIVEN_UP = {
    "calls in two states": calls_in_two_states(
        "        self.a{0} = 1\n        self.m{1}()\n        del self.a{0}\n        self.m{1}()\n", 39
    ),
    "calls on two ways": calls_in_two_states(
        "        if f():\n            self.a{0} = 1\n            self.m{1}()\n        else:\n            self.m{1}()\n",
        39,
    ),
    "functions in functions": nested_functions(18),
    "1,500 branches": branches(1_500),
    "6,000 operators": f"{HEAD}{ENDS}X = {' + '.join('a' * 6_000)}\n",
    "names for names": "class A0: ...\n"
    + "".join(f"A{n} = A{n - 1}\n" for n in range(1, 5_000))
    + "class TestA(A4999):\n"
    + ENDS,
    "a null byte": HEAD + ENDS + "\0",
}


@pytest.mark.parametrize("source", GIVEN_UP.values(), ids=GIVEN_UP)
def test_what_is_beyond_all_measure_is_given_up_in_one_line(
    source: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "flake8.lint_ssot"):
        assert set() == {code for code in said_of(source, tmp_path) if code in ("LSS000", "LSS201")}
    (line,) = {record.getMessage() for record in caplog.records}
    assert "test_it.py" in line


def said_of(source: str, folder: Path) -> list[str]:
    write_project(folder, {"test_it.py": source})
    session = Session(Settings(cache_dir=None), RULES)
    return [found.code for found in lint(folder / "test_it.py", source.removeprefix("\ufeff"), session)]


def test_effort_is_counted() -> None:
    effort = Effort(2)
    effort.spend(0)
    effort.spend(0)
    with pytest.raises(Exhausted):
        effort.spend(0)


CIRCLES = {
    "itself.py": "class Itself(Itself): ...\n",
    "ping.py": "from pong import *\nfrom pong import B\n\n\nclass A(B): ...\n",
    "pong.py": "from ping import *\nfrom ping import A\n\n\nclass B(A): ...\n",
    "package/__init__.py": "from package import *\nfrom . import package\nfrom .package import Base\n",
    "package/package.py": "from package import Base\n",
    "order.py": "class A: ...\nclass B(A): ...\nclass C(A, B): ...\n",
    "test_circles.py": "from itself import Itself\nfrom order import C\nfrom package import Base\nfrom ping import A\n"
    + "".join(f"class Test{name}({name}):\n    def test_a(self):\n        self.nothing\n" for name in ("Itself", "A"))
    + "class TestBase(Base, C):\n    def test_a(self):\n        self.nothing\n",
    "conftest.py": "from conftest import *\nimport test_circles\n",
}


def write_hostile(folder: Path) -> None:
    write_project(folder, CIRCLES)
    (folder / "folder" / "__init__.py").mkdir(parents=True)
    (folder / "folder" / "test_it.py").write_text("from folder import Base\nfrom . import Other\n")
    (folder / "test_folder.py").mkdir()
    (folder / "test_latin.py").write_bytes(b"# coding: latin-1\nx = '\xe9'\n" + (HEAD + ENDS).encode())
    (folder / "test_bytes.py").write_bytes(b"x = '\xe9'\n" + (HEAD + ENDS).encode())
    (folder / "test_klingon.py").write_bytes(b"# coding: klingon\n" + (HEAD + ENDS).encode())
    (folder / "test_returns.py").write_bytes((HEAD + ENDS).replace("\n", "\r").encode())
    (folder / "test_mixed.py").write_bytes((HEAD + ENDS).replace("\n", "\r\n", 3).encode())
    (folder / "test_null.py").write_bytes((HEAD + ENDS).encode() + b"\0")
    (folder / "test_secret.py").write_text(HEAD + ENDS)
    (folder / "test_secret.py").chmod(0)
    (folder / "test_loop.py").symlink_to("test_loop.py")
    (folder / "test_gone.py").symlink_to("gone.py")
    (folder / "up").symlink_to("..", target_is_directory=True)
    (folder / "setup.cfg").write_bytes(b"[flake8]\nmax-line-length = 200\n")
    (folder / "pyproject.toml").write_bytes(b"[tool.pytest\n\xff")


@pytest.mark.hosts
@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are those of POSIX")
def test_no_surface_stumbles_over_any_file(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    write_hostile(folder)
    program = Path(__file__).with_name("watched.py")
    done = subprocess.run(
        [sys.executable, str(program)], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert ("", 0) == (done.stderr, done.returncode)
    assert {"seen": [], "ends": []} == json.loads(done.stdout)
