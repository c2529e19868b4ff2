"""Makes the report of the work tree and, next to it, that of a revision."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from flake8.utils import fnmatch, matches_filename

from lint_ssot.config import Settings
from lint_ssot.facts.values import dataclass
from lint_ssot.surfaces.configured import Configured
from lint_ssot.surfaces.processes import processes
from lint_ssot.surfaces.report.model import FileReport, Report
from lint_ssot.surfaces.report.revision import Revision
from lint_ssot.surfaces.report.survey import Surveyor

_LOG = logging.getLogger("flake8.lint_ssot")
# neighbors share what is read for them; below so many files a second process costs more than it gains
_CHUNK = 16
_WORTH_A_PROCESS = 64


@dataclass(frozen=True, slots=True)
class Gathering:
    """What to report on: the files below `paths`, in the words of the user's configuration.

    `progress` is told how many files are done, and of how many.
    """

    configured: Configured
    paths: tuple[str, ...]
    progress: Callable[[int, int], None]

    def now(self) -> Report:
        """The report of the work tree."""
        return self._report(self.configured.files(self.paths), self.configured.settings, Path.cwd(), None)

    def at(self, revision: Revision) -> Report:
        """The report of a revision, read with the options of today and the revision's own pytest configuration."""
        settings = self.configured.settings
        if settings.python is not None and os.path.exists(revision.top / settings.python):  # noqa: PTH110
            # no environment is laid out with the revision
            settings = replace(settings, python=str(revision.top / settings.python))
        base = revision.folder / os.path.relpath(Path.cwd(), revision.top)
        return self._report(tuple(self._files_at(revision)), settings, base, revision.name)

    def _report(self, files: tuple[Path, ...], settings: Settings, base: Path, revision: str | None) -> Report:
        surveyed = _surveyed(files, Surveyor(replace(settings, cache_dir=None), base), self.progress)
        found = tuple(each for each in surveyed if each is not None)
        return Report(Path.cwd().name, found, bool(settings.base_classes), revision)

    def _files_at(self, revision: Revision) -> Iterator[Path]:
        """The files of the revision that flake8 would lint if they stood in the work tree."""
        options = self.configured.options
        roots = [Path(os.path.abspath(path)) for path in self.paths or (".",)]  # noqa: PTH100  # links are kept
        for path in sorted(revision.files):
            standing = revision.top / path
            below = next((root for root in roots if standing.is_relative_to(root)), None)
            if below is None or (standing != below and not fnmatch(path.name, options.filename)):
                continue
            if not _is_excluded(standing, below, (*options.exclude, *options.extend_exclude)):
                yield revision.folder / path


def _is_excluded(path: Path, root: Path, patterns: tuple[str, ...]) -> bool:
    """As `flake8.discover_files._filenames_from` has it: every folder on the way counts."""
    on_the_way = (path, *(each for each in path.parents if each.is_relative_to(root)))
    return any(matches_filename(str(each), patterns, '"%(path)s" is %(whether)s', _LOG) for each in on_the_way)


def _surveyed(
    files: tuple[Path, ...], surveyor: Surveyor, progress: Callable[[int, int], None]
) -> Iterator[FileReport | None]:
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    progress(0, len(files))
    for done, reports in enumerate(_in_processes(chunks, surveyor, len(files)), start=1):
        progress(min(done * _CHUNK, len(files)), len(files))
        yield from reports


def _in_processes(
    chunks: list[tuple[Path, ...]], surveyor: Surveyor, files: int
) -> Iterable[tuple[FileReport | None, ...]]:
    if files < _WORTH_A_PROCESS or (os.cpu_count() or 1) == 1:
        yield from (_survey_chunk(surveyor, chunk) for chunk in chunks)
        return
    with processes() as pool:
        yield from pool.map(partial(_survey_elsewhere, surveyor.settings, surveyor.base), chunks)


def _survey_elsewhere(settings: Settings, base: Path, chunk: tuple[Path, ...]) -> tuple[FileReport | None, ...]:
    return _survey_chunk(_surveyor(settings, base), chunk)


@lru_cache(maxsize=1)
def _surveyor(settings: Settings, base: Path) -> Surveyor:
    """The one of this process, so that what was read for one chunk is known for the next."""
    return Surveyor(settings, base)


def _survey_chunk(surveyor: Surveyor, chunk: tuple[Path, ...]) -> tuple[FileReport | None, ...]:
    return tuple(surveyor.survey(path) for path in chunk)
