"""Files as bytes and as text: read whole, written whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import tempfile
import tokenize
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from lint_ssot.facts.values import dataclass


class UnfixableFileError(Exception):
    """Why a file is left as it is; the message completes "`test_x.py` …"."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be edited: its bytes as they were read, and the text in them, line ends and all.

    `path` is where it is asked for, `home` where it really is: the same unless `path` is a symbolic link.
    """

    path: Path
    home: Path
    content: bytes
    text: str
    encoding: str
    has_mark: bool

    def encoded(self, text: str) -> bytes:
        """Another text in the encoding of this one; raises UnfixableFileError if that lacks a character."""
        try:
            return (BOM_UTF8 if self.has_mark else b"") + text.encode(self.encoding)
        except UnicodeError as error:
            raise UnfixableFileError(f"cannot be written in {self.encoding}") from error


def read_file(path: Path, root: Path) -> SourceFile:
    """Read a file of the project below `root`.

    Raises UnfixableFileError if it is not really inside, no plain file, or no text that can be written back.
    """
    try:
        home = path.resolve(strict=True)
        if not home.is_relative_to(root.resolve()):
            raise UnfixableFileError("leads out of the project")
        if not stat.S_ISREG(home.stat().st_mode):
            raise UnfixableFileError("is no plain file")
        content = home.read_bytes()
    except (OSError, RuntimeError) as error:
        raise UnfixableFileError(f"cannot be read ({_reason(error)})") from error
    return _decoded(path, home, content)


def _decoded(path: Path, home: Path, content: bytes) -> SourceFile:
    has_mark = content.startswith(BOM_UTF8)
    try:
        declared, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        encoding = "utf-8" if has_mark else declared
        text = content.removeprefix(BOM_UTF8).decode(encoding)
    except (SyntaxError, UnicodeError, LookupError) as error:
        raise UnfixableFileError("cannot be decoded") from error
    file = SourceFile(path, home, content, text, encoding, has_mark)
    if file.encoded(text) != content:
        raise UnfixableFileError("would not be written back as it is")
    return file


def write_file(file: SourceFile, text: str) -> None:
    """Put a text in the place of the one that was read: the file is the old one or the new one at any moment.

    Its mode stays. Raises UnfixableFileError if it has changed since it was read, or cannot be written.
    """
    content = file.encoded(text)
    try:
        if file.home.read_bytes() != file.content:
            raise UnfixableFileError("was changed by somebody else in the meantime")
        if not os.access(file.home, os.W_OK):
            raise UnfixableFileError("is read-only")
        replace_file(file.home, content)
    except OSError as error:
        raise UnfixableFileError(f"cannot be written ({_reason(error)})") from error


def replace_file(path: Path, content: bytes) -> None:
    """Put bytes in the place of a file's, at once and with its mode; one that is not there yet is written.

    Raises OSError if that cannot be done.
    """
    home = path.resolve()
    if not home.is_file():
        home.write_bytes(content)
        return
    with _beside(home) as temporary:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(stat.S_IMODE(home.stat().st_mode))
        os.replace(temporary, home)  # noqa: PTH105  # the word that says what it does


@contextlib.contextmanager
def _beside(home: Path) -> Iterator[Path]:
    """A new file in the same folder, so that it can take the other's place at once; gone if it did not."""
    descriptor, name = tempfile.mkstemp(prefix=f".{home.name}.", suffix=".tmp", dir=home.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
