"""Lending: the setup is written with care, and nobody calls it."""

import pytest

from library.catalog import Catalog
from library.desk import Desk
from library_testing.base import LibraryAsyncTestCase


class TestLoans(LibraryAsyncTestCase):
    async def async_setup_method(self, method=None):
        self.catalog = Catalog()
        self.catalog.add("Emma", copies=2)
        self.catalog.add("Ulysses")
        self.desk = Desk(self.catalog, limit=2)
        self.reader = "ada"

    async def test_a_book_can_be_borrowed(self):
        await self.settle(self.desk.lend("Emma", self.reader), "lent")
        assert ["Emma"] == self.desk.loans(self.reader)

    async def test_a_borrowed_copy_leaves_the_catalog(self):
        await self.settle(self.desk.lend("Emma", self.reader), "lent")
        assert 1 == self.catalog.copies("Emma")

    async def test_the_last_copy_can_be_borrowed_once(self):
        await self.settle(self.desk.lend("Ulysses", self.reader), "lent")
        with pytest.raises(LookupError):
            await self.desk.lend("Ulysses", "grace")

    async def test_a_reader_has_a_limit(self):
        for _ in range(2):
            await self.settle(self.desk.lend("Emma", self.reader), "lent")
        with pytest.raises(PermissionError):
            await self.desk.lend("Ulysses", self.reader)

    async def test_a_returned_copy_is_in_the_catalog_again(self):
        await self.settle(self.desk.lend("Emma", self.reader), "lent")
        await self.settle(self.desk.take_back("Emma", self.reader), "returned")
        assert 2 == self.catalog.copies("Emma")

    async def test_the_journal_tells_the_story(self):
        await self.settle(self.desk.lend("Emma", self.reader), "lent")
        assert [(1, "lent")] == self.journal
