"""Keeps facts and findings on disk, for all processes, as data that nobody has to believe."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sqlite3
import time
import weakref
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from lint_ssot.facts.states import Kind, State

_LOG = logging.getLogger("flake8.lint_ssot")
_SCHEMA = 2
_TABLES = {
    "CREATE TABLE rows (key BLOB PRIMARY KEY, value BLOB, proof BLOB, day INTEGER) WITHOUT ROWID",
    "CREATE TABLE states (id INTEGER PRIMARY KEY, kind INTEGER, path TEXT, digest BLOB, stamp INTEGER,"
    " UNIQUE (kind, path, digest))",
}
_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = OFF",  # what a crash takes away is made again
    "PRAGMA cache_size = -256",  # in kB: a row is read or written once
)
# another process writes for milliseconds; who waits longer has lost more than a row is worth
_PATIENCE = 1.0
_LARGEST = 20_000_000
# what is still of use is made again once a month
_DAYS_KEPT = 30
_MOST_STATES = 200_000
# as many as any sqlite takes in one statement
_AT_ONCE = 500
_IGNORE = "# made by lint-ssot\n*\n"

Result = TypeVar("Result")


class Store:
    """A folder with a database. Whatever goes wrong with it is a miss, told once by the log.

    A connection belongs to the process that opened it: after a fork, the child opens its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._is_broken = False
        self._ids: dict[State, int] = {}
        self._rows: list[tuple[bytes, bytes, bytes, int]] = []

    def value(self, key: bytes) -> Any:
        """What was kept under a key, as JSON has it; None if there is nothing, or nothing sound."""
        return self._attempt(lambda connection: _sound_value(connection, key))

    def is_empty(self) -> bool:
        """Whether nothing is kept, or nothing can be had."""
        return self._attempt(lambda connection: connection.execute("SELECT 1 FROM rows LIMIT 1").fetchone()) is None

    def keep(self, key: bytes, value: object) -> None:
        """Keep what JSON can hold, and all that was to be kept later."""
        self.keep_later(key, value)
        rows, self._rows = self._rows, []
        self._attempt(
            lambda connection: connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", rows)
        )

    def keep_later(self, key: bytes, value: object) -> None:
        """Keep what JSON can hold as soon as something else is kept: each transaction has its price."""
        if self._is_broken:
            return
        text = json.dumps(value, separators=(",", ":")).encode()
        if len(text) <= _LARGEST:
            self._rows.append((key, text, _proof(key, text), _today()))

    def states(self, ids: list[int]) -> tuple[State, ...] | None:
        """The states with these numbers; None if one of them is unknown."""
        found = self._attempt(lambda connection: _states(connection, ids)) or {} if ids else {}
        return tuple(found[number] for number in ids) if found.keys() >= set(ids) else None

    def numbers(self, states: tuple[State, ...]) -> list[int] | None:
        """The numbers of these states, which are kept if they are new; None if that fails."""
        new = [state for state in states if state not in self._ids]
        if new and self._attempt(lambda connection: self._number(connection, new)) is None:
            return None
        return [self._ids[state] for state in states]

    def close(self) -> None:
        """Let go of the files."""
        if self._connection is not None:
            _close(self._connection, self._owner)
        self._connection = None

    def _number(self, connection: sqlite3.Connection, states: list[State]) -> bool:
        for state in states:
            row = int(state.kind), state.path, state.digest, state.stamp
            connection.execute("INSERT OR IGNORE INTO states (kind, path, digest, stamp) VALUES (?, ?, ?, ?)", row)
            kept = connection.execute("SELECT id FROM states WHERE kind = ? AND path = ? AND digest = ?", row[:3])
            found = kept.fetchone()
            if found is None:
                raise sqlite3.DatabaseError("a row that was kept is not there")
            (self._ids[state],) = found
        return True

    def _attempt(self, step: Callable[[sqlite3.Connection], Result]) -> Result | None:
        if self._is_broken:
            return None
        try:
            with self._open() as connection:
                return step(connection)
        except Exception as error:  # noqa: BLE001  # damaged files make the database say anything, and cost nobody the run
            self._is_broken = True
            _LOG.info("lint_ssot works without its cache in %s: %s", self._folder, error)
            self._discard(error)
            return None

    def _discard(self, error: Exception) -> None:
        """Remove a database that is none of ours, so that the next run has one."""
        self.close()
        if type(error) is sqlite3.DatabaseError or isinstance(error, _ForeignError):
            for path in self._files():
                with contextlib.suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[Path]:
        for suffix in ("", "-wal", "-shm"):
            yield self._folder / f"{_name()}{suffix}"

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._owner == os.getpid():
            return self._connection
        # a connection of the parent process is not even closed: that would take away its locks
        self._folder.mkdir(parents=True, exist_ok=True)
        ignore = self._folder / ".gitignore"
        if any(each.is_symlink() for each in (self._folder, ignore, *self._files())):
            # who wants the cache elsewhere says so by the option: what came with a repository may lead anywhere
            raise OSError("a link leads out of it")
        if not any(self._folder.iterdir()):  # in a folder that holds anything else it would hide that
            ignore.write_text(_IGNORE, encoding="utf-8")
        # known before it is of use, so that it is closed whatever the file turns out to be
        self._connection, self._owner = sqlite3.connect(self._folder / _name(), timeout=_PATIENCE), os.getpid()
        # since Python 3.13 a connection that is dropped open warns of it; `__del__` may come after that in a cycle
        weakref.finalize(self, _close, self._connection, self._owner)
        for setting in _SETTINGS:
            self._connection.execute(setting)
        with self._connection:
            _prepare(self._connection)
        return self._connection


