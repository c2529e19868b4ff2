"""Files are read wherever there is an executor for it, and judged the same."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from lint_ssot.config import Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import lint
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from tests.projects import write_project

FILES = {
    "base.py": "class Base:\n    def prepare(self):\n        self.client = 1\n",
    "test_a.py": "from base import Base\nclass TestA(Base):\n    def test_a(self):\n        self.client\n",
    "test_b.py": "class TestB:\n    async def setup_method(self):\n        pass\n    def test_b(self):\n        pass\n",
    "test_broken.py": "def (:\n",
}


@contextmanager
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


@contextmanager
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(1) as executor:
        yield executor


@contextmanager
def dask() -> Iterator[Executor]:
    distributed = pytest.importorskip("distributed", reason="the extra `test` brings Dask")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor()


def linted(paths: list[Path], session: Session) -> list[list[Diagnostic]]:
    return [lint(path, read_source(path), session) for path in paths if path.exists()]


@pytest.mark.hosts
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("cluster", [threads, processes, dask], ids=lambda each: each.__name__)
def test_what_was_read_elsewhere_is_judged_the_same(tmp_path: Path, cluster: type[Executor]) -> None:
    write_project(tmp_path, FILES)
    paths = [tmp_path / name for name in (*FILES, "missing.py")]
    session = Session(Settings(), RULES)
    with cluster() as executor:
        session.prefetch(paths, executor)
    read = {path: facts for path, (_, facts) in session._facts.items()}
    assert [tmp_path / name for name in FILES] == list(read)
    assert linted(paths, Session(Settings(), RULES)) == linted(paths, session)
    assert read == {path: facts for path, (_, facts) in session._facts.items()}
