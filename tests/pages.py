"""Documentation pages read as tests: every heading with code is a small project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
RULE_PAGES = ROOT / "docs" / "rules"
SPEC_PAGES = ROOT / "docs" / "specs"

# where an unnamed block goes; blocks in other languages are prose
DEFAULT_PATHS = {
    "python": "test_example.py",
    "cfg": "setup.cfg",
    "ini": "setup.cfg",
    "toml": "pyproject.toml",
}

_FENCE = re.compile(r"(`{3,})(\w*)\s*")
_NAMED = re.compile(r"`([^`]+)`:")
_CLAIM = re.compile(r'# error(?:: (?P<code>LSS\d{3})?\s*(?:"(?P<part>[^"]*)")?)?(?=\s|$)')
_PROBE = re.compile(r"  # (?P<name>(?!error)\w+): (?P<expected>.*?)\s*$")


@dataclass(frozen=True)
class Block:
    """A fenced block: the file it stands for and the page's line its text begins on."""

    path: str
    text: str
    line: int


@dataclass(frozen=True)
class Section:
    """A heading and the blocks up to the next heading."""

    heading: str
    level: int
    line: int
    blocks: tuple[Block, ...]

    @property
    def files(self) -> dict[str, str]:
        return {block.path: block.text for block in self.blocks}


@dataclass(frozen=True)
class Claim:
    """`# error`, `# error: LSS102`, `# error: "part"` or `# error: LSS102 "part"` at a line of a file."""

    path: str
    line: int
    code: str
    part: str
    page_line: int


@dataclass(frozen=True)
class Expectation:
    """`# mro: C, B, A`: what a probe must answer at a line of a file."""

    path: str
    line: int
    probe: str
    expected: str
    page_line: int


@dataclass
class _Draft:
    heading: str
    level: int
    line: int
    blocks: list[Block] = field(default_factory=list)


def sections(page: Path) -> tuple[Section, ...]:
    """The headings of a page; raises ValueError where the page is not well-formed."""
    drafts: list[_Draft] = []
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    named = None
    for number, line in lines:
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            drafts.append(_Draft(line.lstrip("# ").strip(), level, number))
        elif match := _FENCE.fullmatch(line):
            text = "\n".join(_fenced(lines, match[1])) + "\n"
            path = named or DEFAULT_PATHS.get(match[2])
            if path is not None:
                _add(page, drafts[-1], Block(path, text, number + 1))
        if line.strip():
            found = _NAMED.fullmatch(line)
            named = found[1] if found else None
    return tuple(Section(draft.heading, draft.level, draft.line, tuple(draft.blocks)) for draft in drafts)


def _fenced(lines: Iterator[tuple[int, str]], fence: str) -> Iterator[str]:
    for _, line in lines:
        if line == fence:
            return
        yield line
    raise ValueError("a fenced block without an end")


def _add(page: Path, draft: _Draft, block: Block) -> None:
    if block.path in {known.path for known in draft.blocks}:
        raise ValueError(f"{page.name}:{block.line}: a second `{block.path}` under one heading")
    draft.blocks.append(block)


def claims(section: Section, code: str) -> list[Claim]:
    """What the blocks claim; claims without a code are about `code`."""
    return [
        Claim(block.path, number, match["code"] or code, match["part"] or "", block.line + number - 1)
        for block in section.blocks
        for number, line in enumerate(block.text.splitlines(), 1)
        for match in _CLAIM.finditer(line)
    ]


def expectations(section: Section) -> list[Expectation]:
    """What the blocks expect of probes."""
    return [
        Expectation(block.path, number, match["name"], match["expected"], block.line + number - 1)
        for block in section.blocks
        if block.path.endswith(".py")
        for number, line in enumerate(block.text.splitlines(), 1)
        if (match := _PROBE.search(line))
    ]
