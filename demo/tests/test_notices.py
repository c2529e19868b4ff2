"""Writing to readers: a generator that is no context manager, an import that cannot work, a class astray."""

from unittest.mock import Mock

import pytest

from library.notices import Mailbox, fine
from library_testing.base import LibraryAsyncTestCase

try:
    from library.post_office import PostOffice
except ImportError:
    PostOffice = Mock


class TestNotices(LibraryAsyncTestCase):
    async def _open_mailbox(self, reader):
        mailbox = Mailbox(reader)
        await mailbox.open()
        try:
            yield mailbox
        finally:
            await mailbox.close()

    async def test_a_letter_arrives(self):
        async with self._open_mailbox("ada") as mailbox:
            await self.settle(mailbox.deliver("Your book is due"), "delivered")
            assert ["Your book is due"] == await mailbox.letters()

    async def test_an_open_mailbox_starts_empty(self):
        async with self._open_mailbox("ada") as mailbox:
            assert [] == await mailbox.letters()

    @pytest.mark.skipif(PostOffice is Mock, reason="the post office is not there")
    async def test_the_post_office_stamps_letters(self):
        assert "stamped" == await PostOffice().stamp("Your book is due")

    @pytest.mark.skipif(PostOffice is Mock, reason="the post office is not there")
    async def test_the_post_office_keeps_a_list(self):
        assert [] == await PostOffice().sent()


class TestFines:
    def setUp(self):
        self.days_late = 3

    def test_every_day_late_costs(self):
        assert 60 == fine(self.days_late)

    def test_a_fine_is_noted(self):
        self.note(fine(3))
        assert [(1, 60)] == self.journal
