"""What the editor's plug-in remembers, it takes back as soon as it is no longer true."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.surfaces.editor.live import LiveWorkspace
from tests.projects import write_files, write_project

BASE = "class Base:\n    def setup_method(self):\n        self.value = 1\n"
EMPTY_BASE = "class Base:\n    pass\n"
CHILD = "from base import Base\n\n\nclass TestChild(Base):\n    def test_value(self):\n        assert self.value\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_project(tmp_path, {"base.py": BASE, "test_child.py": CHILD})
    return tmp_path


def codes(live: LiveWorkspace, folder: Path, buffers: dict[str, str] | None = None) -> list[str]:
    opened = {folder / name: text for name, text in {"test_child.py": CHILD, **(buffers or {})}.items()}
    return [found.code for found in live.findings(folder / "test_child.py", CHILD, opened)]


def test_a_file_that_changes_on_disk_is_read_again(folder: Path) -> None:
    live = LiveWorkspace(folder)
    assert [] == codes(live, folder)
    write_files(folder, {"base.py": EMPTY_BASE})
    assert ["LSS201"] == codes(live, folder)


def test_a_file_that_comes_and_goes_is_found_and_missed(folder: Path) -> None:
    (folder / "base.py").unlink()
    live = LiveWorkspace(folder)
    assert [] == codes(live, folder)  # another package may have one
    write_files(folder, {"base.py": EMPTY_BASE})
    assert ["LSS201"] == codes(live, folder)
    (folder / "base.py").unlink()
    assert [] == codes(live, folder)


def test_a_buffer_counts_as_long_as_it_is_open(folder: Path) -> None:
    live = LiveWorkspace(folder)
    assert ["LSS201"] == codes(live, folder, {"base.py": EMPTY_BASE})
    assert [] == codes(live, folder)


def test_a_name_that_is_typed_into_another_buffer_is_there(folder: Path) -> None:
    live = LiveWorkspace(folder)
    write_files(folder, {"base.py": "class Other:\n    pass\n"})
    assert ["LSS502"] == codes(live, folder)
    assert [] == codes(live, folder, {"base.py": BASE})


def test_the_configuration_is_read_again(folder: Path) -> None:
    live = LiveWorkspace(folder)
    write_files(folder, {"base.py": EMPTY_BASE})
    assert ["LSS201"] == codes(live, folder)
    write_files(folder, {"setup.cfg": "[flake8]\nextend-ignore = LSS2\n"})
    assert [] == codes(live, folder)


def test_a_wrong_configuration_is_silence_until_it_is_right(folder: Path) -> None:
    write_files(folder, {"base.py": EMPTY_BASE, "setup.cfg": "[flake8]\nssot-runner = nose\n"})
    live = LiveWorkspace(folder)
    assert [] == codes(live, folder)
    write_files(folder, {"setup.cfg": "[flake8]\nssot-runner = pytest\n"})
    assert ["LSS201"] == codes(live, folder)


def test_known_findings_are_left_out_wherever_the_server_runs(folder: Path) -> None:
    known = '{"path": "test_child.py", "code": "LSS201", "in": "TestChild", "message": "%s"}\n'
    said = "`self.value` is read in `…`, and nothing assigns it"
    write_files(
        folder,
        {
            "base.py": EMPTY_BASE,
            "setup.cfg": "[flake8]\nssot-baseline = lint-ssot-baseline.jsonl\n",
            "lint-ssot-baseline.jsonl": known % said,
        },
    )
    live = LiveWorkspace(folder)
    assert [] == codes(live, folder)
    write_files(folder, {"lint-ssot-baseline.jsonl": ""})
    assert ["LSS201"] == codes(live, folder)
