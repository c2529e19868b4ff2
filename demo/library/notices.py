"""Letters to readers."""

from __future__ import annotations


class Mailbox:
    """The letters of one reader, open only while somebody reads it."""

    def __init__(self, reader: str) -> None:
        self.reader = reader
        self.is_open = False
        self._letters: list[str] = []

    async def open(self) -> None:
        self.is_open = True

    async def close(self) -> None:
        self.is_open = False

    async def deliver(self, letter: str) -> None:
        self._letters.append(letter)

    async def letters(self) -> list[str]:
        if not self.is_open:
            raise PermissionError("the mailbox is closed")
        return list(self._letters)


def fine(days_late: int) -> int:
    """What a late book costs, in cents."""
    return max(days_late, 0) * 20