def _close(connection: sqlite3.Connection, owner: int) -> None:
    if owner == os.getpid():
        with contextlib.suppress(sqlite3.Error):
            connection.close()


class _ForeignError(ValueError):
    """The database is not as we make them."""


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables, or see that nothing else is there: a view or a trigger could run for ever."""
    found = {text for (text,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if not found:
        connection.execute("BEGIN IMMEDIATE")  # one of two processes makes them
        for table in _TABLES:
            connection.execute(table.replace("TABLE", "TABLE IF NOT EXISTS", 1))
    elif found != _TABLES:
        raise _ForeignError("it is no cache of this version")
    _tidy(connection)


def _tidy(connection: sqlite3.Connection) -> None:
    """Once a day, forget what is old."""
    (swept,) = connection.execute("PRAGMA user_version").fetchone()
    if swept != _today():
        connection.execute("DELETE FROM rows WHERE day < ?", (_today() - _DAYS_KEPT,))
        connection.execute("DELETE FROM states WHERE (SELECT count(*) FROM states) > ?", (_MOST_STATES,))
        connection.execute(f"PRAGMA user_version = {_today()}")


def _today() -> int:
    return int(time.time()) // 86_400


def _name() -> str:
    return f"store-{_SCHEMA}.sqlite"


def _sound_value(connection: sqlite3.Connection, key: bytes) -> Any:
    row = connection.execute("SELECT value, proof FROM rows WHERE key = ?", (key,)).fetchone()
    if row is None or not isinstance(row[0], bytes) or len(row[0]) > _LARGEST or _proof(key, row[0]) != row[1]:
        return None
    try:
        return json.loads(row[0])
    except (ValueError, RecursionError):
        return None


def _states(connection: sqlite3.Connection, ids: list[int]) -> dict[int, State]:
    kinds = {int(kind): kind for kind in Kind}
    return {
        number: State(kinds[kind], path, digest, stamp)
        for number, kind, path, digest, stamp in _state_rows(connection, ids)
        if kind in kinds and _is_path(path) and isinstance(digest, bytes) and isinstance(stamp, int)
    }


def _is_path(path: object) -> bool:
    """Whether the disk can be asked about it: a null byte in a path is not even looked for."""
    return isinstance(path, str) and "\0" not in path


def _state_rows(connection: sqlite3.Connection, ids: list[int]) -> Iterator[Any]:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        wanted = ",".join("?" * len(some))
        yield from connection.execute(f"SELECT id, kind, path, digest, stamp FROM states WHERE id IN ({wanted})", some)


def _proof(key: bytes, value: bytes) -> bytes:
    return blake2b(value, key=key[:64], digest_size=16).digest()
