"""What the documentation of the command shows is what the command says."""

from __future__ import annotations

from tests.transcripts import runs, table_in_page, table_of_commands, transcripts


def test_the_transcripts_are_what_the_commands_say() -> None:
    assert transcripts() == runs(), "write them anew: python -m tests.derived"


def test_the_table_is_the_help_of_the_command() -> None:
    assert table_of_commands() == table_in_page(), "write it anew: python -m tests.derived"
