from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.facts.expressions import Attribute, Name
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Missing, ValueDefinition
from tests.graph.graphs import class_named, graph

KIT = """
import abc, unittest
from typing import Generic, TypeVar
T = TypeVar("T")
class Base:
    def hook(self): pass
class Mixin: pass
class Case(unittest.TestCase): pass
class Box(Generic[T]): pass
def of(name):
    class Made(Base):
        label = name
    return Made
def either(flag):
    if flag:
        return Base
    return Mixin
def always(flag):
    if flag:
        return Base
    return Base
def maybe(flag):
    if flag:
        return Base
def again(): return always(True)
def given(base):
    class Made(base): pass
    return Made
def plain(cls): return cls
def registered(cls):
    REGISTRY.append(cls)
    REGISTRY[cls.__name__] = cls
    return cls
def branded(name):
    def brand(cls): return cls
    return brand
def marked(cls):
    cls.mark = 1
    return cls
def filled(cls):
    for name in NAMES: setattr(cls, name, 1)
    return cls
def wrapped(cls): return type(cls.__name__, (cls,), {})
def handed(cls):
    enrich(cls)
    return cls
class Registry(type):
    def __repr__(cls): return "x"
class Maker(type):
    def __new__(mcs, *args): return super().__new__(mcs, *args)
class Abstract(metaclass=abc.ABCMeta): pass
class Announces:
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        print(cls.__name__)
class Gives:
    def __init_subclass__(cls, **options):
        setattr(cls, "x", 1)
class GivesAny:
    def __init_subclass__(cls, **options):
        for name in options: setattr(cls, name, 1)
class Dynamic:
    def __getattr__(self, name): return 1
class Told:
    def __set_name__(self, owner, name): owner.x = name
class TellsAny:
    def __set_name__(self, owner, name): setattr(owner, name + "_x", 1)
"""

