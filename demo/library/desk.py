"""The desk where books are lent, reserved and given back."""

from __future__ import annotations

from library.catalog import Catalog


class Desk:
    """Lends what the catalog has."""

    def __init__(self, catalog: Catalog, limit: int = 3) -> None:
        self._catalog = catalog
        self._limit = limit
        self._loans: dict[str, list[str]] = {}
        self._queues: dict[str, list[str]] = {}

    async def lend(self, title: str, reader: str) -> None:
        if len(self.loans(reader)) >= self._limit:
            raise PermissionError(f"{reader} has {self._limit} books")
        self._catalog.remove(title)
        self._loans.setdefault(reader, []).append(title)

    async def take_back(self, title: str, reader: str) -> str | None:
        """Whoever is first in the queue for the title."""
        self._loans[reader].remove(title)
        self._catalog.add(title)
        queue = self._queues.get(title)
        return queue.pop(0) if queue else None

    async def reserve(self, title: str, reader: str) -> int:
        """The reader's place in the queue, from 1."""
        queue = self._queues.setdefault(title, [])
        if reader not in queue:
            queue.append(reader)
        return queue.index(reader) + 1

    def loans(self, reader: str) -> list[str]:
        return self._loans.get(reader, [])

    def queue(self, title: str) -> list[str]:
        return self._queues.get(title, [])
