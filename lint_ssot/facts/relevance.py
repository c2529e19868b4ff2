"""What a glance at the bytes can prove: that a file cannot matter."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

_COOKIE = re.compile(rb"\A(?:[^\n]*\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_ASCII_BASED = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"})

# A compound statement begins its physical line; only imports may follow a colon or a semicolon.
_STATEMENT = re.compile(
    rb"(?:\A|[\r\n\f])(?:\xef\xbb\xbf)?[ \t\f]*"
    rb"(?:class|with|async|def[ \t\f\\\r\n]+(?:async_?)?(?:test|set_?up|tear_?down))",
    re.IGNORECASE,
)
# What other modules are promised, or asked for, by name.
_NAMED = re.compile(rb"\bfixture\b|__all__|pytest_plugins")
_IMPORT = re.compile(rb"\b_*import")
_RELATIVE = re.compile(rb"\bfrom[ \t\f\\\r\n]*\.")


def may_matter(source: bytes, first_party: Iterable[str] | None = None) -> bool:
    """Whether a file has anything to judge; False only where there is surely nothing.

    That is: no class, no with, nothing async, no function that a runner calls, no fixture, no import,
    and no list of names or plug-ins.
    Given the top-level names of the project's own modules, imports of anything else do not count.
    """
    if b"\nclass " in source or not _is_ascii_based(source):
        return True  # most tests have a class, and to find it so takes a hundredth of the time
    if first_party is None and _IMPORT.search(source):
        return True  # nearly all others import something, near their beginning
    if _STATEMENT.search(source) or _NAMED.search(source):
        return True
    if first_party is None or not _IMPORT.search(source):
        return False
    if _RELATIVE.search(source):
        return True
    own = b"|".join(re.escape(name.encode()) for name in first_party)
    return bool(own) and re.search(rb"\b(?:" + own + rb")\b", source) is not None


def _is_ascii_based(source: bytes) -> bool:
    cookie = _COOKIE.match(source)
    if cookie is None:
        return True
    try:
        return codecs.lookup(cookie.group(1).decode("ascii")).name in _ASCII_BASED
    except (LookupError, UnicodeError):
        return False
