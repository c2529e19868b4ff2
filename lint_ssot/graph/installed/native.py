"""The classes and functions of the interpreter's own modules that have no source, read from the running ones."""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
from types import BuiltinMethodType, ClassMethodDescriptorType, ModuleType

from lint_ssot.facts.expressions import Argument, Attribute, Expression, Name, Opaque, Position
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Alias, Assign, Class, Function, Import, Parameter, Return, Statement

_NOWHERE = Position(1, 0)
# Extension modules that, when imported, run no Python of their own but what any linter has loaded already,
# so that no file beside the linted ones can get itself imported.
_HARMLESS = (
    *("_bz2", "_contextvars", "_csv", "_ctypes", "_datetime", "_hashlib", "_heapq", "_json", "_lzma"),
    *("_multiprocessing", "_pickle", "_queue", "_random", "_socket", "_sqlite3", "_ssl", "_struct", "_typing"),
    *("array", "math", "mmap", "select", "unicodedata", "zlib"),
)


def native_facts(name: str) -> ModuleFacts | None:
    """What a built-in or extension module of the standard library defines, or None if `name` is no such module."""
    module = _load(name)
    if module is None:
        return None
    members = sorted(vars(module).items(), key=lambda member: (_depth(member[1]), member[0]))
    body = tuple(_statement(bound, value, bound, module) for bound, value in members if bound.isidentifier())
    elsewhere = {base.__module__ for value in vars(module).values() for base in _bases(value, module)}
    return ModuleFacts(tuple(_import(each) for each in sorted(elsewhere)) + body)


def _load(name: str) -> ModuleType | None:
    if name in sys.builtin_module_names:
        return importlib.import_module(name)
    if name not in _HARMLESS:
        return None
    folders = [entry for entry in sys.path if entry.endswith(("lib-dynload", "DLLs"))]
    spec = importlib.machinery.PathFinder.find_spec(name, folders)
    if spec is None or not isinstance(spec.loader, importlib.machinery.ExtensionFileLoader):
        return None
    loaded = sys.modules.get(name)
    if loaded is not None and getattr(loaded, "__file__", None) == spec.origin:
        return loaded
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _depth(value: object) -> int:
    """How far below `object` a class is: classes stand after their bases."""
    return len(value.__mro__) if isinstance(value, type) else 0


def _statement(name: str, value: object, qualname: str, module: ModuleType) -> Statement:
    if isinstance(value, type) and "." not in qualname:
        return _class(name, value, module)
    if callable(value) or isinstance(value, (classmethod, staticmethod)):
        return _function(name, qualname, value)
    return Assign((Name(_NOWHERE, name),), Opaque())


def _class(name: str, value: type, module: ModuleType) -> Class:
    members = tuple(
        _statement(bound, member, f"{name}.{bound}", module)
        for bound, member in sorted(vars(value).items())
        if bound != "__getattribute__"  # written down by every such class, and nearly always that of `object`
    )
    bases = tuple(Argument(_reference(base, module)) for base in value.__bases__ if base is not object)
    metaclass = type(value)
    if metaclass is not type:
        bases += (Argument(_reference(metaclass, module), keyword="metaclass"),)
    return Class(_NOWHERE, name, name, bases, (), members)


def _function(name: str, qualname: str, value: object) -> Function:
    """Nothing is known of what it returns, nor of how it is called."""
    of_class = isinstance(value, (classmethod, ClassMethodDescriptorType))
    of_none = isinstance(value, (staticmethod, BuiltinMethodType)) and "." in qualname
    kind = "classmethod" if of_class else "staticmethod" if of_none else None
    decorators: tuple[Expression, ...] = () if kind is None else (Name(_NOWHERE, kind),)
    anything = (Parameter("args", "*", None), Parameter("kwargs", "**", None))
    parameters = anything if "." not in qualname or of_none else (Parameter("self", "positional", None), *anything)
    body = (Return(Opaque()),)
    return Function(_NOWHERE, name, qualname, parameters, decorators, body, is_async=False, is_generator=False)


def _bases(value: object, module: ModuleType) -> tuple[type, ...]:
    """The classes from elsewhere that a class statement for `value` names."""
    if not isinstance(value, type):
        return ()
    named = (*value.__bases__, type(value))
    return tuple(each for each in named if each not in (object, type) and _name_here(each, module) is None)


def _reference(value: type, module: ModuleType) -> Expression:
    here = _name_here(value, module)
    if here is not None:
        return Name(_NOWHERE, here)
    first, *others = *value.__module__.split("."), *value.__qualname__.split(".")
    expression: Expression = Name(_NOWHERE, first)
    for part in others:
        expression = Attribute(_NOWHERE, expression, part)
    return expression


def _name_here(value: type, module: ModuleType) -> str | None:
    return next((name for name, each in sorted(vars(module).items()) if each is value), None)


def _import(name: str) -> Import:
    return Import(_NOWHERE, (Alias(_NOWHERE, name, None),))