# how class C is written, its order by plain names, and whether it is open
HIERARCHIES = {
    "no base": ("class C: pass", "C", False),
    "object": ("class C(object): pass", "C", False),
    "a base": ("class C(Base): pass", "C Base", False),
    "a base by its module": ("import kit\nclass C(kit.Base): pass", "C Base", False),
    "two bases": ("class C(Mixin, Base): pass", "C Mixin Base", False),
    "a test case": ("class C(Case): pass", "C Case TestCase", False),
    "a generic": ("class C(Box[int]): pass", "C Box", False),
    "generic itself": ("from typing import Generic\nclass C(Base, Generic[T]): pass", "C Base", False),
    "a protocol": ("from typing import Protocol\nclass C(Protocol): pass", "C", False),
    "a class of its own name": ("class Base(Base): pass\nclass C(Base): pass", "C Base Base", False),
    "an alias": ("B = Base\nclass C(B): pass", "C Base", False),
    "a local base": ("class Outer:\n    class In(Base): pass\nclass C(Outer.In): pass", "C Outer.In Base", False),
    "a base that is gone": ("from kit import Gone\nclass C(Gone): pass", "C", True),
    "a base of a module that is gone": ("from pkg.gone import Gone\nclass C(Gone): pass", "C", True),
    "a base outside that nobody knows": ("from nowhere_at_all import B\nclass C(B): pass", "C", True),
    "unpacked bases": ("class C(*bases): pass", "C", True),
    "a base in a variable": ("B = f()\nclass C(B): pass", "C", True),
    "a base that depends": ("class C(Base if f() else Mixin): pass", "C", True),
    "a base that depends on nothing": ("class C(Base if f() else Base): pass", "C Base", False),
    "itself": ("class C(C): pass", "C", True),
    "a circle": ("class A(C): pass\nclass C(A): pass", "C A", True),
    "no consistent order": ("class A(Base): pass\nclass C(Base, A): pass", "C", True),
    "twice the same": ("class C(Base, Base): pass", "C", True),
    "a base that another name hides later": ("class C(Base): pass\nBase = None", "C Base", False),
    # factories
    "a factory": ("class C(of('a')): pass", "C of.<locals>.Made Base", False),
    "a factory of its module": ("import kit\nclass C(kit.of('a')): pass", "C of.<locals>.Made Base", False),
    "a factory in a variable": ("B = of('a')\nclass C(B): pass", "C of.<locals>.Made Base", False),
    "a factory with a choice": ("class C(either(1)): pass", "C", True),
    "a factory that returns the same on all ways": ("class C(always(1)): pass", "C Base", False),
    "a factory that may return None": ("class C(maybe(1)): pass", "C", True),
    "a factory of a factory": ("class C(again()): pass", "C Base", False),
    "a factory whose base is a parameter": ("class C(given(Base)): pass", "C given.<locals>.Made", True),
    "a type call": ("class C(type('B', (Base,), {})): pass", "C", True),
    # decorators
    "a dataclass": ("from dataclasses import dataclass\n@dataclass(frozen=True)\nclass C: pass", "C", False),
    "a marker": ("import pytest\n@pytest.mark.usefixtures('x')\nclass C: pass", "C", False),
    "a skip": ("import unittest\n@unittest.skipIf(f(), 'x')\nclass C(Case): pass", "C Case TestCase", False),
    "a patch": ("from unittest import mock\n@mock.patch('a.b')\nclass C: pass", "C", False),
    "a patched object": ("from unittest.mock import patch\n@patch.object(kit, 'T')\nclass C: pass", "C", False),
    "overridden settings": (
        "from django.test import override_settings\n@override_settings(A=1)\nclass C: pass",
        "C",
        False,
    ),
    "parameterized": (
        "from parameterized import parameterized_class\n@parameterized_class([])\nclass C: pass",
        "C",
        True,
    ),
    "an unknown decorator": ("from nowhere_at_all import d\n@d\nclass C: pass", "C", True),
    "a decorator that returns the class": ("@plain\nclass C: pass", "C", False),
    "a decorator that registers the class": ("@registered\nclass C: pass", "C", False),
    "a decorator factory": ("@branded('x')\nclass C: pass", "C", False),
    "a decorator that sets": ("@marked\nclass C: pass", "C", False),
    "a decorator in a variable": (
        "import unittest\nskip = unittest.skipIf(f(), 'x')\n@skip\nclass C: pass",
        "C",
        False,
    ),
    "a decorator that sets who knows what": ("@filled\nclass C: pass", "C", True),
    "a decorator that replaces": ("@wrapped\nclass C: pass", "C", True),
    "a decorator that hands on": ("@handed\nclass C: pass", "C", True),
    "a base with a decorator": ("@wrapped\nclass B: pass\nclass C(B): pass", "C B", True),
    # metaclasses and their like
    "an abstract base": ("class C(Abstract): pass", "C Abstract", False),
    "ABC": ("import abc\nclass C(abc.ABC): pass", "C ABC", False),
    "a metaclass that adds nothing": ("class C(metaclass=Registry): pass", "C", False),
    "a metaclass that makes classes": ("class C(metaclass=Maker): pass", "C", True),
    "an inherited metaclass": ("class B(metaclass=Maker): pass\nclass C(B): pass", "C B", True),
    "a metaclass of what is installed": ("import zope.interface\nclass C(zope.interface.Interface): pass", "C", True),
    "an unknown metaclass": ("class C(metaclass=f()): pass", "C", True),
    "a hook that only looks": ("class C(Announces): pass", "C Announces", False),
    "a hook that sets": ("class C(Gives): pass", "C Gives", False),
    "a hook that sets who knows what": ("class C(GivesAny): pass", "C GivesAny", True),
    "an exception": ("class C(ValueError): pass", "C ValueError Exception BaseException", False),
    "a hook is for subclasses": ("class C:\n    def __init_subclass__(cls): cls.x = 1", "C", False),
    "an object that is told its name": ("class C:\n    a = Told()", "C", False),
    "an object that sets who knows what": ("class C:\n    a = TellsAny()", "C", True),
    "attributes on demand": ("class C(Dynamic): pass", "C Dynamic", True),
    # the body and what comes after it
    "slots": ("class C:\n    __slots__ = ('a',)", "C", False),
    "names that are computed": ("class C:\n    for n in 'ab': locals()[n] = 1", "C", True),
    "attributes set later": ("class C: pass\nC.x = 1", "C", False),
    "attributes set in a loop": ("class C: pass\nfor n in 'ab': setattr(C, n, 1)", "C", True),
}


