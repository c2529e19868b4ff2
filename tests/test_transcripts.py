"""What the documentation of the command shows is what the command says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import PAGES, runs, table_in_page, table_of_commands, transcripts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_transcripts_are_what_the_commands_say(page: Path) -> None:
    assert transcripts(page) == runs(page), "write them anew: python -m tests.derived"


def test_the_table_is_the_help_of_the_command() -> None:
    assert table_of_commands() == table_in_page(), "write it anew: python -m tests.derived"
