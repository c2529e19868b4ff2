from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.facts.expressions import Attribute, Name, Position
from tests.graph.graphs import class_named, graph, told

AT = Position(1, 0)
BASE = "class Base: pass\ndef make(): pass\nVALUE = 1\n"
OTHER = "class Base: pass\n"

# what the module `m` says, and what its name `X` is then; `base.py` and `other.py` stand beside it
NAMES = {
    "a class": ("class X: pass", "class m.X"),
    "a function": ("def X(): pass", "function m.X"),
    "a value": ("X = 1", "value"),
    "the last binding wins": ("from base import Base as X\nclass X: pass", "class m.X"),
    "an imported class": ("from base import Base as X", "class base.Base"),
    "an imported module": ("import base as X", "module base"),
    "a module outside": ("import numpy.linalg as X", "external numpy.linalg"),
    "a name outside": ("from numpy import linalg as X", "external numpy.linalg"),
    "an alias": ("from base import Base\nX = Base", "class base.Base"),
    "an alias of an attribute": ("import base\nX = base.Base", "class base.Base"),
    "an alias of what a module lacks": ("import base\nX = base.Gone", "missing base.Gone"),
    "an alias of the same name": ("from base import Base as X\nX = X", "class base.Base"),
    "an alias keeps what it was": ("from base import Base\nX = Base\nfrom other import Base", "class base.Base"),
    "a builtin": ("X = Exception", "external builtins.Exception"),
    "a builtin is no name of the module": ("print(1)", "missing m.X"),
    "several targets": ("from base import Base\nY = X = Base", "class base.Base"),
    "pairwise targets": ("from base import Base, make\nY, X = make, Base", "class base.Base"),
    "swapped names": ("from base import Base as X\nfrom other import Base as Y\nX, Y = Y, X", "class other.Base"),
    "swapped names, the other": (
        "from base import Base as Y\nfrom other import Base as X\nX, Y = Y, X\nX = Y",
        "class other.Base",
    ),
    "unpacking": ("Y, X = thing()", "unknown"),
    "a loop target": ("for X in range(3): pass", "unknown"),
    "a with target": ("with open('x') as X: pass", "unknown"),
    "a walrus": ("if (X := 1): pass", "value"),
    "a pattern": ("match 1:\n    case X: pass", "unknown"),
    "an annotation alone binds nothing": ("X: int", "missing m.X"),
    "an annotated value": ("X: int = 1", "value"),
    "deleted": ("X = 1\ndel X", "missing m.X"),
    "nothing": ("Y = 1", "missing m.X"),
    "a name that a function binds": ("def f():\n    global X\n    X = 1", "value"),
    "a value that a function changes": ("X = None\ndef f():\n    global X\n    X = 2", "value"),
    "set by python": ("", "missing m.X"),
    # conditions
    "both branches alike": (
        "if f():\n    from base import Base as X\nelse:\n    from base import Base as X",
        "class base.Base",
    ),
    "branches that differ": (
        "if f():\n    from base import Base as X\nelse:\n    from other import Base as X",
        "unknown",
    ),
    "one branch only": ("if f():\n    from base import Base as X", "class base.Base"),
    "one branch overrides": ("from base import Base as X\nif f():\n    from other import Base as X", "unknown"),
    "type checking only": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from base import Base as X",
        "missing m.X",
    ),
    "not for type checking": (
        "import typing\nif typing.TYPE_CHECKING:\n    X = 1\nelse:\n    from base import Base as X",
        "class base.Base",
    ),
    "not while imported": (
        "from base import Base as X\nif __name__ == '__main__':\n    from other import Base as X",
        "class base.Base",
    ),
    "python 3 only": (
        "import sys\nif sys.version_info[0] == 2:\n    X = 1\nelse:\n    from base import Base as X",
        "class base.Base",
    ),
    "a version that may be": (
        "import sys\nif sys.version_info >= (3, 12):\n    from base import Base as X\nelse:\n    class X: pass",
        "unknown",
    ),
    "a version below the lowest": (
        "import sys\nif sys.version_info < (3, 8):\n    X = 1\nelse:\n    from base import Base as X",
        "class base.Base",
    ),
    "what every TestCase has": (
        "import unittest\nif hasattr(unittest.TestCase, 'subTest'):\n    from base import Base as X\nelse:\n    X = 1",
        "class base.Base",
    ),
    "what every TestCase has, asked the other way round": (
        "import unittest\nif not hasattr(unittest.TestCase, 'subTest'):\n    X = 1\n"
        "else:\n    from base import Base as X",
        "class base.Base",
    ),
    "what a later TestCase has": (
        "import unittest\nif hasattr(unittest.TestCase, 'enterContext'):\n    from base import Base as X\n"
        "else:\n    X = 1",
        "unknown",
    ),
    "a platform": (
        "import sys\nif sys.platform == 'win32':\n    X = 1\nelse:\n    from base import Base as X",
        "unknown",
    ),
    "a branch that raises": (
        "if f():\n    X = 1\n    raise SystemExit\nelse:\n    from base import Base as X",
        "class base.Base",
    ),
    "a break keeps what is before": ("for y in z:\n    from base import Base as X\n    break", "class base.Base"),
    "a conditional expression": ("from base import Base\nX = Base if f() else Base", "class base.Base"),
    # guarded imports
    "the import succeeds": (
        "try:\n    from base import Base as X\nexcept ImportError:\n    X = None",
        "class base.Base",
    ),
    "the import fails": (
        "try:\n    from base import Gone as X\nexcept ImportError:\n    from base import Base as X",
        "class base.Base",
    ),
    "an import beside it fails": (
        "try:\n    import pkg.gone\n    X = 1\nexcept ImportError:\n    from base import Base as X",
        "class base.Base",
    ),
    "the fallback is never needed": (
        "try:\n    import numpy as X\nexcept ImportError:\n    X = None",
        "external numpy",
    ),
    "any exception": ("try:\n    from base import Gone as X\nexcept Exception:\n    X = None", "value"),
    "one of several exceptions": (
        "try:\n    from base import Gone as X\nexcept (ValueError, ImportError):\n    X = None",
        "value",
    ),
    "an exception that it is not": (
        "try:\n    from base import Base as X\nexcept ValueError:\n    X = None",
        "unknown",
    ),
    "no fallback": ("try:\n    from base import Gone as X\nexcept ImportError:\n    pass", "missing base.Gone"),
    "a fallback that leaves": (
        "import pytest\ntry:\n    from base import Gone as X\nexcept ImportError:\n    pytest.skip('no')",
        "unknown",
    ),
    "a fallback that is not taken": (
        "import pytest\ntry:\n    from base import Base as X\nexcept ImportError:\n    pytest.skip('no')",
        "class base.Base",
    ),
    "a flag in else": ("try:\n    import numpy\nexcept ImportError:\n    X = False\nelse:\n    X = True", "value"),
    "suppressed": (
        "from contextlib import suppress\nX = None\nwith suppress(ImportError):\n    from base import Gone as X",
        "value",
    ),
    "suppressed in vain": (
        "import contextlib\nX = None\nwith contextlib.suppress(ImportError):\n    from base import Base as X",
        "class base.Base",
    ),
    "a body that may raise ImportError itself": (
        "try:\n    from base import Base as X\n    if f(): raise ImportError\nexcept ImportError:\n    X = None",
        "unknown",
    ),
    # imports that fail
    "a module that is gone": ("from pkg.gone import X", "missing pkg.gone"),
    "a name that is gone": ("from base import X", "missing base.X"),
    "a name imported from one that is gone": ("from broken import X", "missing pkg.gone"),
    "an attribute of one that is gone": ("import pkg.gone as y\nX = y.z", "missing pkg.gone"),
    "a module that is imported by a call": ("import importlib\nX = importlib.import_module('base')", "module base"),
    "a module that may be skipped": ("import pytest\nX = pytest.importorskip('pkg.gone')", "value"),
    # star imports
    "a star import": ("from base import *\nX = Base", "class base.Base"),
    "a star import lists names": ("from listed import *", "class listed.X"),
    "a star import leaves out what is not listed": ("from listed import *\nX = Y", "missing m.Y"),
    "a star import leaves out what is private": ("from base import *\nX = _Private", "missing m._Private"),
    "a star import takes over": ("class X: pass\nfrom listed import *", "class listed.X"),
    "a star import is taken over": ("from listed import *\nclass X: pass", "class m.X"),
    "a star import lists a ghost": ("from ghost import *", "missing ghost.X"),
    "a star import with an unknown list": ("from dynamic import *", "unknown"),
    "a star import from outside": ("from numpy import *", "unknown"),
    "a star import from outside may have something private": ("from numpy import *\nX = _y", "unknown"),
    "a star import of a module that is gone": ("from pkg.gone import *", "missing m.X"),
    # open modules
    "a module with __getattr__": ("def __getattr__(name): return 1", "unknown"),
    "a module that has one name on demand": (
        "def __getattr__(name):\n    global Y\n    if name in ('Y', 'Z'): return f()\n    raise AttributeError(name)",
        "missing m.X",
    ),
    "a module that has this name on demand": (
        "def __getattr__(name):\n    if name == 'Y' or name == 'X': return f()\n    raise AttributeError(name)",
        "unknown",
    ),
    "a module that has the names of a table on demand": (
        "LAZY = {'Y': 1}\ndef __getattr__(name):\n"
        "    if name not in LAZY: raise AttributeError(name)\n    return LAZY[name]",
        "missing m.X",
    ),
    "a module that has the names of a table on demand, this one too": (
        "LAZY = {'X': 1}\ndef __getattr__(name):\n"
        "    if name not in LAZY: raise AttributeError(name)\n    return LAZY[name]",
        "unknown",
    ),
    "a module that has the names of a table on demand that changes": (
        "LAZY = {'Y': 1}\nLAZY.update(f())\ndef __getattr__(name):\n"
        "    if name not in LAZY: raise AttributeError(name)\n    return LAZY[name]",
        "unknown",
    ),
    "a module that has the names of two tables on demand": (
        "LAZY = {'Y': 1}\nif f(): LAZY = {'X': 1}\ndef __getattr__(name):\n"
        "    if name not in LAZY: raise AttributeError(name)\n    return LAZY[name]",
        "unknown",
    ),
    "a module that has another spelling on demand": (
        "def __getattr__(name):\n    name = name.lower()\n    if name == 'x': return 1\n    raise AttributeError(name)",
        "unknown",
    ),
    "a module that has what it finds on demand": (
        "def __getattr__(name):\n    for each in found():\n        if each == name: return each\n"
        "    raise AttributeError(name)",
        "unknown",
    ),
    "a module that may have something on demand": (
        "def __getattr__(name):\n    if not name.startswith('_'): return 1\n    raise AttributeError(name)",
        "unknown",
    ),
    "a module that has None on demand": ("def __getattr__(name):\n    if name == 'Y': return 1", "unknown"),
    "a module that reads globals": ("def f(name): return globals()[name], globals().get(name)", "missing m.X"),
    "a module that goes through its names": ("for each in list(vars().values()): f(each)", "missing m.X"),
    "a module that goes through its local names": ("for each in list(locals().values()): f(each)", "missing m.X"),
    "a module that hands its globals on": ("f(__name__, globals())", "unknown"),
    "a module that has a parameter of that name": ("def f(globals): globals['X'] = 1\nf(g())", "unknown"),
    "a module that writes globals": ("globals()['X'] = 1", "unknown"),
    "a module that updates globals": ("globals().update(f())", "unknown"),
    "a module that runs text": ("exec('X = 1')", "unknown"),
    "a module that replaces itself": ("import sys\nsys.modules[__name__] = f()", "unknown"),
    "a module that replaces a module whose name it is told": (
        "import sys\ndef f(name): sys.modules[name] = 1",
        "unknown",
    ),
    "a module that looks into others": (
        "import sys\ndef f(name):\n    if name in sys.modules: return getattr(sys.modules[name], 'Y')\n",
        "missing m.X",
    ),
    "a module that sets attributes of others": (
        "import sys\ndef f(c):\n    setattr(sys.modules[c.__module__], 'X', c)\n",
        "unknown",
    ),
    "a module that assigns attributes of others": (
        "import sys\ndef f(c):\n    found = sys.modules[c.__module__]\n    found.X = c\n",
        "unknown",
    ),
    "a module that hands all modules on": ("import sys\nf(sys.modules)", "unknown"),
    "a module that runs text on its own names": ("exec('X = 1', globals())", "unknown"),
    "a module that runs text on names of somebody": ("def f(x):\n    exec('X = 1', vars(x))", "unknown"),
    "a module that runs text on names of its own making": ("names = {}\nexec('X = 1', names)", "missing m.X"),
    "a module that uses exec as a name": ("executor = f.exec", "missing m.X"),
    "a module that leaves": (
        "import pytest\npytest.skip('no', allow_module_level=True)\nfrom base import Base as X",
        "unknown",
    ),
    "a module with a syntax error": ("def (", "unknown"),
    "a module that imports what reaches into it": ("from reaching import install\ninstall()", "unknown"),
    "a module that imports what looks into it": ("from looking import level\nlevel()", "missing m.X"),
    "a module that imports what keeps a hold of it": ("from holding import level\nlevel()", "unknown"),
    "a module that has itself replaced": ("from making import replaced\nreplaced(__name__)", "unknown"),
    "a module that imports what replaces others": ("from making import replaced", "missing m.X"),
    # packages
    "a submodule": ("from pkg import sub as X", "module pkg.sub"),
    "a submodule of a submodule": ("import pkg.sub\nX = pkg.sub.Inner", "class pkg.sub.Inner"),
    "what a package reexports": ("from pkg import Inner as X", "class pkg.sub.Inner"),
    "what a package lacks": ("from pkg import X", "missing pkg.X"),
    "a nested class": ("from pkg.sub import Inner\nX = Inner.Deep", "class pkg.sub.Inner.Deep"),
    # circles
    "a circle of imports": ("from circle_a import X", "unknown"),
    "a circle that somebody closes": ("from circle_c import X", "class circle_d.X"),
    "a circle of names": ("Y = X\nX = Y", "missing m.X"),
    "a circle of star imports": ("from star_a import *", "unknown"),
    "an import from itself": ("from m import X", "unknown"),
}

