"""Check everything: format, lint, types, import contracts, tests, and the linter on its own tests."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent

CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("flake8", "--select=LSS", "tests"),
    ("pytest", "-n", "auto", "--dist", "loadfile"),
)


def main() -> int:
    """Run all checks, also after one failed; the exit status is that of the whole."""
    failed = [" ".join(check) for check in CHECKS if not passes(check)]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def passes(check: tuple[str, ...]) -> bool:
    """Whether the command, which was installed beside the running Python, ends well; it speaks for itself."""
    command, *arguments = check
    print(f"== {' '.join(check)}", flush=True)
    started = time.monotonic()
    status = subprocess.run(
        [Path(sys.executable).with_name(command), *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, check=False
    ).returncode
    print(f"-- exit status {status} after {time.monotonic() - started:.1f} s\n", flush=True)
    return status == 0


if __name__ == "__main__":
    raise SystemExit(main())
