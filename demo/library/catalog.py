"""Books and the copies of them."""

from __future__ import annotations


class Catalog:
    """How many copies of each title the library owns."""

    def __init__(self) -> None:
        self._copies: dict[str, int] = {}

    def add(self, title: str, copies: int = 1) -> None:
        self._copies[title] = self.copies(title) + copies

    def remove(self, title: str) -> None:
        if not self.copies(title):
            raise LookupError(title)
        self._copies[title] -= 1

    def copies(self, title: str) -> int:
        return self._copies.get(title, 0)