LOOKING = """\
import sys
def level(given=None):
    table = given or sys._getframe(1).f_globals
    name = table and table.get('__name__') or ''
    print(name, table['__file__'], 'X' in table)
"""
FILES = {
    "base.py": BASE,
    "other.py": OTHER,
    "listed.py": "__all__ = ['X']\n__all__ += ['Z']\n__all__.extend(['W'])\nclass X: pass\nY = Z = W = 1\n",
    "ghost.py": "__all__ = ['X']\n",
    "dynamic.py": "__all__ = compute()\nclass X: pass\n",
    "broken.py": "from pkg.gone import X\n",
    "pkg/__init__.py": "from pkg.sub import Inner\nfrom . import sub\n",
    "pkg/sub.py": "class Inner:\n    class Deep: pass\n",
    "reaching.py": "import sys\ndef install(): sys._getframe(1).f_globals['X'] = 1\n",
    "looking.py": LOOKING,
    "holding.py": LOOKING + "    table['X'] = 1\n",
    "making.py": "import sys\ndef replaced(name): sys.modules[name] = 1\n",
    "circle_a.py": "from circle_b import X\n",
    "circle_b.py": "from circle_a import X\n",
    "circle_c.py": "from circle_d import X\n",
    "circle_d.py": "import circle_c\nclass X: pass\n",
    "star_a.py": "from star_b import *\n",
    "star_b.py": "from star_a import *\n",
    "pyproject.toml": "[project]\nname = 'p'\nrequires-python = '>=3.10'\n",
}


