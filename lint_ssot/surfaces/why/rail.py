"""Typography: a rail with marks on it, text that wraps beside it, places at the right edge."""

from __future__ import annotations

import re
from pathlib import Path

from rich.style import Style
from rich.text import Text

from lint_ssot.facts.values import dataclass
from lint_ssot.session import read_source
from lint_ssot.surfaces.terminal import Terminal

# wider lines are hard to read, and a place would stand too far from its name
_WIDEST = 110
_DOTTED = re.compile(r"\w+(?:\.\w+)?")
_CODE = re.compile(r"`([^`]*)`|\b(LSS\d{3})\b")


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs that the page is set with."""

    done: str
    dead: str
    idle: str
    rail: str
    dots: str
    star: str


_DRAWN = Marks(done="●", dead="✗", idle="○", rail="│", dots="┆", star="★")
_ASCII = Marks(done="*", dead="X", idle="o", rail="|", dots=":", star="*")

MARK_STYLES = {"done": "green", "dead": "bold red", "idle": "dim"}


class Page:
    """Writes to a terminal: headings, and items that stand on a rail.

    One that `is_full` leaves nothing out.
    """

    def __init__(self, terminal: Terminal, *, is_full: bool = False) -> None:
        self.terminal = terminal
        self.is_full = is_full
        self.marks = _DRAWN if terminal.draws else _ASCII
        self.width = min(terminal.width, _WIDEST)
        self._has_links = terminal.file.isatty()
        self._is_colored = terminal.is_terminal and not terminal.no_color

    def blank(self) -> None:
        """Leave a line empty."""
        self.terminal.print()

    def heading(self, words: str) -> None:
        """A heading, with air around it."""
        self.blank()
        self.terminal.print(Text(words, style="bold underline" if self._is_colored else "bold"), soft_wrap=True)
        self.blank()

    def lines(self, text: Text, *, indent: str = "", first: Text | None = None) -> None:
        """A paragraph, wrapped, behind an indent that may begin with something of its own."""
        room = max(self.width - len(indent), 16)
        for number, line in enumerate(text.wrap(self.terminal, room)):
            line.rstrip()
            start = first if first is not None and number == 0 else Text(indent, style="dim")
            whole = Text.assemble(start, line)
            whole.rstrip()
            self.terminal.print(whole, soft_wrap=True)

    def item(self, mark: str, name: Text, place: Text, *, is_alone: bool = False) -> None:
        """What stands on the rail: a mark, a name, and its place at the right edge or, for want of room, below.

        What `is_alone` has no rail.
        """
        beside = self.beside(is_last=is_alone)
        sign, style = getattr(self.marks, mark), MARK_STYLES[mark]
        gap = self.width - 3 - len(name.plain) - len(place.plain)
        start = Text.assemble((sign, style), "  ")
        if gap >= 2:
            whole = Text.assemble(start, name, " " * gap, place)
            whole.rstrip()
            self.terminal.print(whole, soft_wrap=True)
            return
        self.lines(name, indent=beside, first=Text(f"{sign}  ", style=style))
        # a place that is broken cannot be clicked
        self.terminal.print(Text.assemble((beside, "dim"), place), soft_wrap=True)

    def beside(self, *, is_last: bool = False) -> str:
        """The indent of what stands beside the rail."""
        return "   " if is_last else f"{self.marks.rail}  "

    def pause(self) -> None:
        """A line of nothing but rail."""
        self.lines(Text(" "), indent=self.beside())

    def source(self, path: Path, line: int, column: int, indent: str) -> None:
        """A line of source, what begins at the column set off."""
        text = _line(path, line)
        if text is None or column >= len(text):
            return
        found = _DOTTED.match(text, column)
        code = Text(text, style="dim")
        code.stylize("bold red" if self._is_colored else "", column, found.end() if found else column + 1)
        shift = len(text) - len(text.lstrip())
        shown = code[shift:]
        shown.truncate(max(self.width - len(indent) - len(f"{line} ") - 2, 16), overflow="ellipsis")
        head = Text(f"{indent}{line} {self.marks.rail} ", style="dim")
        self.terminal.print(Text.assemble(head, shown), soft_wrap=True)
        under = Text(indent + " " * (len(head.plain) - len(indent) + column - shift), style="dim")
        if len(under.plain) < self.width - 1:
            end = found.end() if found else column + 1
            under.append("^" * min(end - column, self.width - len(under.plain)), style="red")
            self.terminal.print(under, soft_wrap=True)

    def said(self, words: str, style: str = "") -> Text:
        """Words with the names in backticks, and the codes, set off; without color the backticks stay."""
        text = Text(style=style)
        at = 0
        for match in _CODE.finditer(words):
            text.append(words[at : match.start()])
            if match[2] or self._is_colored:
                text.append(match[2] or match[1], style="cyan" if match[2] else "bold")
            else:
                text.append(match[0])
            at = match.end()
        return text.append(words[at:])

    def place(self, path: Path | None, line: int, name: str = "") -> Text:
        """A place as one can click it, relative to the working folder; `name` for what has no file."""
        if path is None:
            return Text(name, style="dim")
        link = Style(link=path.as_uri()) if self._has_links and path.is_absolute() else Style()
        return Text(f"{relative(path)}:{line}", style=Style(dim=True) + link)


def _line(path: Path, number: int) -> str | None:
    lines = read_source(path).splitlines() if path.is_file() else []
    return lines[number - 1].replace("\t", " ") if 0 < number <= len(lines) else None


def relative(path: Path) -> str:
    """The path from the working folder if it is below it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
