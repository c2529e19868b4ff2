"""What is told of an import is what Python does with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import lint_project, write_project

PROJECT = {
    "shop/__init__.py": "from shop.cart import Cart\nfrom . import prices\n\nVERSION = 1\n",
    "shop/cart.py": "class Cart: ...\n\n\ndef make(): return Cart()\n",
    "shop/prices.py": "import os\n\nif os.sep:\n    total = sum\nelse:\n    total = None\n",
    "shop/deep/inner.py": "value = 1\n",
    "shop/starred.py": "from shop.cart import *\n_private = 1\n",
    "shop/limited.py": "__all__ = ['one']\none = two = 1\n",
    "shop/ghost.py": "__all__ = ['one', 'ghost']\none = 1\n",
    "shop/lazy.py": "def __getattr__(name):\n    if name == 'found': return 1\n    raise AttributeError(name)\n",
    "shop/deleted.py": "one = two = 1\ndel one\n",
    "shop/broken.py": "def total(:\n",
    "shop/first.py": "from shop.second import Second\n\n\nclass First: ...\n",
    "shop/second.py": "from shop.first import First\n\n\nclass Second: ...\n",
    "shop/typed.py": "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.cart import Cart\n",
    "plain.py": "value = 1\n",
}
STATEMENTS = (
    "import shop",
    "import shop.cart",
    "import shop.carts",
    "import shop.cart.make",
    "import shop.deep",
    "import shop.deep.inner",
    "import shop.deep.outer",
    "import plain",
    "import plain.inner",
    "import shop.broken",
    "from shop import Cart",
    "from shop import VERSION, prices",
    "from shop import cart, deep",
    "from shop import missing",
    "from shop import os",
    "from shop.cart import Cart, make",
    "from shop.cart import Kart",
    "from shop.prices import total, os",
    "from shop.prices import subtotal",
    "from shop.deep import inner",
    "from shop.deep import outer",
    "from shop.starred import Cart, _private",
    "from shop.starred import absent",
    "from shop.limited import two",
    "from shop.limited import *",
    "from shop.ghost import *",
    "from shop.ghost import one",
    "from shop.deleted import two",
    "from shop.deleted import one",
    "from shop.lazy import found",
    "from shop.typed import Cart",
    "from shop.broken import total",
    "from plain import value",
    "from plain import values",
    "from .shop import cart",
    "from . import plain",
    "try:\n    import shop.missing\nexcept ValueError:\n    pass",
    "try:\n    import shop.missing\nexcept ImportError:\n    import shop.cart",
    "try:\n    import shop.missing\nexcept ImportError:\n    raise",
    "try:\n    import shop.missing\nfinally:\n    pass",
    "if False:\n    import shop.missing",
    "if True:\n    import shop.missing",
    "class Holder:\n    import shop.missing",
    "def function():\n    pass\n\n\nimport shop.missing",
    "import contextlib\n\nwith contextlib.suppress(ValueError):\n    import shop.missing",
    "import sys\n\nsys.modules['shop.missing'] = sys\nimport shop.missing",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_an_import_is_told_exactly_if_it_fails(statement: str, tmp_path: Path) -> None:
    write_project(tmp_path, {**PROJECT, "pytest.ini": "[pytest]\n", "test_example.py": statement + "\n"})
    told = [found for found in lint_project(tmp_path) if found.path.name == "test_example.py"]
    assert fails(tmp_path) == any(found.code in ("LSS501", "LSS502", "LSS505") for found in told)


@pytest.mark.parametrize("entry", ["first", "second"])
def test_a_cycle_that_is_told_fails_from_both_ends(entry: str, tmp_path: Path) -> None:
    write_project(tmp_path, {**PROJECT, "test_example.py": f"import shop.{entry}\n"})
    told = {found.path.name for found in lint_project(tmp_path) if found.code == "LSS504"}
    assert fails(tmp_path)
    assert told == {"first.py", "second.py"}


def fails(folder: Path) -> bool:
    """Whether `import test_example` raises."""
    arguments = [sys.executable, "-W", "ignore", "-c", "import test_example"]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, timeout=60, check=False)
    return done.returncode != 0