@pytest.mark.parametrize(("source", "expected"), NAMES.values(), ids=NAMES)
def test_a_name_is_what_it_is_when_the_module_has_run(tmp_path: Path, source: str, expected: str) -> None:
    names = graph(tmp_path, {"m.py": source + "\n", **FILES}).names
    assert expected == told(names.lookup(names.modules.at(tmp_path / "m.py"), "X"))


DOTTED = {
    "a marker": ("import pytest", "pytest.mark.asyncio", "pytest.mark.asyncio"),
    "a marker of a renamed module": ("import pytest as pt", "pt.mark.asyncio", "pytest.mark.asyncio"),
    "a reexport of the project": ("import facade", "facade.fixture", "pytest.fixture"),
    "a class of the project": ("from facade import Known", "Known", "base.Base"),
    "a method": ("from base import Base", "Base.run", "base.Base.run"),
    "a value": ("VALUE = 1", "VALUE", None),
    "a builtin": ("", "classmethod", "builtins.classmethod"),
    "nothing": ("", "nothing", None),
}


@pytest.mark.parametrize(("source", "expression", "expected"), DOTTED.values(), ids=DOTTED)
def test_the_dotted_name_is_canonical(tmp_path: Path, source: str, expression: str, expected: str | None) -> None:
    files = {
        "m.py": source + "\n",
        "facade.py": "from pytest import fixture\nfrom base import Base as Known\n",
        "base.py": "class Base:\n    def run(self): pass\n",
    }
    names = graph(tmp_path, files).names
    first, *attributes = expression.split(".")
    chain: Name | Attribute = Name(AT, first)
    for attribute in attributes:
        chain = Attribute(AT, chain, attribute)
    assert expected == names.dotted(names.modules.at(tmp_path / "m.py"), chain)


