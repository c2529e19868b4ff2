"""A file is the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from lint_ssot.fixes.files import UnfixableFileError, read_file, write_file

# writes half of it, and then the disk is full or the process gone
_WRITING = """
import resource, signal, sys
from pathlib import Path
from lint_ssot.fixes.files import UnfixableFileError, read_file, write_file
path = Path(sys.argv[1])
file = read_file(path, path.parent)
if sys.argv[2] == "full":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
else:
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_file(file, "new = 1\\n" * 10_000)
except UnfixableFileError as error:
    print(error)
    sys.exit(3)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    made = tmp_path / "project" / "test_it.py"
    made.write_text("old = 1\n", encoding="utf-8")
    return made


def test_the_mode_stays(path: Path) -> None:
    path.chmod(0o640)
    write_file(read_file(path, path.parent), "new = 1\n")
    assert ("new = 1\n", 0o640) == (path.read_text(encoding="utf-8"), stat.S_IMODE(path.stat().st_mode))


def test_nothing_else_is_left_in_the_folder(path: Path) -> None:
    write_file(read_file(path, path.parent), "new = 1\n")
    assert [path] == list(path.parent.iterdir())


def test_a_full_disk_leaves_the_old_file_and_says_so(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _WRITING, path, "full"], capture_output=True, text=True, check=False)
    assert (3, "cannot be written (File too large)\n") == (done.returncode, done.stdout)
    assert ("old = 1\n", [path]) == (path.read_text(encoding="utf-8"), list(path.parent.iterdir()))


def test_a_kill_in_the_middle_leaves_the_old_file(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _WRITING, path, "kill"], capture_output=True, check=False)
    assert -signal.SIGXFSZ == done.returncode
    assert "old = 1\n" == path.read_text(encoding="utf-8")


def test_a_link_inside_the_project_stays_a_link(path: Path) -> None:
    link = path.with_name("test_link.py")
    link.symlink_to(path)
    write_file(read_file(link, path.parent), "new = 1\n")
    assert (True, "new = 1\n") == (link.is_symlink(), path.read_text(encoding="utf-8"))


def test_a_link_out_of_the_project_is_refused(path: Path) -> None:
    outside = path.parent.parent / "outside.py"
    outside.write_text("old = 1\n", encoding="utf-8")
    path.unlink()
    path.symlink_to(outside)
    with pytest.raises(UnfixableFileError, match="leads out of the project"):
        read_file(path, path.parent)


def test_a_folder_that_leads_out_of_the_project_is_refused(path: Path) -> None:
    outside = path.parent.parent / "outside"
    outside.mkdir()
    (outside / "test_it.py").write_text("old = 1\n", encoding="utf-8")
    (path.parent / "inner").symlink_to(outside)
    with pytest.raises(UnfixableFileError, match="leads out of the project"):
        read_file(path.parent / "inner" / "test_it.py", path.parent)


def test_a_path_that_climbs_out_of_the_project_is_refused(path: Path) -> None:
    (path.parent.parent / "outside.py").write_text("old = 1\n", encoding="utf-8")
    with pytest.raises(UnfixableFileError, match="leads out of the project"):
        read_file(path.parent / ".." / "outside.py", path.parent)


def test_a_link_to_itself_is_refused(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(UnfixableFileError, match="cannot be read"):
        read_file(path, path.parent)


def test_a_pipe_is_refused(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(UnfixableFileError, match="no plain file"):
        read_file(path, path.parent)


def test_what_somebody_else_has_changed_is_refused(path: Path) -> None:
    file = read_file(path, path.parent)
    path.write_text("theirs = 1\n", encoding="utf-8")
    with pytest.raises(UnfixableFileError, match="changed by somebody else"):
        write_file(file, "new = 1\n")
    assert "theirs = 1\n" == path.read_text(encoding="utf-8")


def test_a_character_that_the_encoding_lacks_is_refused(path: Path) -> None:
    path.write_text("# coding: latin-1\n", encoding="latin-1")
    with pytest.raises(UnfixableFileError, match="cannot be written in"):
        write_file(read_file(path, path.parent), "# coding: latin-1\nnew = '…'\n")
    assert "# coding: latin-1\n" == path.read_text(encoding="latin-1")
