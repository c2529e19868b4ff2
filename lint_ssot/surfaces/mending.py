"""Mends files in memory, pass after pass; a fix counts only if its finding is gone then and no other has come."""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from lint_ssot.cure import Cure
from lint_ssot.diagnostic import Diagnostic
from lint_ssot.engine import lint
from lint_ssot.facts.values import dataclass
from lint_ssot.fixes.derive import edited, edits_of, parsed
from lint_ssot.fixes.document import Document
from lint_ssot.fixes.edits import Edit, meets
from lint_ssot.fixes.files import SourceFile, UnfixableFileError, read_file
from lint_ssot.session import Session, read_source

# what a finding is, wherever its line has moved to and however many tests it stops
_Key: TypeAlias = tuple[Path, str, str]
Findings: TypeAlias = dict[Path, list[Diagnostic]]
# which of a file's findings, given its text, are to be mended
Wanted: TypeAlias = Callable[[Path, str, list[Diagnostic]], Iterable[Diagnostic]]
# what is found in a file, and the files that this may rest on
Judgment: TypeAlias = tuple[list[Diagnostic], frozenset[Path]]
# the judgments on many files, in their order, where some have other texts than on disk
Linting: TypeAlias = Callable[[Sequence[Path], Mapping[Path, str]], Iterable[Judgment]]
# each pass mends something or gives something up: this is for what nobody has thought of
_PASSES = 100
# fewer are linted here, where all that was read for them is known
_MANY = 64


class Hindrance(enum.Enum):
    """Why a finding that has a cure was not mended."""

    UNSAFE = "needs a look: --unsafe"
    ELSEWHERE = "is to be mended in a file that was not asked for"
    STAYS = "would not be mended by it"
    BRINGS = "would give way to another finding"
    UNFIXABLE = "is in a file that cannot be written back"


