"""What is told of a project's imports is what pytest comes upon when it collects the project's tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import lint_project, write_project

TEST = "\n\ndef test_it():\n    assert True\n"
CLASSIC = "[pytest]\n"
BY_PATH = "[pytest]\naddopts = --import-mode=importlib\n"
# of each project its files; `test_it.py`, wherever it stands, is what may fail
PROJECTS = {
    "beside_it": {"tests/helper.py": "x = 1\n", "tests/test_it.py": "import helper"},
    "beside_it_by_path": {
        "pytest.ini": BY_PATH,
        "tests/helper.py": "x = 1\n",
        "tests/test_it.py": "from . import helper",
    },
    "in_the_package": {
        "tests/__init__.py": "",
        "tests/helper.py": "x = 1\n",
        "tests/test_it.py": "from .helper import x",
    },
    "in_the_package_absolutely": {
        "tests/__init__.py": "",
        "tests/helper.py": "x = 1\n",
        "tests/test_it.py": "from tests.helper import x",
    },
    "not_in_the_package": {"tests/__init__.py": "", "tests/test_it.py": "from .helper import x"},
    "relative_without_package": {"tests/helper.py": "x = 1\n", "tests/test_it.py": "from .helper import x"},
    "two_dots_too_many": {
        "tests/__init__.py": "",
        "helper.py": "x = 1\n",
        "tests/test_it.py": "from ..helper import x",
    },
    "from_the_parent": {
        "pack/__init__.py": "",
        "pack/helper.py": "x = 1\n",
        "pack/tests/__init__.py": "",
        "pack/tests/test_it.py": "from ..helper import x",
    },
    "conftest_in_the_root": {"conftest.py": "", "helper.py": "x = 1\n", "tests/test_it.py": "import helper"},
    "pythonpath": {
        "pytest.ini": CLASSIC + "pythonpath = lib\n",
        "lib/helper.py": "x = 1\n",
        "tests/test_it.py": "from helper import x",
    },
    "pythonpath_lacks_the_name": {
        "pytest.ini": CLASSIC + "pythonpath = lib\n",
        "lib/helper.py": "x = 1\n",
        "tests/test_it.py": "from helper import y",
    },
    "inserted": {
        "lib/helper.py": "x = 1\n",
        "tests/test_it.py": "import os, sys\n"
        "sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))\nfrom helper import x",
    },
    "inserted_lacks_the_name": {
        "lib/helper.py": "x = 1\n",
        "tests/test_it.py": "import sys\nfrom pathlib import Path\n"
        "sys.path.insert(0, str(Path(__file__).parent.parent / 'lib'))\nfrom helper import y",
    },
    "inserted_by_conftest": {
        "tests/conftest.py": "import sys\nfrom pathlib import Path\n"
        "sys.path.append(str(Path(__file__).parents[1] / 'lib'))\n",
        "lib/helper.py": "x = 1\n",
        "tests/test_it.py": "from helper import x",
    },
    "inserted_by_conftest_lacks_the_name": {
        "tests/conftest.py": "import sys\nfrom pathlib import Path\n"
        "sys.path.append(str(Path(__file__).parents[1] / 'lib'))\n",
        "lib/helper.py": "x = 1\n",
        "tests/test_it.py": "from helper import y",
    },
    "namespace": {"conftest.py": "", "shop/cart.py": "x = 1\n", "tests/test_it.py": "from shop.cart import x"},
    "namespace_lacks_the_name": {
        "conftest.py": "",
        "shop/cart.py": "x = 1\n",
        "tests/test_it.py": "from shop.cart import y",
    },
    "package_without_the_module": {
        "conftest.py": "",
        "shop/__init__.py": "",
        "tests/test_it.py": "from shop.cart import x",
    },
    "submodule_as_name": {
        "conftest.py": "",
        "shop/__init__.py": "",
        "shop/cart.py": "x = 1\n",
        "tests/test_it.py": "from shop import cart",
    },
    "submodule_not_imported": {
        "conftest.py": "",
        "shop/__init__.py": "",
        "shop/cart.py": "x = 1\n",
        "tests/test_it.py": "import shop.cart\nfrom shop import carts",
    },
    "shadowed_submodule": {
        "conftest.py": "",
        "shop/__init__.py": "cart = None\n",
        "shop/cart.py": "x = 1\n",
        "tests/test_it.py": "from shop import cart\nfrom shop.cart import x",
    },
    "getattr": {
        "conftest.py": "",
        "shop.py": "def __getattr__(name): return name\n",
        "tests/test_it.py": "from shop import x",
    },
    "conditional": {
        "conftest.py": "",
        "shop.py": "import sys\nif sys.version_info >= (3, 8):\n    x = 1\nelse:\n    y = 1\n",
        "tests/test_it.py": "from shop import x",
    },
    "conditional_the_other_way": {
        "conftest.py": "",
        "shop.py": "import sys\nif sys.version_info >= (3, 8):\n    x = 1\nelse:\n    y = 1\n",
        "tests/test_it.py": "from shop import y",
    },
    "deleted": {"conftest.py": "", "shop.py": "x = 1\ndel x\n", "tests/test_it.py": "from shop import x"},
    "deleted_loop_variable": {
        "conftest.py": "",
        "shop.py": "for x in range(3):\n    pass\ndel x\ny = 1\n",
        "tests/test_it.py": "from shop import x, y",
    },
    "exception_name": {
        "conftest.py": "",
        "shop.py": "try:\n    1 / 0\nexcept ZeroDivisionError as x:\n    y = 1\n",
        "tests/test_it.py": "from shop import x",
    },
    "comprehension_name": {
        "conftest.py": "",
        "shop.py": "y = [x for x in 'ab']\n",
        "tests/test_it.py": "from shop import x",
    },
    "walrus_name": {
        "conftest.py": "",
        "shop.py": "y = [(x := each) for each in 'ab']\n",
        "tests/test_it.py": "from shop import x",
    },
    "annotation_only": {"conftest.py": "", "shop.py": "x: int\n", "tests/test_it.py": "from shop import x"},
    "class_attribute": {
        "conftest.py": "",
        "shop.py": "class Shop:\n    x = 1\n",
        "tests/test_it.py": "from shop import x",
    },
    "local_name": {"conftest.py": "", "shop.py": "def make():\n    x = 1\n", "tests/test_it.py": "from shop import x"},
    "global_name": {
        "conftest.py": "",
        "shop.py": "def make():\n    global x\n    x = 1\n\nmake()\n",
        "tests/test_it.py": "from shop import x",
    },
    "globals": {"conftest.py": "", "shop.py": "globals()['x'] = 1\n", "tests/test_it.py": "from shop import x"},
    "ghost": {"conftest.py": "", "shop.py": "__all__ = ['x']\n", "tests/test_it.py": "from shop import *"},
    "ghost_added": {
        "conftest.py": "",
        "shop.py": "__all__ = []\n__all__ += ['x']\n",
        "tests/test_it.py": "from shop import *",
    },
    "ghost_of_a_package": {
        "conftest.py": "",
        "shop/__init__.py": "__all__ = ['cart']\n",
        "shop/cart.py": "",
        "tests/test_it.py": "from shop import *",
    },
    "star_then_name": {
        "conftest.py": "",
        "base.py": "x = _y = 1\n",
        "shop.py": "from base import *\n",
        "tests/test_it.py": "from shop import x",
    },
    "star_then_private_name": {
        "conftest.py": "",
        "base.py": "x = _y = 1\n",
        "shop.py": "from base import *\n",
        "tests/test_it.py": "from shop import _y",
    },
    "re_exported": {
        "conftest.py": "",
        "base.py": "x = 1\n",
        "shop.py": "from base import x as z\n",
        "tests/test_it.py": "from shop import z",
    },
    "re_exported_otherwise": {
        "conftest.py": "",
        "base.py": "x = 1\n",
        "shop.py": "from base import x as z\n",
        "tests/test_it.py": "from shop import x",
    },
    "broken_below": {
        "conftest.py": "",
        "base.py": "x = 1\n",
        "shop.py": "from base import y\n",
        "tests/test_it.py": "from shop import y",
    },
    "for_type_checkers": {
        "conftest.py": "",
        "shop.py": "x = 1\n",
        "tests/test_it.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop import x\n",
    },
    "for_type_checkers_and_used": {
        "conftest.py": "",
        "shop.py": "class X: ...\n",
        "tests/test_it.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop import X\n"
        "\n\nclass Y(X): ...",
    },
    "for_type_checkers_and_imported": {
        "conftest.py": "",
        "base.py": "x = 1\n",
        "shop.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from base import x\n",
        "tests/test_it.py": "from shop import x",
    },
    "circle": {
        "conftest.py": "",
        "one.py": "from two import b\na = 1\n",
        "two.py": "from one import a\nb = 1\n",
        "tests/test_it.py": "from one import a",
    },
    "circle_of_modules": {
        "conftest.py": "",
        "one.py": "import two\na = 1\n",
        "two.py": "import one\nb = 1\n",
        "tests/test_it.py": "from one import a",
    },
    "circle_in_order": {
        "conftest.py": "",
        "one.py": "a = 1\nfrom two import b\n",
        "two.py": "from one import a\nb = 1\n",
        "tests/test_it.py": "from one import a",
    },
    "circle_of_three": {
        "conftest.py": "",
        "one.py": "from two import b\na = 1\n",
        "two.py": "from three import c\nb = 1\n",
        "three.py": "from one import a\nc = 1\n",
        "tests/test_it.py": "from one import a",
    },
    "circle_in_a_function": {
        "conftest.py": "",
        "one.py": "from two import b\na = 1\n",
        "two.py": "def b():\n    from one import a\n    return a\n",
        "tests/test_it.py": "from one import a",
    },
    "plug_in": {"helper.py": "x = 1\n", "conftest.py": "pytest_plugins = 'helper'\n", "test_it.py": "import os"},
    "plug_in_missing": {
        "pack/__init__.py": "",
        "conftest.py": "pytest_plugins = ['pack.helper']\n",
        "test_it.py": "import os",
    },
    "stub_only": {
        "conftest.py": "",
        "shop/__init__.py": "",
        "shop/cart.pyi": "x: int\n",
        "tests/test_it.py": "from shop.cart import x",
    },
    "stub_beside": {
        "conftest.py": "",
        "shop/__init__.py": "",
        "shop/cart.py": "y = 1\n",
        "shop/cart.pyi": "x: int\n",
        "tests/test_it.py": "from shop.cart import x",
    },
    "expected": {
        "conftest.py": "",
        "shop.py": "",
        "tests/test_it.py": "import pytest\nwith pytest.raises(ImportError):\n    from shop import x",
    },
    "skipped_before": {
        "conftest.py": "",
        "shop.py": "",
        "tests/test_it.py": "import pytest\npytest.skip('no', allow_module_level=True)\nfrom shop import x",
    },
    "import_or_skip": {
        "conftest.py": "",
        "shop.py": "",
        "tests/test_it.py": "import pytest\npytest.importorskip('no_such_package')\nfrom shop import x",
    },
    "guarded_by_skip": {
        "conftest.py": "",
        "shop.py": "",
        "tests/test_it.py": "import pytest\ntry:\n    from shop import x\nexcept ImportError:\n"
        "    pytest.skip('no', allow_module_level=True)",
    },
    "guarded_by_other_error": {
        "conftest.py": "",
        "shop.py": "",
        "tests/test_it.py": "try:\n    from shop import x\nexcept ValueError:\n    x = None",
    },
    "raised_again": {
        "conftest.py": "",
        "shop.py": "",
        "tests/test_it.py": "try:\n    from shop import x\nexcept ImportError:\n    print('no')\n    raise",
    },
    "put_into_modules": {
        "conftest.py": "import sys, types\nsys.modules['shop.cart'] = types.ModuleType('shop.cart')\n",
        "shop/__init__.py": "",
        "tests/test_it.py": "import shop.cart",
    },
    "folder_beside_a_package": {
        "conftest.py": "",
        "shop/__init__.py": "",
        "shop/data/table.txt": "",
        "tests/test_it.py": "import shop.data",
    },
    "module_and_package": {
        "conftest.py": "",
        "shop.py": "x = 1\n",
        "shop/__init__.py": "y = 1\n",
        "tests/test_it.py": "from shop import x",
    },
    "twice_the_same_name": {
        "one/helper.py": "x = 1\n",
        "one/test_it.py": "from helper import x",
        "two/helper.py": "y = 1\n",
        "two/test_other.py": "import os",
    },
    "class_level": {"conftest.py": "", "shop.py": "", "tests/test_it.py": "class Holder:\n    from shop import x"},
    "in_a_loop": {"conftest.py": "", "shop.py": "", "tests/test_it.py": "for _ in range(1):\n    from shop import x"},
    "aliased_module": {
        "conftest.py": "",
        "shop.py": "y = 1\n",
        "tests/test_it.py": "import shop as s\nfrom s import y",
    },
    "own_name": {"tests/test_it.py": "import test_it"},
}
# what fails and is left alone
LIMITS = frozenset(
    {
        "aliased_module",  # no package of the project is called so
        "stub_only",  # what it describes may be compiled somewhere else
    }
)
COLLECT = """
import contextlib, io, json, os, pathlib, sys
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
import pytest

