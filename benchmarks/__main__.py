"""`python -m benchmarks SUITE`: what the linter costs beside plain flake8 and others, pair by pair."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.environments import Environments
from benchmarks.rows import Bench


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("suite", type=Path, help="a folder of tests; 40,000 lines make the ratios steady")
    parser.add_argument("--whole", type=Path, help="a larger folder, for what costs little a file; by default SUITE")
    parser.add_argument("--flat", action="store_true", help="the files in SUITE itself, without those in its folders")
    parser.add_argument("--runs", type=int, default=3, help="how many pairs of runs a row")
    parser.add_argument("--extras", action="store_true", help="measure pyrefly, pylint and flake8-async as well")
    parser.add_argument("--environments", type=Path, help="where they are kept for the next run; a temporary folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        environments = Environments((arguments.environments or scratch / "environments").resolve())
        suite = _files(arguments.suite, "*.py" if arguments.flat else "**/*.py")
        whole = _files(arguments.whole, "**/*.py") if arguments.whole else suite
        bench = Bench(suite, whole, arguments.suite.resolve(), environments, scratch, arguments.runs)
        print("| what | must | goal | median | range |\n|---|---|---|---|---|", flush=True)
        for row in bench.rows():
            print(row, flush=True)
        for row in bench.extras() if arguments.extras else ():
            print(row, flush=True)


def _files(folder: Path, pattern: str) -> tuple[str, ...]:
    return tuple(str(path) for path in sorted(folder.resolve().glob(pattern)))


if __name__ == "__main__":
    main()
