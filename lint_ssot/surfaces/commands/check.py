"""`lint-ssot check`: the findings of the flake8 plug-in, without flake8's other checks."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from flake8.processor import FileProcessor

from lint_ssot.diagnostic import Diagnostic
from lint_ssot.facts.collector import Settling, collector_at_rest
from lint_ssot.facts.relevance import may_matter
from lint_ssot.facts.states import stamp_of
from lint_ssot.facts.values import dataclass
from lint_ssot.recall import Memory
from lint_ssot.surfaces.configured import Configured, add_choice, add_configuration, configured
from lint_ssot.surfaces.flake8_plugin import Plugin
from lint_ssot.surfaces.outcome import Status
from lint_ssot.surfaces.roll import Known, Roll
from lint_ssot.surfaces.selection import reported

# fewer files are judged before another process has started and read the rules
_WORTH_A_PROCESS = 20
# a sixth of the files leads to half of what the others lead to as well, which then is read once
_ALONE = (16, 6, 64)
# neighbors share what is read for them, and nobody wants to wait for many when the run is to end
_MOST_AT_ONCE = 16
# new objects that come between two collections: there is no syntax tree of a host among them
_SELDOM = 60_000
# one tells of progress no more often than a person can read
_STEP = 25


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="Files and folders; by default all of this folder.")
    parser.add_argument("-j", "--jobs", type=_count, default=0, help="How many processes; by default one a processor.")
    add_choice(parser)
    add_configuration(parser)


def _count(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"`{word}` is no number of processes")
    return int(word)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings as flake8 does; 1 if there are any."""
    choice = _choice(arguments)
    found = False
    # what tells of progress stands where the line is to be
    erase = "\r\x1b[2K" if sys.stdout.isatty() and sys.stderr.isatty() else ""
    with collector_at_rest():  # it runs when much has come
        for name, lines in _checked(choice, choice.names(arguments.paths), arguments):
            for line in lines:
                found = True
                print(f"{erase}{name}:{line}", flush=bool(erase))
    return Status.FOUND if found else Status.CLEAN


def _choice(arguments: argparse.Namespace) -> Configured:
    choice = configured(arguments)
    choice.options.ssot_settling = Settling(_SELDOM)
    return choice


def _checked(
    choice: Configured, names: Sequence[str], arguments: argparse.Namespace
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The findings in each file, in the order of the files: what is remembered first, the rest on all processors."""
    checker = Checker(choice)
    roll = Roll(choice.options.ssot_memory, choice.options, names)
    told = roll.known()
    recalled = {name: known for name in names if name not in told and (known := checker.recalled(name)) is not None}
    told |= {name: known.lines for name, known in recalled.items()}
    rest = sorted(name for name in names if name not in told)
    found = iter(_judged(checker, rest, arguments))
    for name in sorted(names):
        if name not in told:
            recalled[name] = next(found)
        yield name, told[name] if name in told else recalled[name].lines
    # to its end, where it tells that it is there
    next(found, None)
    roll.keep(recalled)


def _judged(checker: Checker, names: list[str], arguments: argparse.Namespace) -> Iterable[Known]:
    jobs = min(arguments.jobs or os.cpu_count() or 1, -(-len(names) // _WORTH_A_PROCESS))
    found = map(checker.judged, names) if jobs < 2 else _on_processors(checker, names, arguments, jobs)
    return _told(found, len(names))


def _on_processors(checker: Checker, names: list[str], arguments: argparse.Namespace, jobs: int) -> Iterator[Known]:
    """Judge some files first, if other processes can begin with what was read for those."""
    from lint_ssot.surfaces.processes import INHERIT, processes

    fewest, share, most = _ALONE
    first = names[: min(max(fewest, len(names) // share), most)] if INHERIT else []
    yield from map(checker.judged, first)
    rest = names[len(first) :]
    with processes(jobs, _Worker.start, checker if INHERIT else arguments) as pool:
        size = min(_MOST_AT_ONCE, max(1, len(rest) // (jobs * 8)))
        yield from pool.map(_Worker.judged, rest, chunksize=size)


def _told(results: Iterable[Known], count: int) -> Iterator[Known]:
    """Tell a person at a terminal how far a long run is."""
    is_told = count > _STEP and sys.stderr.isatty()
    for number, result in enumerate(results, start=1):
        if is_told and (number % _STEP == 0 or number == count):
            print(f"\r{number} of {count} files", end="\n" if number == count else "", file=sys.stderr, flush=True)
        yield result


@dataclass(frozen=True, slots=True)
class Checker:
    """Judges files one by one, as the plug-in does in flake8."""

    choice: Configured

    def recalled(self, name: str) -> Known | None:
        """What an earlier run said of the file, if that still holds; nothing of a file that flake8 leaves alone."""
        path = _path(name)
        memory: Memory | None = self.choice.options.ssot_memory
        if memory is None or memory.is_empty(path.parent):
            return None  # not worth a look at each file
        stamp = _stamp(path, memory)
        lines = _lines(name, self.choice)
        source = "".join(lines)
        if _is_idle(source):
            return Known((), (), stamp)
        recalled = memory.recall(path, source)
        if recalled is None:
            return None
        found = [Diagnostic(path, line, column, code, text) for line, column, code, text in recalled.said]
        return Known(self._reported(found, name, lines), recalled.grounds, stamp)

    def judged(self, name: str) -> Known:
        """What there is to say of a file; nothing if Python cannot parse it, which is for others to say.

        Without a stamp where nothing was kept of it: the next run is to look at it again.
        """
        import ast

        path = _path(name)
        memory: Memory | None = self.choice.options.ssot_memory
        stamp = _stamp(path, memory)
        lines = _lines(name, self.choice)
        source = "".join(lines)
        if _is_idle(source):
            return Known((), (), stamp)
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return Known((), (), 0)
        found = []
        for line, column, text, _ in Plugin(tree, name, lines, self.choice.options).run():
            code, _, message = text.partition(" ")
            found.append(Diagnostic(path, line, column, code, message))
        grounds = None if memory is None else memory.kept_for(path)
        return Known(self._reported(found, name, lines), grounds or (), 0 if grounds is None else stamp)

    def _reported(self, found: list[Diagnostic], name: str, lines: list[str]) -> tuple[str, ...]:
        kept = reported(found, Path(name), "".join(lines), self.choice.options)
        return tuple(f"{each.line}:{each.column + 1}: {each.code} {each.text}" for each in sorted(kept))


def _is_idle(source: str) -> bool:
    return not source.strip() or not may_matter(source.encode("utf-8", "surrogatepass"))


def _path(name: str) -> Path:
    return Path(os.path.abspath(name))  # noqa: PTH100  # resolve() follows links


def _stamp(path: Path, memory: Memory | None) -> int:
    """A number for the last change, where a roll of the run may hold what is said of the file."""
    folder = os.path.dirname(path)  # noqa: PTH120
    return stamp_of(str(path)) if memory is not None and memory.shares_store(folder) else 0


def _lines(name: str, choice: Configured) -> list[str]:
    try:
        return FileProcessor(name, choice.options).lines
    except OSError:
        return []


class _Worker:
    """The checker of a process of its own."""

    checker: Checker

    @classmethod
    def start(cls, given: Checker | argparse.Namespace) -> None:
        """Take the checker, or make it from the same options."""
        gc.disable()
        cls.checker = given if isinstance(given, Checker) else Checker(_choice(given))

    @classmethod
    def judged(cls, name: str) -> Known:
        """Judge one file."""
        return cls.checker.judged(name)