failed = {}
with contextlib.redirect_stdout(io.StringIO()):
    pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider"])  # loads what all of them need
for folder in map(pathlib.Path, sys.argv[1:]):
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(int(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider"])))
    failed[folder.name] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) not in (0, 5)
print(json.dumps(failed))
"""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process for each project would take minutes")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All projects, each in a folder of its name."""
    folder = tmp_path_factory.mktemp("projects")
    for name, given in PROJECTS.items():
        files = {path: text + TEST if path.endswith("test_it.py") else text for path, text in given.items()}
        write_project(folder / name, {"pytest.ini": CLASSIC, **files})
    return folder


@pytest.fixture(scope="module")
def failed(root: Path) -> dict[str, bool]:
    """Whether pytest cannot collect all the tests of a project; each in a fork of one process."""
    arguments = [sys.executable, "-c", COLLECT, *(str(root / name) for name in PROJECTS)]
    (root / "nothing").mkdir()
    done = subprocess.run(arguments, cwd=root / "nothing", capture_output=True, text=True, timeout=120, check=True)
    found: dict[str, bool] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", PROJECTS)
def test_an_import_is_told_exactly_if_the_collection_fails(name: str, root: Path, failed: dict[str, bool]) -> None:
    told = any(found.code[:4] == "LSS5" for found in lint_project(root / name))
    assert told == (failed[name] and name not in LIMITS)
