"""What string and number literals are worth, decoded without a warning and without running anything."""

from __future__ import annotations

import re
import unicodedata

_SIMPLE_ESCAPES = {
    "\n": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_ESCAPE = re.compile(
    r"\\(?:([\n\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})"
    r"|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]+)\})"
)
_LONG_INTEGER = 100  # beyond 4,300 digits Python would refuse to read it
_LARGEST = 2**63
_NEWLINE = re.compile(r"\r\n?")


def string_value(raw: str) -> str | None:
    """Return the text of a string literal as written, prefix and quotes included; None for bytes."""
    opening = raw[0]
    if opening in "\"'":
        return text_value(_unquoted(raw), is_raw=False)
    prefix = raw[: min(position for position in (raw.find("'"), raw.find('"')) if position >= 0)].lower()
    if "b" in prefix:
        return None
    return text_value(_unquoted(raw[len(prefix) :]), is_raw="r" in prefix)


def text_value(text: str, *, is_raw: bool) -> str:
    """Return what stands between quotes with its escapes resolved, unknown ones left as they are."""
    if "\r" in text:
        text = _NEWLINE.sub("\n", text)
    return text if is_raw or "\\" not in text else _ESCAPE.sub(_unescaped, text)


def integer_value(raw: str) -> int | None:
    """Return the value of an integer literal; None for those that only arithmetic could want."""
    if len(raw) > _LONG_INTEGER:
        return None
    # `00` is zero to Python, and nothing to `int`
    value = int(raw, 0) if raw.strip("0_") else 0
    return value if is_countable(value) else None


def is_countable(value: int) -> bool:
    """Whether an integer is one that more than arithmetic could want."""
    return value < _LARGEST


def _unquoted(quoted: str) -> str:
    width = 3 if quoted[:3] in ('"""', "'''") and len(quoted) >= 6 else 1
    return quoted[width:-width]


def _unescaped(escape: re.Match[str]) -> str:
    simple, octal, byte, short, long, name = escape.groups()
    if simple is not None:
        return _SIMPLE_ESCAPES[simple]
    if octal is not None:
        return chr(int(octal, 8))
    if name is not None:
        return _named(name, escape.group())
    code = int(byte or short or long, 16)
    return chr(code) if code <= 0x10FFFF else escape.group()


def _named(name: str, otherwise: str) -> str:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return otherwise
