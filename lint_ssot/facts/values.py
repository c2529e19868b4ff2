"""The dataclasses of the linter: what the standard library would write for each of them is written at first use."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

_QUICK: tuple[dict[str, bool], ...] = (
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "eq": False},
    {"slots": True},
)
_MISSING = dataclasses.MISSING

Value = TypeVar("Value", bound=Any)


def _dataclass(cls: type | None = None, /, **options: bool) -> Any:
    """`dataclasses.dataclass`, which takes half a millisecond for each class that has slots.

    Two hundred of them are a tenth of a second, which an editor feels at every keystroke, and a run uses half of them.
    Instances come three times as fast as well: that nobody assigns to a frozen one is left to mypy.
    """
    if cls is None:
        return lambda cls: _dataclass(cls, **options)
    shape = _shape(cls) if options in _QUICK else None
    if shape is None:
        return dataclasses.dataclass(**options)(cls)
    return _slotted(cls, shape, is_equal_by_value=options.get("eq", True), is_frozen=options.get("frozen", False))


def _shape(cls: type) -> Mapping[str, Any] | None:
    """The fields with their defaults; None for what only the standard library can do."""
    if any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__):
        return None
    shape = {name: cls.__dict__.get(name, _MISSING) for name in cls.__annotations__}
    is_plain = not any("ClassVar" in str(each) or "InitVar" in str(each) for each in cls.__annotations__.values())
    return shape if is_plain and all(map(_is_plain, shape.values())) else None


def _is_plain(default: object) -> bool:
    if not isinstance(default, dataclasses.Field):
        return True
    return default.init and default.repr and default.compare and default.kw_only is not True


def _slotted(cls: type, shape: Mapping[str, Any], *, is_equal_by_value: bool, is_frozen: bool) -> Any:
    names = tuple(shape)
    own = {name: value for name, value in cls.__dict__.items() if name not in (*names, "__dict__", "__weakref__")}
    written: dict[str, Any] = {"__slots__": names, "__match_args__": names, "__repr__": _repr}
    written["__dataclass_fields__"] = _Fields(shape)
    made: Any = type(cls)(cls.__name__, cls.__bases__, {**written, **own})
    made.__qualname__ = cls.__qualname__
    later = {"__init__": lambda: _init(made, shape)}
    if is_equal_by_value:
        later |= {"__eq__": lambda: _equality(names)}
        later |= {"__hash__": lambda: _fingerprint(names)} if is_frozen else {}
        made.__hash__ = own.get("__hash__")
    for name in later.keys() - own.keys():
        setattr(made, name, _first(made, name, later[name]))
    return made


def _first(cls: type, name: str, write: Callable[[], Any]) -> Callable[..., Any]:
    """A method that writes the one which takes its place."""

    def call(*args: Any, **named: Any) -> Any:
        written = write()
        setattr(cls, name, written)
        return written(*args, **named)

    return call


def _init(cls: type, shape: Mapping[str, Any]) -> Any:
    known: dict[str, Any] = {"_MISSING": _MISSING}
    parameters, body = ["self"], []
    for name, default in shape.items():
        value, given = name, default
        if isinstance(default, dataclasses.Field):
            given = default.default
            if default.default_factory is not _MISSING:
                known[f"_make_{name}"] = default.default_factory
                value = f"_make_{name}() if {name} is _MISSING else {name}"
        known[f"_default_{name}"] = given
        parameters.append(name if value == name and given is _MISSING else f"{name}=_default_{name}")
        body.append(f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    return _method("__init__", ", ".join(parameters), "\n".join(body or [" pass"]), known)


def _equality(names: tuple[str, ...]) -> Any:
    same = " and ".join(f"self.{name} == other.{name}" for name in names) or "True"
    told = f" return self is other or ({same}) if other.__class__ is self.__class__ else NotImplemented"
    return _method("__eq__", "self, other", told, {})


def _fingerprint(names: tuple[str, ...]) -> Any:
    told = "".join(f"self.{name}, " for name in names)
    return _method("__hash__", "self", f" return hash(({told}))", {})


def _method(name: str, parameters: str, body: str, known: dict[str, Any]) -> Any:
    exec(f"def {name}({parameters}):\n{body}", known)
    return known[name]


def _repr(self: Any) -> str:
    told = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({told})"


def replace(instance: Value, **changes: Any) -> Value:
    """`dataclasses.replace`, without asking for what kind of fields there are."""
    for name in instance.__match_args__:
        if name not in changes:
            changes[name] = getattr(instance, name)
    changed: Value = instance.__class__(**changes)
    return changed


class _Fields:
    """What `fields` and `replace` of the standard library ask for, made when they do."""

    def __init__(self, shape: Mapping[str, Any]) -> None:
        self._shape = shape

    def __get__(self, instance: object, owner: type) -> Mapping[str, dataclasses.Field[Any]]:
        defaults = {name: default for name, default in self._shape.items() if default is not _MISSING}
        template: Any = type(owner.__name__, (), {"__annotations__": dict(owner.__annotations__), **defaults})
        found: Mapping[str, dataclasses.Field[Any]] = dataclasses.dataclass(template).__dataclass_fields__
        owner.__dataclass_fields__ = found  # type: ignore[attr-defined]  # `replace` asks thousands of times
        return found


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass
