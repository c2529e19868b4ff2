"""Facts and first looks of sources that some run has read before, found by what the source says."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

from lint_ssot.facts.glance import Glance, glance, glance_from, glance_row
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.store import Store

Read = TypeVar("Read")


class Library:
    """Reads sources that other files lead to: a base class, a conftest, a stub; none without a store.

    Reading facts back takes a third of the time of reading the source, a first look a twentieth.
    What is linted itself does not come here: its syntax tree is at hand, and its findings are kept.
    """

    def __init__(self, store: Store | None = None, version: bytes = b"") -> None:
        """`version` tells all that facts depend on besides the source: the linter's own, and Python's."""
        self._store = store
        self._version = version

    def facts(self, source: str | bytes) -> ModuleFacts:
        """What a source says, with bodies of functions that are read when somebody looks at them."""
        return self._kept("facts", source, _outlined, _facts_row, lambda row: _facts_from(row, source))

    def glance(self, source: bytes) -> Glance:
        """A first look at a source."""
        return self._kept("glance", source, glance, glance_row, glance_from)

    def _kept(
        self,
        kind: str,
        source: str | bytes,
        read: Callable[[Any], Read],
        row: Callable[[Read], object],
        from_row: Callable[[Any], Read],
    ) -> Read:
        if self._store is None:
            return read(source)
        key = self._key(kind, source)
        known = self._store.value(key)
        if known is not None:
            try:
                return from_row(known)
            except ValueError:  # not what we wrote
                pass
        found = read(source)
        self._store.keep_later(key, row(found))
        return found

    def _key(self, kind: str, source: str | bytes) -> bytes:
        told = blake2b(self._version, digest_size=16)
        told.update(f"\n{kind} {type(source).__name__}\n".encode())
        told.update(source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass"))
        return told.digest()


def _outlined(source: str | bytes) -> ModuleFacts:
    # imported late: what is in the store need not be extracted
    from lint_ssot.facts.extract import outline

    return outline(source)


def _facts_row(facts: ModuleFacts) -> object:
    from lint_ssot.facts.codec import encode_facts

    return encode_facts(facts)


def _facts_from(row: object, source: str | bytes) -> ModuleFacts:
    from lint_ssot.facts.codec import decode_facts
    from lint_ssot.facts.extract import decoded

    try:
        return decode_facts(row, decoded(source))
    except (SyntaxError, LookupError) as error:
        raise ValueError("not the facts of a file that can be decoded") from error
