"""A rule: one decorated function that judges a module, and the message it speaks with."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lint_ssot.diagnostic import Diagnostic, Finding
from lint_ssot.facts.values import dataclass
from lint_ssot.lifecycle.module import LintedModule

# what fits beside a path in a terminal and in an editor's hover
MESSAGE_LENGTH = 100
# names are shortened no further than what still tells one from another
_SHORTEST_VALUE = 12
# what a message can do without, first to go first
_OPTIONAL = ("stops", "aside")
# what changes in a message when other tests come, go or get another name
_PASSING = {"stops": "", "aside": "", "reader": "…"}
# what a message is about is cut last
_SUBJECTS = frozenset({"attribute"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; its name and its summary are those of the function that checks.

    `since` is the version of the linter that introduced it.
    A rule that is opt-in speaks only when `ssot-enable` lists its code.
    """

    code: str
    message: str
    since: str
    check: Callable[[LintedModule], Iterator[Finding]]
    is_opt_in: bool = False

    @property
    def name(self) -> str:
        """The name that reads "allow ___": `unassigned-attribute`."""
        return self.check.__name__.replace("_", "-")

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (self.check.__doc__ or "").partition("\n")[0]

    def diagnostic(self, path: Path, finding: Finding) -> Diagnostic:
        """The diagnostic for a finding in the file at `path`."""
        text = message_text(self.message, finding.values)
        line, column = finding.at
        subject = self.message.format_map({**_words(finding.values), **_PASSING})
        return Diagnostic(path, line, column, self.code, text, finding.related, finding.cures, subject)


def rule(
    code: str, *, message: str, since: str, is_opt_in: bool = False
) -> Callable[[Callable[[LintedModule], Iterator[Finding]]], Rule]:
    """Make a rule of a function.

        @rule("LSS201", message="`self.{attribute}` is read in `{test}`, and nothing assigns it", since="0.1")
        def unassigned_attribute(module: LintedModule) -> Iterator[Finding]: ...

    Raises ValueError if the code or the message cannot serve.
    """
    if not re.fullmatch(r"LSS[0-9]{3}", code):
        raise ValueError(f"{code!r} is no code such as LSS201")
    if not all(name.isidentifier() for name in placeholders(message)):
        raise ValueError(f"{code}: a placeholder of {message!r} is no name")
    if len(message.format_map(dict.fromkeys(placeholders(message), ""))) > MESSAGE_LENGTH:
        raise ValueError(f"{code}: the message leaves no room for its values")
    return lambda check: Rule(code, message, since, check, is_opt_in)


def placeholders(message: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name is not None)


def message_text(message: str, values: Mapping[str, object]) -> str:
    """The message with its values: one line, at most MESSAGE_LENGTH characters.

    A longer one loses its `stops` and `aside`, then its longest values are cut; what it is about goes last.

    Raises ValueError if the values are not exactly those the message has placeholders for.
    """
    if values.keys() != placeholders(message):
        raise ValueError(f"{message!r} was given {sorted(values)}")
    words = _words(values)
    text = message.format_map(words)
    for name in _OPTIONAL:
        if name in words and len(text) > MESSAGE_LENGTH:
            words[name] = ""
            text = message.format_map(words)
    while len(text) > MESSAGE_LENGTH:
        longest = max(words, key=lambda name: (name not in _SUBJECTS, len(words[name])))
        if len(words[longest]) <= _SHORTEST_VALUE:
            longest = max(words, key=lambda name: len(words[name]))
        if len(words[longest]) <= _SHORTEST_VALUE:
            return text[: MESSAGE_LENGTH - 1] + "…"
        room = len(words[longest]) - (len(text) - MESSAGE_LENGTH) - 1
        words[longest] = words[longest][: max(room, _SHORTEST_VALUE - 1)] + "…"
        text = message.format_map(words)
    return text


def _words(values: Mapping[str, object]) -> dict[str, str]:
    return {name: re.sub(r"\s+", " ", str(value)) for name, value in values.items()}
