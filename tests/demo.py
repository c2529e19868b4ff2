"""What pytest and the linter say about the demo."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.pages import ROOT

DEMO = ROOT / "demo"
PAGE = DEMO / "README.md"
FIRST_SCREEN = ROOT / "README.md"

PYTEST = ("pytest", "-q", "--tb=no")
FLAKE8 = ("flake8",)


def run(*command: str) -> str:
    """What a tool prints in the demo's folder, without the time it took."""
    environment = {**os.environ, "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        [sys.executable, "-m", *command, *(("-p", "no:cacheprovider") if command[0] == "pytest" else ())],
        cwd=DEMO,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return re.sub(r" in [\d.]+s$", "", done.stdout, flags=re.MULTILINE)


def transcript(command: tuple[str, ...], page: Path = PAGE) -> str:
    """What the page shows for a command."""
    found = _block(command).search(page.read_text(encoding="utf-8"))
    return found[0] if found else ""


def _block(command: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<=```console\n\$ {re.escape(' '.join(command))}\n).*?(?=```)", re.DOTALL)


def essential(output: str) -> str:
    """What pytest says of the tests that failed, and its closing line, without the warnings it counts."""
    lines = output.splitlines()
    closing = re.sub(r", \d+ warnings?", "", lines[-1])
    return "".join(f"{line}\n" for line in [*(line for line in lines if line.startswith("FAILED")), closing])


def write() -> None:
    """Write the transcripts into the page."""
    page = PAGE.read_text(encoding="utf-8")
    page = _block(PYTEST).sub(lambda _: essential(run(*PYTEST)), page, count=1)
    page = _block(FLAKE8).sub(lambda _: run(*FLAKE8), page, count=1)
    PAGE.write_text(page, encoding="utf-8")
    first = _block(FLAKE8).sub(lambda _: transcript(FLAKE8), FIRST_SCREEN.read_text(encoding="utf-8"), count=1)
    FIRST_SCREEN.write_text(first, encoding="utf-8")
