"""The one base that every test class of the library stands on, as `ssot-base-classes` says."""

from __future__ import annotations


class LibraryTestCase:
    """Keeps a journal of what a test did, so that a failure can be retold."""

    def setup_method(self, method=None):
        self.journal = []
        self.clock = 0

    def teardown_method(self, method=None):
        self.journal.clear()

    def note(self, event):
        self.clock += 1
        self.journal.append((self.clock, event))


class LibraryAsyncTestCase(LibraryTestCase):
    """The same for tests that await."""

    async def settle(self, awaitable, event):
        result = await awaitable
        self.note(event)
        return result
