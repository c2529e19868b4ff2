"""`python -m tests.generated FIRST LAST`: as many generated modules as anybody has time for, run and linted."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.generated.comparison import compare

_BATCH = 200


def main(first: int, last: int) -> int:
    """Compare batch by batch, and print whatever is wrong."""
    wrong = 0
    for start in range(first, last, _BATCH):
        for are_clear in (True, False):
            with tempfile.TemporaryDirectory() as folder:
                found = compare(Path(folder), range(start, min(start + _BATCH, last)), are_clear=are_clear)
            print(f"{start}: {found.dead} dead, {found.alive} alive", flush=True)
            for each in (*found.false_alarms, *found.missed_alarms):
                wrong += 1
                print(f"  {'clear' if are_clear else 'unclear'} {each}", flush=True)
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