@dataclass(frozen=True, slots=True)
class Planned:
    """A cure of a finding, as the edits of its file."""

    diagnostic: Diagnostic
    cure: Cure
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that was not mended although it has a cure; `because` names the file or the finding."""

    diagnostic: Diagnostic
    cure: Cure
    hindrance: Hindrance
    because: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cure was tried and taken back."""

    hindrance: Hindrance
    because: str = ""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done: each file with its new text, the cures in the order they were applied, and what is left."""

    files: tuple[tuple[SourceFile, str], ...]
    applied: tuple[Planned, ...]
    left: tuple[Left, ...]
    remaining: tuple[Diagnostic, ...]


@dataclass
class Mending:
    """The files of one run, in memory; `session` has all rules, whichever findings are `wanted`.

    With `linting`, that is asked instead of the session where there are many files.
    """

    paths: tuple[Path, ...]
    session: Session
    wanted: Wanted
    is_unsafe_allowed: bool = False
    linting: Linting | None = None
    _files: dict[Path, SourceFile] = field(default_factory=dict)
    _unfixable: dict[Path, str] = field(default_factory=dict)
    _texts: dict[Path, str] = field(default_factory=dict)
    _refused: dict[Cure, Refusal] = field(default_factory=dict)
    # with any text that was tried
    _grounds: dict[Path, frozenset[Path]] = field(default_factory=dict)
    _applied: list[Planned] = field(default_factory=list)

    def mend(self) -> Mended:
        """Mend whatever can be mended."""
        findings = self._lint(self.paths)
        for _ in range(_PASSES):
            batch = self._batch(findings)
            if not batch:
                break
            findings = self._apply(batch, findings)
        changed = ((file, self._texts[path]) for path, file in self._files.items())
        remaining = tuple(each for path in findings for each in self._reported(path, findings[path]))
        return Mended(
            files=tuple((file, text) for file, text in changed if file.text != text),
            applied=tuple(self._applied),
            left=tuple(self._left(remaining)),
            remaining=remaining,
        )

    def _lint(self, paths: Sequence[Path]) -> Findings:
        findings: Findings = {}
        for path, (found, grounds) in zip(paths, self._judgments(paths), strict=True):
            findings[path] = found
            self._grounds[path] = self._grounds.get(path, frozenset()) | grounds
        return findings

    def _judgments(self, paths: Sequence[Path]) -> Iterable[Judgment]:
        if self.linting is None or len(paths) < _MANY:
            return (judgment(path, self._source(path), self.session) for path in paths)
        return self.linting(paths, {path: self._source(path) for path in self._texts})

    def _source(self, path: Path) -> str:
        """The text as Python reads it, with one kind of line end."""
        text = self._texts.get(path)
        return read_source(path) if text is None else re.sub(r"\r\n?", "\n", text)

    def _reported(self, path: Path, found: list[Diagnostic]) -> list[Diagnostic]:
        return list(self.wanted(path, self._source(path), found)) if found else []

    def _batch(self, findings: Findings) -> list[Planned]:
        """The best cure of each finding, without those that meet another one: these come in the next pass."""
        documents: dict[Path, Document | None] = {}
        chosen: dict[Path, list[Edit]] = {}
        batch: list[Planned] = []
        for path, found in findings.items():
            for diagnostic in self._reported(path, found):
                planned = next(self._planned(diagnostic, documents), None)
                if planned is not None and not meets(chosen.setdefault(planned.cure.path, []), planned.edits):
                    chosen[planned.cure.path] += planned.edits
                    batch.append(planned)
        return batch

    def _planned(self, diagnostic: Diagnostic, documents: dict[Path, Document | None]) -> Iterator[Planned]:
        for cure in diagnostic.cures:
            if cure in self._refused or self._hindrance(cure) is not None:
                continue
            if cure.path not in documents:
                documents[cure.path] = parsed(self._texts[cure.path])
            document = documents[cure.path]
            edits = None if document is None else edits_of(document, cure)
            if edits is not None:
                yield Planned(diagnostic, cure, edits)

    def _hindrance(self, cure: Cure) -> Refusal | None:
        if not cure.is_safe and not self.is_unsafe_allowed:
            return Refusal(Hindrance.UNSAFE)
        if cure.path not in self.paths:
            return Refusal(Hindrance.ELSEWHERE, cure.path.name)
        if not self._can_write(cure.path):
            return Refusal(Hindrance.UNFIXABLE, self._unfixable[cure.path])
        return None

    def _can_write(self, path: Path) -> bool:
        if path not in self._files and path not in self._unfixable:
            try:
                self._files[path] = file = read_file(path, self.session.project(path).root)
                self._texts[path] = file.text
            except UnfixableFileError as error:
                self._unfixable[path] = str(error)
        return path in self._files

    def _apply(self, batch: list[Planned], before: Findings) -> Findings:
        """Apply the batch; if that does harm, its first half; if one cure alone does, give that up."""
        texts = self._edited(batch)
        refusal = Refusal(Hindrance.STAYS)
        if texts is not None:
            old = {path: self._texts[path] for path in texts}
            self._texts.update(texts)
            after, found = self._judged(batch, before)
            if found is None:
                self._applied += batch
                return after
            refusal = found
            self._texts.update(old)
        half = _half(batch)
        if half:
            return self._apply(half, before)
        self._refused[batch[0].cure] = refusal
        return before

    def _edited(self, batch: list[Planned]) -> Mapping[Path, str] | None:
        edits: dict[Path, list[Edit]] = {}
        for planned in batch:
            edits.setdefault(planned.cure.path, []).extend(planned.edits)
        found = {path: edited(Document(self._texts[path]), each) for path, each in edits.items()}
        texts = {path: text for path, text in found.items() if text is not None}
        return texts if len(texts) == len(found) else None

    def _judged(self, batch: list[Planned], before: Findings) -> tuple[Findings, Refusal | None]:
        """What is found after the edits; first in the files concerned, and if that looks good where it may matter."""
        written = {planned.cure.path for planned in batch}
        near = written | {planned.diagnostic.path for planned in batch}
        after = self._lint([path for path in self.paths if path in near])
        refusal = _refusal(batch, {path: before[path] for path in after}, after)
        if refusal is None:
            far = [path for path in self.paths if path not in near and self._grounds[path] & written]
            after = {**before, **after, **self._lint(far)}
            refusal = _refusal(batch, before, after)
        return after, refusal

    def _left(self, remaining: Iterable[Diagnostic]) -> Iterator[Left]:
        for diagnostic in remaining:
            for cure in diagnostic.cures[:1]:
                refusal = self._refused.get(cure) or self._hindrance(cure)
                if refusal is not None:
                    yield Left(diagnostic, cure, refusal.hindrance, refusal.because)


def judgment(path: Path, source: str, session: Session) -> Judgment:
    """What all the session's rules hold against a file, and what that may rest on."""
    return lint(path, source, session), session.led_to(path)


def _refusal(batch: Iterable[Planned], before: Findings, after: Findings) -> Refusal | None:
    """What is wrong with the edits of a batch, judged by what was found before and after."""
    old, new = _counted(before), _counted(after)
    for key in new:
        if new[key] > old[key]:
            _, code, _ = key
            return Refusal(Hindrance.BRINGS, code)
    gone = Counter(_key(diagnostic) for diagnostic in {planned.diagnostic for planned in batch})
    if any(new[key] > old[key] - count for key, count in gone.items()):
        return Refusal(Hindrance.STAYS)
    return None


def _counted(findings: Findings) -> Counter[_Key]:
    return Counter(_key(each) for found in findings.values() for each in found)


def _key(diagnostic: Diagnostic) -> _Key:
    return diagnostic.path, diagnostic.code, re.sub(r"\d+", "", diagnostic.text)


def _half(batch: list[Planned]) -> list[Planned]:
    """The first half of the groups of cures that share an edit or, if all do, of the cures."""
    groups: list[list[Planned]] = []
    for planned in batch:
        related = [group for group in groups if any(_are_related(planned, other) for other in group)]
        groups = [group for group in groups if group not in related]
        groups.append([each for group in related for each in group] + [planned])
    if len(groups) == 1:
        cures = dict.fromkeys(planned.cure for planned in batch)
        groups = [[planned for planned in batch if planned.cure == cure] for cure in cures]
    return [planned for group in groups[: len(groups) // 2] for planned in group]


def _are_related(one: Planned, other: Planned) -> bool:
    return one.cure.path == other.cure.path and bool(set(one.edits) & set(other.edits))
