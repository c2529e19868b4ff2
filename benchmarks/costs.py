"""What a process costs: processor time and peak memory, measured from outside."""

from __future__ import annotations

import os
import statistics
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it is run: its words, the folder it is run in, and what it reads."""

    words: tuple[str, ...]
    folder: Path
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time, user and system, of a process and all it started; its peak memory in MiB."""

    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is measured, what is wanted of it, and what came out pair by pair."""

    name: str
    must: str
    goal: str
    ratios: tuple[float, ...]

    def __str__(self) -> str:
        median = statistics.median(self.ratios)
        spread = f"{min(self.ratios):.3f}-{max(self.ratios):.3f}"
        return f"| {self.name} | {self.must} | {self.goal} | {median:.3f} | {spread} |"


def cost(command: Command) -> Cost:
    """Run a command to its end, whatever it says."""
    kept = {name: value for name, value in os.environ.items() if name not in _DISTORTING}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    read = None if command.text is None else subprocess.PIPE
    with subprocess.Popen(command.words, cwd=command.folder, env=kept, stdin=read, **quiet) as process:
        if process.stdin is not None and command.text is not None:
            process.stdin.write(command.text.encode())
            process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def pairs(runs: int, *commands: Callable[[], Command]) -> list[tuple[Cost, ...]]:
    """Commands in turn, so that what slows the machine down slows all of them."""
    return [tuple(cost(command()) for command in commands) for _ in range(runs)]


def words(*parts: str | Path | Sequence[str]) -> tuple[str, ...]:
    """The words of a command, of single ones and of lists."""
    return tuple(word for part in parts for word in ([str(part)] if isinstance(part, (str, Path)) else part))


# with the first every module would be compiled in every run
_DISTORTING = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "VIRTUAL_ENV"})
