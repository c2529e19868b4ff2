"""What the patterns in Python's syntax tree bind, and which of them always match."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence


def bound_names(pattern: ast.pattern) -> Iterator[str]:
    """Yield the names that the pattern binds, in order."""
    for inner in _inner_patterns(pattern):
        yield from bound_names(inner)
    match pattern:
        case ast.MatchAs(name=name) | ast.MatchStar(name=name) | ast.MatchMapping(rest=name) if name is not None:
            yield name


def is_irrefutable(pattern: ast.pattern) -> bool:
    """Whether the pattern matches everything."""
    match pattern:
        case ast.MatchAs(pattern=inner):
            return inner is None or is_irrefutable(inner)
        case ast.MatchOr(patterns=alternatives):
            return any(map(is_irrefutable, alternatives))
        case _:
            return False


def _inner_patterns(pattern: ast.pattern) -> Sequence[ast.pattern]:
    match pattern:
        case ast.MatchAs(pattern=inner) if inner is not None:
            return (inner,)
        case ast.MatchOr(patterns=alternatives):
            return alternatives[:1]  # Python has all alternatives bind the same names
        case ast.MatchSequence(patterns=parts) | ast.MatchMapping(patterns=parts):
            return parts
        case ast.MatchClass(patterns=positional, kwd_patterns=keywords):
            return [*positional, *keywords]
        case _:
            return ()
