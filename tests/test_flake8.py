"""The plug-in inside the real flake8, with everything that flake8 and its hosts do to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from lint_ssot.config import OPTIONS
from tests.pages import RULE_PAGES, sections
from tests.projects import lint_project, write_project

DEAD_SETUP = """\
class TestDead:
    async def setup_method(self):
        self.value = 1

    def test_value(self):
        assert self.value
"""
FOUND = "test_dead.py:2:5: LSS401"
OURS = ("--select=LSS", "-j1")


def flake8(folder: Path, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flake8", *arguments],
        cwd=folder,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def project(tmp_path: Path, files: Mapping[str, str] | None = None) -> Path:
    write_project(tmp_path, {"test_dead.py": DEAD_SETUP, **(files or {})})
    return tmp_path


def test_a_finding_ends_with_exit_status_one(tmp_path: Path) -> None:
    done = flake8(project(tmp_path), *OURS, "test_dead.py")
    assert (1, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(FOUND)


def test_workers_say_what_one_process_says(tmp_path: Path) -> None:
    files = {f"tests/test_{name}.py": DEAD_SETUP for name in "abcdefgh"}
    alone = flake8(project(tmp_path, files), "--select=LSS", "-j1")
    together = flake8(tmp_path, "--select=LSS", "-j2")
    assert FOUND in alone.stdout
    assert sorted(alone.stdout.splitlines()) == sorted(together.stdout.splitlines())


def test_the_working_folder_is_no_place_where_packages_are_installed(tmp_path: Path) -> None:
    """`python -m flake8` puts it on Python's path, `flake8` does not: both say the same, and that of the project."""
    reads = "from shop import Shop\n\n\nclass TestShop(Shop):\n    def test_it(self):\n        assert self.open\n"
    write_project(
        tmp_path,
        {
            "shop.py": "class Shop:\n    def setup_method(self):\n        self.shut = 1\n",
            "service/pytest.ini": "[pytest]\n",
            "service/test_shop.py": reads,
        },
    )
    (tmp_path / "elsewhere").mkdir()
    words = [*OURS, "--ssot-cache-dir=none", str(tmp_path / "service")]
    command = "import runpy;runpy.run_module('flake8', run_name='__main__')"
    said = [
        subprocess.run(
            [sys.executable, "-c", start + command, *words],
            cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
        ).stdout.count("LSS201")
        for start, folder, path in (
            ("", tmp_path, ""),
            ("import sys;sys.path.pop(0);", tmp_path, ""),
            ("", tmp_path / "elsewhere", str(tmp_path)),
        )
    ]  # fmt: skip
    assert [0, 0, 1] == said


@pytest.mark.parametrize("is_absolute", [False, True])
def test_standard_input_is_judged_as_the_file(tmp_path: Path, is_absolute: bool) -> None:
    name = str(tmp_path / "test_dead.py") if is_absolute else "test_dead.py"
    file = flake8(project(tmp_path), *OURS, name)
    stdin = flake8(tmp_path, *OURS, f"--stdin-display-name={name}", "-", text=DEAD_SETUP)
    assert FOUND in file.stdout
    assert file.stdout == stdin.stdout


def test_standard_input_is_trusted_not_the_disk(tmp_path: Path) -> None:
    done = flake8(project(tmp_path), *OURS, "--stdin-display-name=test_dead.py", "-", text="value = 1\n")
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


def test_standard_input_resolves_names_as_the_file_does(tmp_path: Path) -> None:
    source = "from base import Base\n\n\nclass TestDead(Base):\n    async def setup_method(self): ...\n"
    files = {"base.py": "class Base:\n    def test_value(self): ...\n"}
    stdin = flake8(project(tmp_path, files), *OURS, "--stdin-display-name=test_new.py", "-", text=source)
    assert stdin.stdout.startswith("test_new.py:5:5: LSS401")


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    (tmp_path / "test_dead.py").write_bytes(DEAD_SETUP.replace("\n", "\r\n").encode())
    file = flake8(tmp_path, *OURS, "test_dead.py")
    text = DEAD_SETUP.replace("\n", "\r\n")
    stdin = flake8(tmp_path, *OURS, "--stdin-display-name=test_dead.py", "-", text=text)
    assert file.stdout.startswith(FOUND)
    assert file.stdout == stdin.stdout


