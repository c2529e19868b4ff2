"""The modules that are installed, each read when a name of it is needed."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from lint_ssot.facts.expressions import Position
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import Function
from lint_ssot.graph.definitions import Module, Origin
from lint_ssot.graph.installed.environment import find_environment
from lint_ssot.graph.installed.native import native_facts

# about 12,000 lines, for which astroid takes a fifth of a second; what is longer is generated
_LARGEST = 500_000
_REPLACES_ITSELF = re.compile(rb"^sys\.modules\[__name__\] = (\w+)$", re.MULTILINE)
# a module that was not read: any name may be had of it by asking
_ANY_NAME = ModuleFacts(
    (Function(Position(1, 0), "__getattr__", "__getattr__", (), (), (), is_async=False, is_generator=False),)
)


class Sources:
    """The modules of an environment and of the standard library; nothing of them is run."""

    def __init__(self, python: str | None, base: Path) -> None:
        self._environment = find_environment(python, base)
        self._read: dict[str, Module | None] = {}
        self._unread: dict[str, Module | None] = {}

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders that the environment is found in."""
        return self._environment.roots

    def unread(self, name: str) -> Module | None:
        """The module as something that can be imported, whatever names it has."""
        if name not in self._unread:
            self._unread[name] = self._module(name, _ANY_NAME if self._exists(name) else None)
        return self._unread[name]

    def mentioning(self, module: str, name: str) -> Module | None:
        """The module with all it defines, if it can be read and `name` occurs in it or in a star import's target."""
        if module not in self._read:
            source = self._environment.find(module)
            if source is None:
                self._read[module] = self._module(module, native_facts(module))
            elif source.path is None or not (text := _text(source.path)):
                return None
            elif other := _stand_in(text):
                return self.mentioning(other, name)
            elif not _mentions(text, name):
                return None
            else:
                self._read[module] = self._module(module, _facts(source.path, module))
        return self._read[module]

    def _exists(self, name: str) -> bool:
        return self._environment.find(name) is not None or native_facts(name) is not None

    def _module(self, name: str, facts: ModuleFacts | None) -> Module | None:
        if facts is None:
            return None
        source = self._environment.find(name)
        return Module(name, None, facts, source is not None and source.is_package, Origin.INSTALLED)


def _text(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError:
        return b""


def _stand_in(text: bytes) -> str | None:
    """The module that is had by the name of this one, as in `collections.abc` since Python 3.13."""
    found = _REPLACES_ITSELF.search(text)
    return found[1].decode() if found and b"\nimport " + found[1] + b"\n" in b"\n" + text else None


def _mentions(text: bytes, name: str) -> bool:
    """Whether it is worth the while to read a file for a name: most packages' `__init__.py` do not have it."""
    return name.encode() in text or b"import *" in text


def _facts(path: Path, name: str) -> ModuleFacts | None:
    # imported late: most runs ask for well-known classes only, and astroid takes an eighth of a second
    from lint_ssot.graph.installed.translation import translate

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the compiler: it is not the user's code that it complains of
            return translate(path, name)
    except Exception:  # noqa: BLE001  # also RecursionError: whatever astroid makes of source it cannot read
        return None