@pytest.mark.parametrize(("source", "order", "is_open"), HIERARCHIES.values(), ids=HIERARCHIES)
def test_a_class_has_its_ancestors_in_order(tmp_path: Path, source: str, order: str, is_open: bool) -> None:
    files = {"m.py": f"from kit import *\nimport kit\n{source}\n", "kit.py": KIT, "pkg/__init__.py": ""}
    classes = graph(tmp_path, files)
    hierarchy = classes.hierarchy(class_named(classes, tmp_path, "m.py", "C"))
    names = " ".join(each.node.qualname for each in hierarchy.classes)
    assert (order, is_open) == (names, hierarchy.open_because is not None), hierarchy.open_because


# a class body, and what its name `x` is
MEMBERS = {
    "a method": ("def x(self): pass", "method C.x"),
    "the last method": ("def x(self): pass\n    async def x(self): pass", "method C.x"),
    "a value": ("x = 1", "value"),
    "an annotation": ("x: int", "nothing"),
    "deleted": ("x = 1\n    del x", "nothing"),
    "a nested class": ("class x: pass", "class C.x"),
    "an alias of a method": ("def y(self): pass\n    x = y", "method C.y"),
    "an alias of a function": ("x = helper", "method helper"),
    "an alias of an inherited method": ("x = Base.hook", "method Base.hook"),
    "an alias of something outside": ("import unittest\n    x = unittest.TestCase.run", "value"),
    "an import": ("from kit import helper as x", "method helper"),
    "a call": ("x = property(helper)", "value"),
    "both branches alike": ("if f():\n        x = helper\n    else:\n        x = helper", "method helper"),
    "branches that differ": ("if f():\n        def x(self): pass\n    else:\n        def x(self): pass", "value"),
    "one branch": ("if f():\n        def x(self): pass", "method C.x"),
    "a loop target": ("for x in 'ab': pass", "value"),
    "set later": ("pass\nC.x = helper", "method helper"),
    "set later by name": ("pass\nsetattr(C, 'x', 1)", "value"),
}


