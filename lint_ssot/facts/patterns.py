"""What the patterns of a match statement bind, and which of them always match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst


def bound_names(pattern: cst.CSTNode) -> Iterator[str]:
    """Yield the names that the pattern binds, in order."""
    for inner in _inner_patterns(pattern):
        yield from bound_names(inner)
    match pattern:
        case cst.MatchAs(name=name) | cst.MatchStar(name=name) | cst.MatchMapping(rest=name) if name is not None:
            yield name.value


def is_irrefutable(pattern: cst.CSTNode) -> bool:
    """Whether the pattern matches everything."""
    match pattern:
        case cst.MatchAs(pattern=inner):
            return inner is None or is_irrefutable(inner)
        case cst.MatchOr(patterns=alternatives):
            return any(is_irrefutable(alternative.pattern) for alternative in alternatives)
        case _:
            return False


def _inner_patterns(pattern: cst.CSTNode) -> Sequence[cst.CSTNode]:
    match pattern:
        case cst.MatchAs(pattern=inner) if inner is not None:
            return (inner,)
        case cst.MatchOr(patterns=alternatives):
            return (alternatives[0].pattern,)  # Python has all alternatives bind the same names
        case cst.MatchList(patterns=parts) | cst.MatchTuple(patterns=parts):
            return [part.value if isinstance(part, cst.MatchSequenceElement) else part for part in parts]
        case cst.MatchMapping(elements=elements):
            return [element.pattern for element in elements]
        case cst.MatchClass(patterns=positional, kwds=keywords):
            return [*(part.value for part in positional), *(part.pattern for part in keywords)]
        case _:
            return ()
