"""A program that lints the project it is started in by every surface, and tells what of the project's was run for that.

`python watched.py control` imports a module of the project instead: a watcher that sees nothing proves nothing.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import sys
import tokenize
from collections.abc import Callable
from pathlib import Path
from types import CodeType

HERE = str(Path.cwd())
# what the standard library and the linter's own imports never need
DEEDS = (
    "ctypes.dlopen",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pickle.find_class",
    "socket.",
    "subprocess.Popen",
    "urllib.Request",
)
seen: list[str] = []
is_watching = False


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if not is_watching:
        return
    if event == "exec" and isinstance(code := arguments[0], CodeType) and _is_theirs(code):
        seen.append(f"exec {code.co_filename}")
    elif event == "import" and isinstance(arguments[1], str) and _is_here(arguments[1]):
        seen.append(f"import {arguments[0]}")
    elif event.startswith(DEEDS):
        seen.append(f"{event} {str(arguments)[:80]}")


def _is_theirs(code: CodeType) -> bool:
    """Whether it is of a file of the project, or of a text in one of them that speaks of what only they know."""
    is_text = code.co_filename.startswith("<")
    return "springs" in (*code.co_names, *code.co_consts) or (not is_text and _is_here(code.co_filename))


def _is_here(path: str) -> bool:
    return os.path.abspath(path).startswith(HERE)  # noqa: PTH100  # no link is followed


def unfit_for_flake8() -> str:
    """A pattern of the files that flake8 dies of by itself, under a Python whose own parser or tokenizer does."""
    text = "class A:\n    x = 1\n\0"
    try:
        with contextlib.suppress(SyntaxError):
            ast.parse(text)
        with contextlib.suppress(SyntaxError, tokenize.TokenError):
            list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (ValueError, SystemError):
        return "test_null.py"
    return "none"


def surfaces() -> list[Callable[[], object]]:
    from flake8.main.cli import main as flake8_main

    from lint_ssot.surfaces.cli import main
    from lint_ssot.surfaces.editor.live import LiveWorkspace

    live = LiveWorkspace(Path(HERE))
    paths = sorted(path for path in Path(HERE).glob("**/test_*.py") if path.is_file())

    def flake8(*options: str) -> None:
        flake8_main(["-j1", "--select=LSS", f"--extend-exclude={unfit_for_flake8()}", *options, "."])

    def editor() -> None:
        for path in paths:
            text = path.read_text(encoding="latin-1") if os.access(path, os.R_OK) else "x = 1"
            live.findings(path, text, {path: text})

    return [
        flake8,
        lambda: flake8("--ssot-cache-dir=none", "--ssot-python=environment"),
        lambda: flake8("--format=lss-sarif"),
        lambda: main(["check", "-j1", "."]),
        lambda: main(["check", "-j1", "--ssot-python=environment/bin/python", "."]),
        lambda: main(["why", str(paths[0])]),
        lambda: main(["why", "--json", str(paths[0])]),
        lambda: main(["report", "."]),
        *(lambda kind=kind: main(["report", f"--format={kind}", "."]) for kind in ("html", "json", "sarif")),
        lambda: main(["explain"]),
        lambda: main(["explain", "LSS201"]),
        lambda: main(["completion", "bash"]),
        lambda: main(["init"]),
        lambda: main(["baseline", "."]),
        editor,
        lambda: main(["fix", "--unsafe", "."]),
    ]


def outcome(run: Callable[[], object]) -> str:
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            run()
        except SystemExit as error:
            if error.code not in (None, 0, 1):
                return f"exits with {error.code}: {text_of(said)[-500:]}"
        except BaseException as error:  # noqa: BLE001  # any end is a finding of this program
            return repr(error)
    return "Traceback" if "Traceback" in text_of(said) else ""


def text_of(said: io.TextIOWrapper) -> str:
    said.seek(0)
    return said.read()


if __name__ == "__main__":
    sys.addaudithook(watch)
    work = surfaces()
    is_watching = True
    if sys.argv[1:] == ["control"]:
        sys.path.insert(0, HERE)
        work = [lambda: __import__("springs")]
    ends = [end for run in work if (end := outcome(run))]
    is_watching = False
    print(json.dumps({"seen": seen, "ends": ends}))