ABSOLUTE = {
    "a class": ("pkg.sub.Inner", "class pkg.sub.Inner"),
    "a class by its reexport": ("pkg.Inner", "class pkg.sub.Inner"),
    "a module": ("pkg.sub", "module pkg.sub"),
    "a module that is gone": ("pkg.gone.Base", "missing pkg.gone"),
    "a name that is gone": ("pkg.sub.Gone", "missing pkg.sub.Gone"),
    "something outside": ("django.test.TestCase", "external django.test.TestCase"),
}


@pytest.mark.parametrize(("dotted", "expected"), ABSOLUTE.values(), ids=ABSOLUTE)
def test_an_absolute_name_is_found_from_the_roots(tmp_path: Path, dotted: str, expected: str) -> None:
    names = graph(tmp_path, FILES).names
    assert expected == told(names.absolute(dotted))


def test_a_class_header_sees_what_was_bound_before_it(tmp_path: Path) -> None:
    files = {"m.py": "from base import Base\nclass Base(Base): pass\n", "base.py": BASE}
    classes = graph(tmp_path, files)
    definition = class_named(classes, tmp_path, "m.py", "Base")
    assert "class base.Base" == told(classes.names.resolve_header(definition, definition.node.bases[0].value))


def test_a_class_body_is_seen_before_its_module(tmp_path: Path) -> None:
    source = "def helper(): pass\nclass A:\n    def helper(self): pass\n"
    classes = graph(tmp_path, {"m.py": source})
    definition = class_named(classes, tmp_path, "m.py", "A")
    named = Name(AT, "helper")
    assert "function m.A.helper" == told(classes.names.resolve(definition.module, named, definition))
    assert "function m.helper" == told(classes.names.resolve(definition.module, named))


