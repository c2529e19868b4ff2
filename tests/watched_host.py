"""A program that becomes another one that hosts the linter, and writes down what of the project's was run for that.

`python watched_host.py LOG MODULE ARGUMENT…`: the folder it is started in is the project. The flake8 that a language
server starts is itself such a program, next to the log. In pytest, which imports a project by its nature, only the
hook that the linter works in is watched.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import watched  # type: ignore[import-not-found]  # it is beside this file, which is started by its path


class Watcher:
    """Watches while the linter has its turn."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Iterator[None]:
        """Watch from before the first hook of that name until after the last."""
        watched.is_watching = True
        try:
            return (yield)
        finally:
            watched.is_watching = False


def write_down(log: Path, event: str, arguments: tuple[object, ...]) -> None:
    hosts = ("subprocess.Popen", str(log.parent / "flake8")), ("ctypes.dlopen", None)
    before = len(watched.seen)
    watched.watch(event, arguments)
    if len(watched.seen) > before and (event, arguments[0]) not in hosts:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{watched.seen[-1]}\n")


if __name__ == "__main__":
    _, log, module, *arguments = sys.argv
    sys.addaudithook(lambda event, values: write_down(Path(log), event, values))
    if module == "pytest":
        sys.exit(pytest.main(arguments, plugins=[Watcher()]))
    sys.argv = [module, *arguments]
    watched.is_watching = True
    runpy.run_module(module, run_name="__main__", alter_sys=True)
