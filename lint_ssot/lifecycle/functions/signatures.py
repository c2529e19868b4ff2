"""What a function takes, and why a call with so many arguments fails."""

from __future__ import annotations

from collections.abc import Collection

from lint_ssot.facts.statements import Function, Parameter
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import FunctionDefinition
from lint_ssot.lifecycle.functions.binding import Binding, binding_of
from lint_ssot.lifecycle.functions.decorations import last_word

# These hand a call on to the function as it was made; what any other decorator does to it is not known.
_TRANSPARENT = frozenset({"classmethod", "staticmethod", "abstractmethod", "override", "final", "typechecked"})


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a call fails: parameters that it leaves without a value, or arguments that nothing takes."""

    lacking: tuple[str, ...] = ()
    is_too_many: bool = False


def mismatch(function: Function, passed: int, keywords: Collection[str] = ()) -> Mismatch | None:
    """Why a call of the bare function fails that passes `passed` arguments by position, its receiver included."""
    positional = positionals(function)
    if passed > len(positional) and not _has(function, "*"):
        return Mismatch(is_too_many=True)
    names = {each.name for each in function.parameters if each.kind in ("positional", "keyword")}
    if not names.issuperset(keywords) and not _has(function, "**"):
        return Mismatch(is_too_many=True)
    left = (*positional[passed:], *(each for each in function.parameters if each.kind == "keyword"))
    lacking = tuple(each.name for each in left if each.default is None and each.name not in keywords)
    return Mismatch(lacking) if lacking else None


def positionals(function: Function) -> tuple[Parameter, ...]:
    """The parameters that can be given by position, the first one of a method included."""
    return tuple(each for each in function.parameters if each.kind == "positional")


def is_bound(function: FunctionDefinition) -> bool:
    """Whether a call through an object passes its receiver along."""
    return binding_of(function) in (Binding.INSTANCE, Binding.CLASS)


def is_called_as_written(function: FunctionDefinition) -> bool:
    """Whether no decorator stands between a call and the function's own parameters."""
    return all(last_word(each) in _TRANSPARENT for each in function.node.decorators)


def _has(function: Function, kind: str) -> bool:
    return any(each.kind == kind for each in function.parameters)
