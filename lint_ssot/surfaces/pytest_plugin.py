"""`pytest --ssot`: the collected files are linted first, and no test runs if one of them would die."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from lint_ssot.surfaces.configured import Configured


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option; pytest imports this module at every start, and nothing else of ours."""
    parser.getgroup("lint-ssot").addoption(
        "--ssot",
        action="store_true",
        help="lint the collected files first, and stop before the first test if one would die in the infrastructure",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Report what is found as errors of the collection, which stop a run (`_pytest.main.pytest_runtestloop`).

    The workers of pytest-xdist leave it to the process that distributes the tests, which collects none itself.
    """
    if not session.config.getoption("--ssot") or hasattr(session.config, "workerinput"):
        return
    import argparse

    from lint_ssot.surfaces.configured import configured
    from lint_ssot.surfaces.outcome import CommandError

    try:
        broken = list(_broken_files(session, configured(argparse.Namespace())))
    except CommandError as error:
        raise pytest.UsageError(f"--ssot: {error}") from error
    for path, said in broken:
        report = pytest.CollectReport(_node_id(path, session), "failed", "\n".join(said), result=[])
        session.config.hook.pytest_collectreport(report=report)
    if broken and not session.config.getoption("continue_on_collection_errors"):
        _let_workers_go(session.config)
        plural = "s" if len(broken) > 1 else ""
        raise session.Interrupted(f"the infrastructure of {len(broken)} file{plural} is broken, no test was run")


def _let_workers_go(config: pytest.Config) -> None:
    """Spare the ten seconds in which pytest-xdist waits for workers that wait for it (`xdist.workermanage`)."""
    nodes = getattr(config.pluginmanager.getplugin("dsession"), "nodemanager", None)
    if nodes is not None:
        nodes.EXIT_TIMEOUT = 0.1


def _broken_files(session: pytest.Session, flake8: Configured) -> Iterator[tuple[Path, list[str]]]:
    """The files with findings, and those as lines."""
    linter = flake8.session()
    for path in sorted(_files(session, flake8)):
        found = flake8.findings(path, linter)
        if found:
            yield path, [f"{path.name}:{each.line}:{each.column + 1}: {each.code} {each.text}" for each in found]


def _files(session: pytest.Session, flake8: Configured) -> set[Path]:
    collected = {item.path for item in getattr(session, "items", ())}
    return {path for path in collected if path.suffix == ".py"} or set(_files_by_name(session.config, flake8))


def _files_by_name(config: pytest.Config, flake8: Configured) -> Iterator[Path]:
    """The files that pytest would look into: those it was given, and in folders those with the right names."""
    patterns: list[str] = config.getini("python_files")
    for argument in config.args:
        given = config.invocation_params.dir / argument.partition("::")[0]
        for path in flake8.files([str(given)]):
            if path == given or any(fnmatch(path.name, pattern) for pattern in patterns):
                yield path


def _node_id(path: Path, session: pytest.Session) -> str:
    root = session.config.rootpath
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