@pytest.mark.parametrize("comment", ["# noqa: LSS401", "# noqa: LSS401,LSS202", "# noqa"])
def test_a_noqa_silences_its_line(tmp_path: Path, comment: str) -> None:
    source = DEAD_SETUP.replace("setup_method(self):", f"setup_method(self):  {comment}")
    done = flake8(project(tmp_path, {"test_dead.py": source}), *OURS, "test_dead.py")
    assert "LSS401" not in done.stdout


def test_a_noqa_of_another_code_silences_nothing(tmp_path: Path) -> None:
    source = DEAD_SETUP.replace("setup_method(self):", "setup_method(self):  # noqa: LSS501")
    done = flake8(project(tmp_path, {"test_dead.py": source}), *OURS, "test_dead.py")
    assert FOUND in done.stdout


def test_a_file_that_flake8_is_told_to_skip_is_skipped(tmp_path: Path) -> None:
    done = flake8(project(tmp_path, {"test_dead.py": f"# flake8: noqa\n{DEAD_SETUP}"}), *OURS)
    assert (0, "") == (done.returncode, done.stdout)


@pytest.mark.parametrize("arguments", [("--ignore=LSS",), ("--select=E",), ("--extend-ignore=LSS4,LSS2",)])
def test_codes_that_are_not_selected_are_not_said(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = flake8(project(tmp_path), "-j1", *arguments)
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


def test_a_run_that_selects_no_code_of_ours_does_not_load_the_rules(tmp_path: Path) -> None:
    program = (
        "import sys; from flake8.main.cli import main; main(['-j1', '--select=E', '.']);"
        " print(sorted({'libcst', 'astroid', 'lint_ssot.rules'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project(tmp_path), capture_output=True, text=True, check=True
    )
    assert "[]\n" == done.stdout


def test_per_file_ignores_are_honored(tmp_path: Path) -> None:
    done = flake8(project(tmp_path), *OURS, "--per-file-ignores=test_*.py:LSS401,LSS202")
    assert "LSS401" not in done.stdout


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
def test_options_are_read_from_every_configuration_file_of_flake8(tmp_path: Path, name: str) -> None:
    done = flake8(project(tmp_path, {name: "[flake8]\nssot-runner = nose\n"}), *OURS)
    assert "ssot-runner: `nose` is none of auto, pytest, unittest" in done.stdout


@pytest.mark.parametrize(
    ("argument", "line"),
    [
        ("--ssot-runner=nose", "ssot-runner: `nose` is none of auto, pytest, unittest"),
        ("--ssot-asyncio-mode=lax", "ssot-asyncio-mode: `lax` is none of strict, auto, none"),
        ("--ssot-enable=LSS998", "ssot-enable: there is no rule `LSS998`"),
    ],
)
def test_a_wrong_option_is_one_clear_line(tmp_path: Path, argument: str, line: str) -> None:
    done = flake8(project(tmp_path), argument)
    told = "There was a critical error during execution of Flake8:"
    assert (1, [told, line], "") == (done.returncode, done.stdout.splitlines(), done.stderr)


def test_every_option_is_in_the_help(tmp_path: Path) -> None:
    done = flake8(tmp_path, "--help")
    assert [] == [option.name for option in OPTIONS if f"--{option.name}" not in done.stdout]


HOSTILE = {
    "empty": b"",
    "blank": b"\n\n   \n",
    "comment": b"# nothing here",
    "no_newline": DEAD_SETUP.rstrip().encode(),
    "byte_order_mark": b"\xef\xbb\xbf" + DEAD_SETUP.encode(),
    "form_feed": b"\x0c\n" + DEAD_SETUP.encode(),
    "latin": b"# -*- coding: latin-1 -*-\nname = '\xe9'\n" + DEAD_SETUP.encode(),
    "wrong_encoding": b"name = '\xe9'\n",
    "unknown_encoding": b"# coding: nothing\n" + DEAD_SETUP.encode(),
    "null": b"name = '\x00'\n",
    "syntax_error": b"class TestBroken(:\n",
    "deep_calls": b"x = " + b"f(" * 90 + b")" * 90 + b"\n",
    "inherits_itself": b"class TestA(TestA):\n    def test_a(self): ...\n",
    "imports_itself": b"from test_imports_itself import TestA\n\n\nclass TestA(TestA): ...\n",
    "base_by_call": b"class TestA(type('B', (), {})):\n    def test_a(self): self.x\n",
    "same_name_twice": b"class TestA: ...\n\n\nclass TestA(TestA):\n    def test_a(self): self.x()\n",
    "calls_itself": b"class TestA:\n    def test_a(self):\n        self.x = self.test_a()\n",
}


if sys.version_info < (3, 12):
    del HOSTILE["null"]  # flake8 itself dies of it: ast.parse raises a ValueError there

# pyflakes itself dies of these
TOO_DEEP = {
    "long_chain": b"x = " + b" + ".join(b"%d" % number for number in range(2000)) + b"\n",
    "long_attribute": b"x = a" + b".b" * 1500 + b"\n",
    "many_branches": b"if a:\n    pass\n" + b"elif b:\n    pass\n" * 500,
}


def test_nothing_kills_the_run(tmp_path: Path) -> None:
    project(tmp_path)
    for name, text in HOSTILE.items():
        (tmp_path / f"test_{name}.py").write_bytes(text)
    done = flake8(tmp_path, *OURS)
    assert (1, "") == (done.returncode, done.stderr)
    assert FOUND in done.stdout


@pytest.mark.parametrize("name", [*HOSTILE, *TOO_DEEP])
def test_nothing_fails_inside_the_linter(tmp_path: Path, name: str) -> None:
    (project(tmp_path) / f"test_{name}.py").write_bytes({**HOSTILE, **TOO_DEEP}[name])
    said = lint_project(tmp_path)
    assert "LSS401" in {diagnostic.code for diagnostic in said if diagnostic.path == Path("test_dead.py")}
    assert "LSS000" not in {diagnostic.code for diagnostic in said}


def test_a_broken_base_does_not_stop_the_file_that_names_it(tmp_path: Path) -> None:
    files = {"base.py": "class Base(:\n", "test_child.py": f"from base import Base\n\n\n{DEAD_SETUP}"}
    done = flake8(project(tmp_path, files), *OURS, "test_child.py")
    assert "LSS401" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_link_is_linted_where_it_stands(tmp_path: Path) -> None:
    (project(tmp_path) / "linked").mkdir()
    (tmp_path / "linked" / "test_linked.py").symlink_to(tmp_path / "test_dead.py")
    done = flake8(tmp_path, *OURS, "linked")
    assert done.stdout.startswith("linked/test_linked.py:2:5: LSS401")


FIRST_PAGES = {page.stem[:4]: page for page in sorted(RULE_PAGES.glob("LSS[1-9]*.md"), reverse=True)}


@pytest.mark.parametrize("hundred", FIRST_PAGES)
def test_the_command_says_what_the_pages_were_held_against(tmp_path: Path, hundred: str) -> None:
    said = 0
    for number, section in enumerate(section for section in sections(FIRST_PAGES[hundred]) if section.blocks):
        folder = tmp_path / str(number)
        write_project(folder, section.files)
        expected = [f"./{d.path.as_posix()}:{d.line}:{d.column + 1}: {d.code} {d.text}" for d in lint_project(folder)]
        assert sorted(expected) == sorted(flake8(folder, *OURS).stdout.splitlines())
        said += len(expected)
    assert said > 0
