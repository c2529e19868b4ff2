from abc import ABC, abstractmethod
from contextlib import (
    AbstractAsyncContextManager as AsyncContextManager,
    AbstractContextManager as ContextManager,
)

class Any:
    def __getattr__(self, name):
        return ...

class Generic:
    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, params):
        return cls

class Protocol(Generic):
    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

class NamedTuple(tuple):
    _fields = ...
    _field_defaults = ...

    @classmethod
    def _make(cls, iterable):
        return ...

    def _replace(self, /, **kwds):
        return ...

    def _asdict(self):
        return ...

class TypedDict(dict): ...

class SupportsInt(Protocol):
    @abstractmethod
    def __int__(self):
        return ...

def cast(typ, val):
    return val

def no_type_check(arg):
    return arg

def final(f):
    return f

def runtime_checkable(cls):
    return cls

def overload(func):
    return ...