def test_the_answer_does_not_depend_on_who_asked_before(tmp_path: Path) -> None:
    files = {"a.py": "from b import X, Y\n", "b.py": "from a import X\nclass Y: pass\n"}
    orders = (("a", "b"), ("b", "a"))
    answers = []
    for position, order in enumerate(orders):
        names = graph(tmp_path / str(position), files).names
        modules = {name: names.modules.at(tmp_path / str(position) / f"{name}.py") for name in order}
        found = {name: [told(names.lookup(modules[name], each)) for each in "XY"] for name in order}
        answers.append(sorted(found.items()))
    assert answers[0] == answers[1]


def test_thousands_of_branches_end(tmp_path: Path) -> None:
    source = "X = 0\n" + "".join(f"if f({each}):\n    X = {each}\n" for each in range(2000))
    names = graph(tmp_path, {"m.py": source}).names
    assert "unknown" == told(names.lookup(names.modules.at(tmp_path / "m.py"), "X"))


def test_modules_that_all_star_import_each_other_end(tmp_path: Path) -> None:
    count = 12
    files = {
        f"m{each}.py": "".join(f"from m{other} import *\n" for other in range(count) if other != each)
        for each in range(count)
    }
    names = graph(tmp_path, files).names
    assert "unknown" == told(names.lookup(names.modules.at(tmp_path / "m0.py"), "X"))
