"""A session that outlives changes: what it has read is held against the disk before every answer."""

from __future__ import annotations

import argparse
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from flake8.exceptions import Flake8Exception
from flake8.options.parse_args import parse_args

from lint_ssot.baseline import find_baseline
from lint_ssot.config import ConfigurationError, Settings
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import lint
from lint_ssot.session import Session, read_source
from lint_ssot.surfaces.editor.disk import Snapshot, changes, configuration_file, configured_baseline, snapshot
from lint_ssot.surfaces.selection import reported, selected_rules
from lint_ssot.surfaces.told import Findings, Teller

_LOG = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class LiveWorkspace:
    """The linter of one workspace, for as long as it is open.

    A server lints in threads of its own, so that one question is answered at a time.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._seen: dict[Path, Snapshot] = {}
        self._buffers: dict[Path, str] = {}
        self._session: tuple[Session, argparse.Namespace] | None = None
        # what was said of a text, as long as nothing else has changed: quick fixes ask again
        self._said: dict[tuple[Path, str], list[Diagnostic]] = {}

    def findings(self, path: Path, source: str, buffers: Mapping[Path, str]) -> list[Diagnostic]:
        """What flake8 would say of our codes, if every buffer were saved; nothing if the configuration is wrong."""
        with self._lock:
            if not source.strip() or (current := self._current(path, buffers)) is None:
                return []
            session, options = current
            text = _text(source)
            if (path, text) not in self._said:
                self._said[path, text] = list(reported(lint(path, text, session), path, text, options))
            return self._said[path, text]

    def ask(
        self, path: Path, source: str, buffers: Mapping[Path, str], question: Callable[[Teller], _Answer]
    ) -> _Answer | None:
        """What a teller of the file's tests answers; None if the configuration is wrong."""
        with self._lock:
            if (current := self._current(path, buffers)) is None:
                return None
            texts = {each: _text(text) for each, text in {**buffers, path: source}.items()}
            return question(Teller(path, Findings(current[0], lambda each: texts.get(each) or read_source(each))))

    def _current(self, path: Path, buffers: Mapping[Path, str]) -> tuple[Session, argparse.Namespace] | None:
        """The session, without what is no longer true, and the options that it was made with."""
        self._forget_changes(path)
        try:
            session, options = self._session = self._session or self._opened()
        except (Flake8Exception, ConfigurationError, ValueError) as error:
            _LOG.warning("flake8's configuration is wrong: %s", error)
            return None
        if closed := self._buffers.keys() - buffers.keys():
            session.forget(closed)
        if buffers != self._buffers:
            self._said.clear()
        for each, text in buffers.items():
            session.put(each, _text(text))
        self._buffers = dict(buffers)
        return session, options

    def _forget_changes(self, path: Path) -> None:
        if self._session is None:
            self._seen.clear()
        root = self._session[0].project(path).root if self._session is not None else self._root
        for each in {root, self._root}:
            now = snapshot(each)
            changed = changes(self._seen.get(each, now), now)
            self._seen[each] = now
            if changed:
                self._said.clear()
            if any(name.suffix != ".py" for name in changed):
                self._session = None
            elif changed and self._session is not None:
                self._session[0].forget(changed)

    def _opened(self) -> tuple[Session, argparse.Namespace]:
        """A new session, configured as flake8 would be if it ran in the root of the workspace."""
        _, options = parse_args(list(_arguments(self._root)))
        settings: Settings = options.ssot_settings
        return Session(settings, selected_rules(options), options.ssot_known), options


def _arguments(root: Path) -> Iterator[str]:
    """What makes flake8 read its configuration as if it ran in this folder, and not in the server's own."""
    found = configuration_file(root)
    if found is None:
        yield "--isolated"
        return
    yield f"--config={found}"
    if (baseline := configured_baseline(found)) is not None:
        yield f"--ssot-baseline={find_baseline(baseline, root)}"


def _text(source: str) -> str:
    """The text as a file of it would be read."""
    return source.replace("\r\n", "\n")
