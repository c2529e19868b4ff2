"""Real editors with the settings of our page show what is typed and not saved; each is left out where it is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.language_client import LanguageClient
from tests.pages import ROOT
from tests.projects import write_project

pytestmark = pytest.mark.hosts

FILES = {
    "base.py": "class Base:\n    def setup_method(self):\n        self.value = 1\n",
    "test_child.py": "from base import Base\n\n\nclass TestChild(Base):\n    def test_value(self):\n        pass\n",
    "setup.cfg": "[flake8]\nselect = LSS\n",
}
TYPED = "        assert self.value\n        assert self.price\n"
SHOWN = [[8, 16, "`self.price` is read in `test_value`, and nothing assigns it (stops 1 test)"]]
# where Debian and the plug-in managers put it
ALE = ("/usr/share/vim-ale", "~/.vim/pack/*/start/ale", "~/.vim/plugged/ale")
VIM = """
runtime plugin/ale.vim
edit test_child.py
call append('$', readfile('typed'))
ALELint
let patience = 600
while patience && empty(ale#engine#GetLoclist(bufnr('%')))
  sleep 100m
  let patience -= 1
endwhile
let shown = map(ale#engine#GetLoclist(bufnr('%')), '[v:val.lnum, v:val.col, v:val.text]')
call writefile([json_encode(shown)], 'shown')
qa!
"""
EMACS = """
(find-file "test_child.py")
(goto-char (point-max))
(insert-file-contents "typed")
(flycheck-mode 1)
(flycheck-buffer)
(with-timeout (60) (while (not (eq flycheck-last-status-change 'finished)) (accept-process-output nil 0.1)))
(let ((shown (vconcat (mapcar (lambda (each) (vector (flycheck-error-line each) (flycheck-error-column each)
                                                     (flycheck-error-message each)))
                              flycheck-current-errors))))
  (with-temp-file "shown" (insert (json-encode shown))))
(with-current-buffer "test_child.py" (set-buffer-modified-p nil))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_project(tmp_path, {**FILES, "typed": TYPED})
    scripts = tmp_path / ".venv" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "flake8").symlink_to(Path(sys.executable).with_name("flake8"))
    monkeypatch.setenv("PATH", str(scripts), prepend=os.pathsep)
    return tmp_path


def settings(heading: str) -> str:
    """The first block of code below a heading of our page."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {heading}\n.*?^```\w+\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return found[1]


def program(name: str) -> str:
    return shutil.which(name) or pytest.skip(f"there is no {name}")


def shown_by(command: list[str], folder: Path) -> object:
    subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    return json.loads((folder / "shown").read_text(encoding="utf-8"))


def test_ale(folder: Path) -> None:
    vim = program("vim")
    places = (found for each in ALE for found in Path("/").glob(os.path.expanduser(each)[1:]))  # noqa: PTH111
    ale = next(places, None) or pytest.skip("there is no ALE")
    setup = f"set nocompatible\nfiletype plugin on\nset runtimepath+={ale}\n{settings('ALE')}"
    (folder / "vimrc").write_text(setup, encoding="utf-8")
    (folder / "session.vim").write_text(VIM, encoding="utf-8")
    assert SHOWN == shown_by([vim, "-Nu", "vimrc", "-es", "-S", "session.vim"], folder)


def test_flycheck(folder: Path) -> None:
    emacs, start = program("emacs"), "(progn (package-initialize) (require 'flycheck) (require 'project))"
    if subprocess.run([emacs, "--batch", "--eval", start], capture_output=True, timeout=60, check=False).returncode:
        pytest.skip("there is no flycheck")
    (folder / "session.el").write_text(f"{start}\n{settings('flycheck')}\n{EMACS}", encoding="utf-8")
    assert SHOWN == shown_by([emacs, "--batch", "-l", "session.el"], folder)


@contextmanager
def efm(folder: Path) -> Iterator[LanguageClient]:
    (folder / "config.yaml").write_text(settings("efm-langserver"), encoding="utf-8")
    command = [program("efm-langserver"), "-c", "config.yaml"]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        client = LanguageClient(process, folder)
        client.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        client.notify("initialized")
        yield client
        process.kill()


def test_efm_langserver(folder: Path) -> None:
    with efm(folder) as editor:
        editor.open("test_child.py", FILES["test_child.py"] + TYPED)
        found = editor.diagnostics("test_child.py", bool)
    places = [(each["range"]["start"]["line"] + 1, each["range"]["start"]["character"] + 1) for each in found]
    assert [(place, f"LSS201 {message}") for *place, message in SHOWN] == [
        (list(place), each["message"]) for place, each in zip(places, found, strict=True)
    ]
