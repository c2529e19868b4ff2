from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.facts.extract import extract_facts
from lint_ssot.graph.modules.search_path import search_path

FILE = Path("/project/tests/unit/conftest.py")
IMPORTS = "import os, sys, site, os.path as osp\nfrom pathlib import Path\nfrom os.path import dirname, join\n"

# a statement, the folders it adds, whether all of them are known
CHANGES = {
    "nothing": ("print(sys.path)", [], True),
    "a literal": ("sys.path.insert(0, '/lib')", ["/lib"], True),
    "a relative literal": ("sys.path.append('lib')", ["/project/tests/unit/lib"], True),
    "the folder of the file": ("sys.path.insert(0, os.path.dirname(__file__))", ["/project/tests/unit"], True),
    "the folder above": (
        "sys.path.insert(0, os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..')))",
        ["/project"],
        True,
    ),
    "a parent directory constant": (
        "sys.path.insert(0, os.path.join(os.path.dirname(__file__), os.pardir))",
        ["/project/tests"],
        True,
    ),
    "nested dirname": ("sys.path.append(dirname(dirname(osp.realpath(__file__))))", ["/project/tests"], True),
    "text added": ("sys.path.append(os.path.dirname(__file__) + '/../lib')", ["/project/tests/lib"], True),
    "a path": ("sys.path.insert(0, str(Path(__file__).parent / 'lib'))", ["/project/tests/unit/lib"], True),
    "a resolved path": ("sys.path.insert(0, str(Path(__file__).resolve().parent.parent))", ["/project/tests"], True),
    "parents": ("sys.path.insert(0, str(Path(__file__).parents[2] / 'src'))", ["/project/src"], True),
    "joinpath": (
        "sys.path.insert(0, str(Path(__file__).parent.joinpath('a', 'b')))",
        ["/project/tests/unit/a/b"],
        True,
    ),
    "a variable": ("ROOT = Path(__file__).parent\nsys.path.insert(0, str(ROOT))", ["/project/tests/unit"], True),
    "a variable with two values": ("ROOT = '/a'\nROOT = '/b'\nsys.path.insert(0, ROOT)", [], False),
    "a variable that needs itself": ("A = B\nB = A\nsys.path.insert(0, A)", [], False),
    "in a function": ("def pytest_configure():\n    sys.path.insert(0, '/lib')", ["/lib"], True),
    "in a branch": ("if '/lib' not in sys.path:\n    sys.path.insert(0, '/lib')", ["/lib"], True),
    "extend": ("sys.path.extend(['/a', '/b'])", ["/a", "/b"], True),
    "extend by what cannot be told": ("sys.path.extend(f())", [], False),
    "augmented": ("sys.path += ['/a']", ["/a"], True),
    "assigned": ("sys.path = ['/a'] + sys.path", ["/a"], True),
    "a slice": ("sys.path[:0] = ['/a']", ["/a"], True),
    "an item": ("sys.path[0] = f()", [], False),
    "unpacked": ("sys.path = ['/a', *sys.path]", ["/a"], True),
    "a copy": ("sys.path = list(sys.path)", [], True),
    "a site folder": ("site.addsitedir('/a')", ["/a"], True),
    "a fixture": ("def test(monkeypatch): monkeypatch.syspath_prepend('/a')", ["/a"], True),
    "at the end of a condition": ("'/lib' in sys.path or sys.path.insert(0, '/lib')", ["/lib"], True),
    "an environment variable": ("sys.path.insert(0, os.environ['LIB'])", [], False),
    "the working folder": ("sys.path.insert(0, os.getcwd())", [], False),
    "one known and one not": ("sys.path.insert(0, '/a')\nsys.path.insert(0, f())", ["/a"], False),
}


@pytest.mark.parametrize(("source", "folders", "is_complete"), CHANGES.values(), ids=CHANGES)
def test_what_a_file_adds_to_the_search_path(source: str, folders: list[str], is_complete: bool) -> None:
    found = search_path(FILE, extract_facts(f"{IMPORTS}{source}\n"))
    assert (folders, is_complete) == ([str(folder) for folder in found.folders], found.is_complete)
