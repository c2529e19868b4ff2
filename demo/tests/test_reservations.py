"""Reserving: here somebody renamed the dead setup to a hook that pytest calls, but never awaits."""

from library.catalog import Catalog
from library.desk import Desk
from library_testing.base import LibraryAsyncTestCase


class TestReservations(LibraryAsyncTestCase):
    async def setup_method(self, method=None):
        self.catalog = Catalog()
        self.catalog.add("Middlemarch")
        self.desk = Desk(self.catalog)
        await self.desk.lend("Middlemarch", "ada")

    def teardown_method(self, method=None):
        self.desk = None

    async def test_the_first_in_the_queue_is_number_one(self):
        assert 1 == await self.desk.reserve("Middlemarch", "grace")

    async def test_reserving_twice_keeps_the_place(self):
        await self.desk.reserve("Middlemarch", "grace")
        assert 1 == await self.desk.reserve("Middlemarch", "grace")

    async def test_the_queue_keeps_its_order(self):
        await self.desk.reserve("Middlemarch", "grace")
        await self.desk.reserve("Middlemarch", "joan")
        assert ["grace", "joan"] == self.desk.queue("Middlemarch")

    async def test_a_returned_book_goes_to_the_first_in_the_queue(self):
        await self.desk.reserve("Middlemarch", "grace")
        assert "grace" == await self.desk.take_back("Middlemarch", "ada")

    async def test_nobody_waits_for_an_unreserved_book(self):
        assert await self.desk.take_back("Middlemarch", "ada") is None

    async def test_the_journal_starts_empty(self):
        assert [] == self.journal
