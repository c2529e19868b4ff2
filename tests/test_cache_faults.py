"""Whatever happens to the cache, the findings are the same, and `-v` says so in one line."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lint_ssot.facts.library import Library
from lint_ssot.facts.store import Store, _proof
from lint_ssot.surfaces.cli import main
from tests.projects import write_project

pytestmark = pytest.mark.hosts

BASE = "import unittest\nclass Base{n}(unittest.TestCase):\n    def prepare(self):\n        self.client = 1\n"
TEST = "from base{n} import Base{n}\nclass TestA(Base{n}):\n    def test_a(self):\n        self.client\n"
SUITE = {
    **{f"tests/base{number}.py": BASE.format(n=number) for number in range(12)},
    **{f"tests/test_{number}.py": TEST.format(n=number) for number in range(12)},
}
FLAKE8 = (sys.executable, "-m", "flake8", "--select=LSS", "--exit-zero")
SAID = "lint_ssot works without its cache"


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("off")
    write_project(folder, SUITE)
    found = run(folder, "--ssot-cache-dir=none").stdout
    assert 12 == len(found.splitlines())
    return found


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    write_project(tmp_path, SUITE)
    return tmp_path


def run(
    folder: Path, *arguments: str, prepare: Callable[[], object] | None = None, user: int | None = None
) -> subprocess.CompletedProcess[str]:
    command = [*FLAKE8, *(arguments or ("-j1",)), "tests"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True, timeout=120, preexec_fn=prepare, user=user
    )


def store_of(folder: Path) -> Path:
    (path,) = (folder / ".lint_ssot_cache").glob("*.sqlite")
    return path


def told_once(done: subprocess.CompletedProcess[str]) -> tuple[str, int]:
    return done.stdout, sum(SAID in line for line in done.stderr.splitlines())


def test_two_runs_at_once_share_a_cache(suite: Path, expected: str) -> None:
    command = [*FLAKE8, "-j2", "tests"]
    runs = [subprocess.Popen(command, cwd=suite, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [expected] * 2 == [each.communicate(timeout=120)[0] for each in runs]
    assert expected == run(suite).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="processes have no groups there")
def test_a_killed_run_leaves_a_sound_cache(suite: Path, expected: str) -> None:
    killed = subprocess.Popen([*FLAKE8, "-j2", "tests"], cwd=suite, stdout=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while killed.poll() is None and time.monotonic() < deadline:
        if list((suite / ".lint_ssot_cache").glob("*-wal")):
            break
        time.sleep(0.005)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(killed.pid, signal.SIGKILL)
    killed.wait(60)
    assert [(expected, 0)] * 2 == [told_once(run(suite, "-j1", "-v")) for _ in range(2)]


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_workers_may_start_in_any_way(suite: Path, expected: str, method: str) -> None:
    if method == "forkserver" and sys.platform == "win32":
        pytest.skip("there is no forkserver on Windows")
    start = f"import multiprocessing as m; m.set_start_method({method!r})"
    told = f"{start}; from flake8.main.cli import main; main(['--select=LSS', '-j2', 'tests'])"
    runs = [
        subprocess.run(
            [sys.executable, "-c", told], cwd=suite, capture_output=True, text=True, check=True, timeout=120
        ).stdout
        for _ in range(2)
    ]
    assert [expected] * 2 == runs


@pytest.mark.parametrize("size", [0, 5_000, 50_000])
@pytest.mark.skipif(sys.platform == "win32", reason="sizes cannot be limited there")
def test_a_full_disk_is_a_run_without_cache(suite: Path, expected: str, size: int) -> None:
    import resource

    full = run(suite, "-j1", "-v", prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert (expected, 1) == told_once(full)
    assert expected == run(suite).stdout


def a_file_in_its_place(folder: Path) -> None:
    (folder / ".lint_ssot_cache").write_text("", encoding="utf-8")


def no_database(folder: Path) -> None:
    run(folder)
    store_of(folder).write_bytes(b"no database at all" * 500)


def tables_of_an_older_version(folder: Path) -> None:
    run(folder)
    changed(folder, "ALTER TABLE rows RENAME COLUMN day TO time")


def a_view_without_end(folder: Path) -> None:
    run(folder)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    changed(folder, "DROP TABLE rows")
    changed(folder, f"CREATE VIEW rows AS {endless} SELECT i AS key, i AS value, i AS proof, i AS day FROM n")


def a_trigger(folder: Path) -> None:
    run(folder)
    changed(folder, "CREATE TRIGGER t BEFORE INSERT ON rows BEGIN DELETE FROM states; END")


def changed(folder: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(store_of(folder))) as store, store:
        store.execute(statement)


BROKEN = (
    a_file_in_its_place,
    no_database,
    tables_of_an_older_version,
    a_view_without_end,
    a_trigger,
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.__name__)
def test_a_broken_cache_is_told_in_one_line(suite: Path, expected: str, broken: Callable[[Path], None]) -> None:
    broken(suite)
    assert (expected, 1) == told_once(run(suite, "-j1", "-v"))
    assert expected == run(suite).stdout


def test_what_another_version_left_is_let_alone(suite: Path, expected: str) -> None:
    write_project(suite, {".lint_ssot_cache/store-1.sqlite": "of another version"})
    assert (expected, 0) == told_once(run(suite, "-j1", "-v"))
    assert "of another version" == (suite / ".lint_ssot_cache/store-1.sqlite").read_text(encoding="utf-8")


def test_a_locked_cache_is_given_up_once(suite: Path, expected: str) -> None:
    run(suite)
    write_project(suite, {f"tests/test_{number}.py": TEST.format(n=number) + "\n" for number in range(12)})
    with contextlib.closing(sqlite3.connect(store_of(suite), isolation_level=None)) as store:
        store.execute("BEGIN EXCLUSIVE")
        assert (expected, 1) == told_once(run(suite, "-j1", "-v"))


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bits_change_nothing(suite: Path, expected: str, seed: int) -> None:
    run(suite)
    with contextlib.closing(sqlite3.connect(store_of(suite))) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(store_of(suite).read_bytes())
    chance = random.Random(seed)
    for _ in range(len(content) // 200):
        content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
    store_of(suite).write_bytes(content)
    assert [expected] * 2 == [run(suite).stdout for _ in range(2)]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A database as crashes and bad disks leave it: bits flipped, cut off, blanked, pages swapped, prolonged."""
    changed = bytearray(content)
    place, size = chance.randrange(len(changed)), chance.randrange(1, 5_000)
    match chance.randrange(5):
        case 0:
            for _ in range(chance.choice((1, 20, 200))):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        case 1:
            del changed[place:]
        case 2:
            changed[place : place + size] = bytes(len(changed[place : place + size]))
        case 3:
            other = chance.randrange(len(changed) // 4096) * 4096
            start = place // 4096 * 4096
            changed[start : start + 4096] = changed[other : other + 4096]
        case _:
            changed += chance.randbytes(size)
    return bytes(changed)


def test_whatever_is_damaged_changes_nothing(
    suite: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(suite)
    main(["check", "-j1", "tests"])
    expected = capsys.readouterr().out
    path = store_of(suite)
    with contextlib.closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sound, chance = path.read_bytes(), random.Random(0)
    for _ in range(12):
        for each in path.parent.iterdir():
            each.unlink()
        path.write_bytes(damaged(sound, chance))
        assert [(1, expected)] * 2 == [(main(["check", "-j1", "tests"]), capsys.readouterr().out) for _ in range(2)]


def forged(folder: Path, forge: Callable[[list[object]], object]) -> None:
    """Rows that say something else and have the proof of it."""
    with contextlib.closing(sqlite3.connect(store_of(folder))) as store, store:
        for key, value in store.execute("SELECT key, value FROM rows").fetchall():
            text = json.dumps(forge(json.loads(value))).encode()
            store.execute("UPDATE rows SET value = ?, proof = ? WHERE key = ?", (text, _proof(key, text), key))


FORGERIES: dict[str, Callable[[list[object]], object]] = {
    "nothing": lambda row: None,
    "another shape": lambda row: {"a": row},
    "escapes": lambda row: [[[1, 0, "LSS201", "\x1b[2J\nforged"]], *row[1:]],
    "a code with spaces": lambda row: [[[1, 0, "LSS 201", "forged"]], *row[1:]],
    "other states": lambda row: [row[0], [10**9], *row[2:]],
    "states that are none": lambda row: [row[0], ["1"], *row[2:]],
    "facts that are none": lambda row: [row[0], [*row[1][:3], 10**9]] if isinstance(row[1], list) else row,
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_what_we_would_not_have_written_is_not_believed(
    suite: Path, expected: str, forge: Callable[[list[object]], object]
) -> None:
    run(suite)
    forged(suite, forge)
    assert (expected, 0) == told_once(run(suite, "-j1", "-v"))


@pytest.mark.parametrize("name", ["", ".gitignore", "store"])
@pytest.mark.skipif(sys.platform == "win32", reason="links need privileges there")
def test_a_cache_that_is_a_link_is_neither_read_nor_written(
    suite: Path, expected: str, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    run(suite)
    link = store_of(suite) if name == "store" else suite / ".lint_ssot_cache" / name
    shutil.rmtree(link) if not name else link.unlink()
    link.symlink_to(outside / name if name else outside)
    assert (expected, 1) == told_once(run(suite, "-j1", "-v"))
    assert (True, []) == (link.is_symlink(), [*outside.iterdir()])


def test_nesting_without_end_is_a_miss(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep(b"key", [])
    text = b"[" * 500_000
    with contextlib.closing(sqlite3.connect(next(tmp_path.glob("*.sqlite")))) as other, other:
        other.execute("UPDATE rows SET value = ?, proof = ?", (text, _proof(b"key", text)))
    assert store.value(b"key") is None
    store.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders there")
def test_a_state_of_a_pipe_is_not_waited_for(suite: Path, expected: str) -> None:
    run(suite)
    os.mkfifo(suite / "pipe")
    changed(suite, f"UPDATE states SET kind = 0, stamp = 0, digest = x'00', path = '{suite / 'pipe'}' WHERE id = 1")
    assert expected == run(suite).stdout


@pytest.mark.parametrize("path", ["x'00'", "x'ff'", "''"])
def test_a_state_of_what_is_no_path_is_a_miss(suite: Path, expected: str, path: str) -> None:
    run(suite)
    changed(suite, f"UPDATE OR IGNORE states SET stamp = 0, path = CAST({path} AS TEXT)")
    assert [expected] * 2 == [run(suite).stdout for _ in range(2)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere root may write everywhere")
def test_a_folder_that_nobody_can_make_is_told_in_one_line(suite: Path, expected: str) -> None:
    assert (expected, 1) == told_once(run(suite, "-j1", "-v", "--ssot-cache-dir=/proc/lint_ssot/cache"))


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no modes there")
def test_a_folder_of_another_user_is_told_in_one_line(suite: Path, expected: str) -> None:
    run(suite)
    folder = suite / ".lint_ssot_cache"
    for path in (*folder.iterdir(), folder):
        path.chmod(0o444 if path.is_file() else 0o555)
    somebody = 65_534 if os.geteuid() == 0 else None
    if somebody is not None and not is_open_to(somebody, suite):
        pytest.skip("root may write everywhere, and nobody else may run this Python here")
    write_project(suite, {"tests/test_0.py": TEST.format(n=0) + "\n"})
    told = told_once(run(suite, "-j1", "-v", user=somebody))
    folder.chmod(0o755)
    assert (expected, 1) == told


def is_open_to(user: int, folder: Path) -> bool:
    command = [sys.executable, "-c", "import lint_ssot"]
    try:
        return subprocess.run(command, cwd=folder, user=user, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def test_facts_that_are_none_are_read_from_the_source(tmp_path: Path) -> None:
    library = Library(Store(tmp_path), b"1")
    said = library.facts("class A: pass\n")
    store = Store(tmp_path)
    store.keep(library._key("facts", "class A: pass\n"), [["a"], [9_999]])
    assert said == library.facts("class A: pass\n")
    store.close()
