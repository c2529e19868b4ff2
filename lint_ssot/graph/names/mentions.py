"""Which names and texts stand anywhere in a file, wherever and whatever for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from lint_ssot.facts.expressions import Attribute, Constant, Expression, Name, Walrus
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Global, Import, ImportFrom
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.modules.import_magic import NO_MAGIC, ImportMagic, import_magic

_REBINDING = {
    "global": re.compile(r"global\b((?:[^\n;#\\]|\\\n)*)"),
    "nonlocal": re.compile(r"nonlocal\b((?:[^\n;#\\]|\\\n)*)"),
}
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"(\w*)[\s\\]*\Z")
# names are not longer than that
_LONGEST = 80
_MAGIC = {"modules": re.compile(r"\.\s*modules\b"), "__path__": re.compile("__path__")}

Relative: TypeAlias = Callable[[Module, str, int], "str | None"]


def contains(path: Path, words: tuple[bytes, ...]) -> bool:
    """Whether all the words stand in a file, which need not be parsed for that."""
    try:
        source = path.read_bytes()
    except OSError:
        return False
    return all(word in source for word in words)


def imported_names(module: Module, relative: Relative) -> Iterator[str]:
    """The names of modules that the imports at module level may stand for."""
    for statement in statements(module.facts.body):
        match statement:
            case Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ImportFrom(module=source, level=level, names=aliases):
                absolute = relative(module, source, level) or ""
                yield absolute
                yield from (f"{absolute}.{alias.name}" for alias in aliases if alias.name != "*")


class Mentions:
    """The names and texts that stand anywhere in a file, and what it does to the import system."""

    def __init__(self, facts: ModuleFacts) -> None:
        self.facts = facts

    def may_name(self, *words: str) -> bool:
        """Whether one of the words may be a name somewhere in the file: a cheap question before a walk over it."""
        return self.facts.may_speak_of(*words)

    def names(self, *words: str) -> bool:
        """Whether one of the words is a name somewhere in the file, of a variable or an attribute."""
        return self.may_name(*words) and not self._seen.names.isdisjoint(words)

    @property
    def texts(self) -> Set[str]:
        """The texts that stand anywhere in the file."""
        return self._seen.texts

    def rebinds(self, name: str) -> bool:
        """Whether a function binds the name by `global`, or an expression by `:=`."""
        is_private = name.startswith("_") and "__" in name  # and may be written otherwise
        spelled = None if is_private else self._rebound
        return name in (self._seen.rebound if spelled is None else spelled)

    @cached_property
    def _rebound(self) -> frozenset[str] | None:
        """The words that stand where a name is bound so, be it in a docstring; None where there is no source to ask."""
        text = self.facts.text
        if text is None:
            return None
        told = (each for word, pattern in _REBINDING.items() if word in text for each in pattern.finditer(text))
        found = [each[1] for each in told if _begins_a_statement(text, each.start())]
        # what stands before `:=`, which a pattern that begins with a name would look for everywhere
        found += [_LAST_WORD.findall(before[-_LONGEST:])[0] for before in text.split(":=")[:-1]]
        return frozenset(_WORD.findall(" ".join(found)))

    @cached_property
    def magic(self) -> ImportMagic:
        """What the file does to `sys.modules` and to a `__path__`; most files speak of neither."""
        return import_magic(self.facts.body) if self.facts.may_match(_MAGIC) else NO_MAGIC

    @cached_property
    def _seen(self) -> _Seen:
        """What a walk over the whole file finds, which is worth it only where a word says so."""
        seen = _Seen()
        for statement in statements_of_all(self.facts.body):
            if isinstance(statement, Global):
                seen.rebound.update(statement.names)
            for expression in expressions(statement):
                for part in subexpressions(expression):
                    seen.add(part)
        return seen


def _begins_a_statement(text: str, at: int) -> bool:
    before = text[text.rfind("\n", 0, at) + 1 : at].rstrip(" \t\f")
    return before == "" or before.endswith((":", ";"))


class _Seen:
    """The names and texts that a walk came by."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.texts: set[str] = set()
        self.rebound: set[str] = set()

    def add(self, part: Expression) -> None:
        kind = type(part)  # a `match` takes longer than the walk
        if kind is Name:
            self.names.add(part.id)  # type: ignore[union-attr]
        elif kind is Attribute:
            self.names.add(part.attr)  # type: ignore[union-attr]
        elif kind is Constant and isinstance(part.value, str):  # type: ignore[union-attr]
            self.texts.add(part.value)  # type: ignore[union-attr]
        elif kind is Walrus:
            self.rebound.add(part.target.id)  # type: ignore[union-attr]