@pytest.mark.parametrize(("body", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_a_class_has_what_its_body_binds_last(tmp_path: Path, body: str, expected: str) -> None:
    kit = "def helper(self): pass\nclass Base:\n    def hook(self): pass\n"
    files = {"m.py": f"from kit import helper, Base\nclass C:\n    {body}\n", "kit.py": kit}
    classes = graph(tmp_path, files)
    member = classes.members(class_named(classes, tmp_path, "m.py", "C")).get("x")
    match member:
        case FunctionDefinition(node=node):
            assert member.owner is not None
            told = f"method {node.qualname}"
        case ClassDefinition(node=inner):
            told = f"class {inner.qualname}"
        case ValueDefinition():
            told = "value"
        case None:
            told = "nothing"
    assert expected == told


def test_find_follows_the_order_and_super_the_rest_of_it(tmp_path: Path) -> None:
    source = """
class A:
    def hook(self): pass
class B(A):
    def hook(self): pass
class C(B): pass
"""
    classes = graph(tmp_path, {"m.py": source})
    c, b, a = (class_named(classes, tmp_path, "m.py", name) for name in "CBA")
    hierarchy = classes.hierarchy(c)
    assert [b, a, None] == [hierarchy.holder("hook", after) for after in (None, b, a)]
    assert hierarchy.find("gone") is None
    assert hierarchy.find("hook", class_named(classes, tmp_path, "m.py", "A")) is None


def test_an_override_on_one_branch_is_not_known_to_override(tmp_path: Path) -> None:
    source = "class A:\n    def hook(self): pass\nclass C(A):\n    if f():\n        def hook(self): pass\n"
    classes = graph(tmp_path, {"m.py": source})
    definition = class_named(classes, tmp_path, "m.py", "C")
    found = classes.hierarchy(definition).find("hook")
    assert ValueDefinition(definition.module, None, definition) == found


def test_what_decorators_and_parents_set_is_found(tmp_path: Path) -> None:
    source = """
def marked(cls):
    cls.mark = 1
    return cls
class Gives:
    def __init_subclass__(cls):
        setattr(cls, "gift", 1)
from dataclasses import dataclass
@marked
@dataclass
class B(Gives):
    field: int
    def __secret(self): pass
class C(B): pass
"""
    classes = graph(tmp_path, {"m.py": source})
    hierarchy = classes.hierarchy(class_named(classes, tmp_path, "m.py", "C"))
    holders = [
        holder and holder.node.name for holder in map(hierarchy.holder, ("mark", "gift", "field", "_B__secret", "gone"))
    ]
    assert ["B", "C", "B", "B", None] == holders


def test_inherits_tells_canonical_names(tmp_path: Path) -> None:
    classes = graph(tmp_path, {"m.py": "from unittest import TestCase\nclass C(TestCase): pass\n"})
    hierarchy = classes.hierarchy(class_named(classes, tmp_path, "m.py", "C"))
    assert hierarchy.inherits("a.B", "unittest.case.TestCase")
    assert hierarchy.inherits("m.C")
    assert not hierarchy.inherits("unittest.async_case.IsolatedAsyncioTestCase")


def test_missing_bases_are_told_with_their_place(tmp_path: Path) -> None:
    files = {"m.py": "import kit\nfrom kit import Gone\nclass C(kit.Lost, Gone): pass\n", "kit.py": ""}
    classes = graph(tmp_path, files)
    missing = classes.hierarchy(class_named(classes, tmp_path, "m.py", "C")).missing_bases
    assert [Missing("kit", "Lost"), Missing("kit", "Gone")] == [absent for _, absent in missing]
    assert [8, 18] == [place.at.column for place, _ in missing if isinstance(place, (Name, Attribute))]


def test_a_class_is_one_however_it_is_reached(tmp_path: Path) -> None:
    files = {
        "m.py": "from facade import Base\nclass C(Base): pass\n",
        "facade.py": "from kit.core import Base\n",
        "kit/__init__.py": "",
        "kit/core.py": "class Base: pass\n",
    }
    classes = graph(tmp_path, files)
    base = classes.hierarchy(class_named(classes, tmp_path, "m.py", "C")).classes[1]
    assert classes.names.absolute("kit.core.Base") == base
    assert class_named(classes, tmp_path, "kit/core.py", "Base") == base


def test_classes_that_inherit_from_each_other_are_open(tmp_path: Path) -> None:
    files = {
        "a.py": "import b\nclass A(b.B): pass\n",
        "b.py": "import a\nclass B(a.A): pass\n",
    }
    classes = graph(tmp_path, files)
    for file, name in (("a.py", "A"), ("b.py", "B")):
        assert classes.hierarchy(class_named(classes, tmp_path, file, name)).open_because is not None


def test_a_thousand_ancestors_do_not_break_anything(tmp_path: Path) -> None:
    source = "class C0: pass\n" + "".join(f"class C{each + 1}(C{each}): pass\n" for each in range(1000))
    classes = graph(tmp_path, {"m.py": source})
    hierarchy = classes.hierarchy(class_named(classes, tmp_path, "m.py", "C1000"))
    assert len(hierarchy.classes) == 1001 or hierarchy.open_because is not None


def test_a_decorator_that_hands_back_an_heir_hides_nothing(tmp_path: Path) -> None:
    source = """
def only_heirs(cls):
    class Wrapper(cls):
        def run(self):
            self.ran = True
            return super().run()

    return Wrapper


@only_heirs
class Base:
    def run(self): ...
"""
    classes = graph(tmp_path, {"m.py": source})
    hierarchy = classes.hierarchy(class_named(classes, tmp_path, "m.py", "Base"))
    assert hierarchy.open_because is None
    assert hierarchy.find("ran") is not None


def test_an_object_in_the_body_sets_on_the_class(tmp_path: Path) -> None:
    files = {"m.py": "from kit import *\nclass C:\n    a = Told()\n", "kit.py": KIT}
    classes = graph(tmp_path, files)
    hierarchy = classes.hierarchy(class_named(classes, tmp_path, "m.py", "C"))
    assert ("a", "x") == tuple(sorted(hierarchy.bodies[0].members))
