"""The suites of the list: where their sources come from, downloaded and unpacked once."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

# Python's own tests, of the Python that runs this
PYTHON = "python"


@dataclass(frozen=True, slots=True)
class Suite:
    """One suite of the list: its kind, and the exact source distribution that it is part of.

    `requirement` is what pip is asked for, the path of an archive or `python==3.11` for Python's own tests.
    """

    requirement: str
    kind: str

    @property
    def name(self) -> str:
        """The name of the distribution, without its version."""
        stem = Path(self.requirement).name if "/" in self.requirement else self.requirement
        return stem.partition("==")[0] if "==" in stem else stem.rpartition("-")[0]


def read_list(path: Path) -> tuple[Suite, ...]:
    """The suites of a list in TOML, a table of requirements for each kind; paths of archives are relative to it."""
    toml = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    kinds: dict[str, list[str]] = toml.loads(path.read_text(encoding="utf-8"))["suites"]
    return tuple(
        Suite(str(path.parent / each) if each.startswith("./") else each, kind)
        for kind, requirements in kinds.items()
        for each in requirements
    )


def unpacked(suite: Suite, cache: Path) -> Path:
    """The folder of a suite below the cache, made if it is not there; raises OSError if pip has no such archive.

    pip asks the distribution for its metadata, which runs code of it: this is for suites that a person chose.
    """
    folder = cache / (Path(suite.requirement).name if "/" in suite.requirement else suite.requirement)
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            _unpack(suite, Path(scratch)).rename(folder)
    return folder


def _unpack(suite: Suite, scratch: Path) -> Path:
    if suite.name == PYTHON:
        return _python_tests(suite, scratch)
    archive = Path(suite.requirement) if "/" in suite.requirement else _downloaded(suite, scratch)
    into = scratch / "sources"
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(into)
    else:
        with tarfile.open(archive) as packed_tar:
            packed_tar.extractall(into, filter="data")
    return next(path for path in into.iterdir() if path.is_dir())


def _downloaded(suite: Suite, scratch: Path) -> Path:
    wanted = ("download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(scratch), suite.requirement)
    done = subprocess.run([sys.executable, "-m", "pip", *wanted], check=False, capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"pip has no source of {suite.requirement}: {done.stderr.strip()[-300:]}")
    return next(path for path in scratch.iterdir() if path.is_file())


def _python_tests(suite: Suite, scratch: Path) -> Path:
    running = f"{PYTHON}=={sys.version_info.major}.{sys.version_info.minor}"
    if suite.requirement != running:
        raise OSError(f"the list has {suite.requirement}, and this is {running}")
    shutil.copytree(Path(sysconfig.get_path("stdlib")) / "test", scratch / "lib" / "test")
    return scratch / "lib"
