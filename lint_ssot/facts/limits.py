"""Foresees the sources that would exhaust the parser: nested, chained or enumerated beyond measure."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

# Measured with libcst 1.9 on an 8 MB stack: it crashes between 400 and 3,000 nested brackets, and CPython
# refuses 200; it takes 0.3 s for 1,000 chained operators and a hundred times that for 10,000;
# patterns are tried over and over, so that 9 nested ones take 0.3 s and each one more takes four times as long.
_DEEPEST = 100
_DEEPEST_PATTERN = 9
_LONGEST_CHAIN = 1_000
_MOST_LAMBDAS = 1_000
_MOST_BRANCHES = 400

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'|'''
    r""""(?:[^"\\\r\n]|\\(?:\r\n|.))*"|'(?:[^'\\\r\n]|\\(?:\r\n|.))*'|"""
    r"""\#[^\r\n]*|\\(?:\r\n?|\n)|[()\[\]{},;\r\n]|[^()\[\]{},;\r\n"'#\\]+""",
    re.DOTALL,
)
_BRANCH = re.compile(r"(?:^|[\r\n])([ \t\f]*)(if|elif)\b")
_CASE = re.compile(r"\s*case\b")
_BRACKET = re.compile(r"[()\[\]{}]")
_WORD = re.compile(r"\w+|[^\w\s]")


def is_beyond_limits(text: str, tree: ast.Module | None = None) -> bool:
    """Whether parsing this source could crash the parser or take it out of all proportion.

    With the tree that Python has made of it, only statements that are long enough are looked at.
    """
    if text.count("lambda") > _MOST_LAMBDAS or _most_branches(text) > _MOST_BRANCHES:
        return True  # each one is nested in the one before; few files have so many lambdas that are not
    if tree is None or "\r" in text or "\f" in text:
        return _is_code_beyond_limits(text)
    return any(map(_is_code_beyond_limits, _suspects(text.split("\n"), tree)))


def _suspects(lines: list[str], tree: ast.Module) -> Iterator[str]:
    """The statements that are long enough to hold so much, with what stands around them."""
    starts, has_patterns = _starts(lines, tree)
    most = _DEEPEST_PATTERN if has_patterns else _DEEPEST
    numbers = sorted({1, len(lines) + 1, *starts})
    for first, after in itertools.pairwise(numbers):
        size = len(lines[first - 1]) if after - first == 1 else sum(map(len, lines[first - 1 : after - 1]))
        if size >= most:
            code = "\n".join(lines[first - 1 : after - 1])
            if len(code) > _LONGEST_CHAIN or sum(map(code.count, "([{")) >= most:
                yield code


def _starts(lines: list[str], tree: ast.Module) -> tuple[set[int], bool]:
    """The lines that begin with a statement, and whether there are patterns."""
    starts: set[int] = set()
    has_patterns = False
    rest: list[list[ast.stmt]] = [tree.body]
    while rest:
        for node in rest.pop():
            # behind a semicolon the line may begin inside of the statement before
            if not lines[node.lineno - 1][: node.col_offset].strip():
                starts.add(node.lineno)
            inner = _BLOCKS.get(type(node))
            if inner is not None:
                rest += inner(node)
                has_patterns = has_patterns or isinstance(node, ast.Match)
    return starts, has_patterns


_BLOCKS: Mapping[type[ast.stmt], Callable[[Any], list[list[ast.stmt]]]] = {
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef), lambda node: [node.body]),
    **dict.fromkeys((ast.With, ast.AsyncWith), lambda node: [node.body]),
    **dict.fromkeys((ast.If, ast.While, ast.For, ast.AsyncFor), lambda node: [node.body, node.orelse]),
    **dict.fromkeys(
        (ast.Try, getattr(ast, "TryStar", ast.Try)),
        lambda node: [node.body, *[each.body for each in node.handlers], node.orelse, node.finalbody],
    ),
    ast.Match: lambda node: [case.body for case in node.cases],
}


def _is_code_beyond_limits(code: str) -> bool:
    tokens: list[str] = _TOKEN.findall(code)
    # nearly every file passes when a character counts as much as a word, which is quicker to tell
    return _is_excessive(tokens, len) and _is_excessive(tokens, _words)


def _most_branches(text: str) -> int:
    """The most `elif`s of one indentation without an `if` of the same between them."""
    most = 0
    branches: dict[str, int] = {}
    for indentation, word in _BRANCH.findall(text) if text.count("elif") > _MOST_BRANCHES else ():
        branches[indentation] = branches.get(indentation, 0) + 1 if word == "elif" else 0
        most = max(most, branches[indentation])
    return most


def _words(code: str) -> int:
    return len(_WORD.findall(code))


def _is_excessive(tokens: Iterable[str], weigh: Callable[[str], int]) -> bool:
    gauge = _Gauge(weigh)
    readers = {
        **dict.fromkeys("([{", gauge.open),
        **dict.fromkeys(")]}", gauge.close),
        **dict.fromkeys(",;", gauge.separate),
        **dict.fromkeys("\r\n", gauge.end_line),
        **dict.fromkeys("\"'", gauge.quote),
        **dict.fromkeys("#\\", gauge.skip),
    }
    for token in tokens:
        readers.get(token[0], gauge.add)(token)
    return gauge.is_excessive


class _Gauge:
    """Follows the brackets, and measures what stands between two commas of each."""

    def __init__(self, weigh: Callable[[str], int]) -> None:
        self.is_excessive = False
        self._weigh = weigh
        self._chains = [0]  # one for each open bracket, and one for the line that holds them
        self._deepest = _DEEPEST
        self._may_be_formatted = False

    def open(self, token: str) -> None:
        self._chains.append(0)
        if len(self._chains) > self._deepest:
            self.is_excessive = True

    def close(self, token: str) -> None:
        if len(self._chains) > 1:
            self._chains.pop()
        self._lengthen(1)

    def separate(self, token: str) -> None:
        self._chains[-1] = 0

    def end_line(self, token: str) -> None:
        if len(self._chains) == 1:
            self._chains[0] = 0
            self._deepest = _DEEPEST

    def quote(self, token: str) -> None:
        self._lengthen(1)
        if self._may_be_formatted and len(self._chains) + _depth(token) > self._deepest:
            self.is_excessive = True
        self._may_be_formatted = False

    def add(self, token: str) -> None:
        self._lengthen(self._weigh(token))
        self._may_be_formatted = token[-1] in "fFtTrR"
        if len(self._chains) == 1 and _CASE.match(token):
            self._deepest = _DEEPEST_PATTERN

    def skip(self, token: str) -> None:
        """Pass over a comment or a continued line."""

    def _lengthen(self, amount: int) -> None:
        self._chains[-1] += amount
        if self._chains[-1] > _LONGEST_CHAIN:
            self.is_excessive = True


def _depth(formatted: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(formatted):
        depth = depth + 1 if bracket in "([{" else max(depth - 1, 0)
        deepest = max(depth, deepest)
    return deepest
