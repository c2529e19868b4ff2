"""The options of the linter: their names, their values, and what is wrong with a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from lint_ssot.facts.values import dataclass

# `tests/unit: package.module.Class` is one entry although a space stands in it
_BASE_ENTRY = re.compile(r"[^\s,:]+:\s*[^\s,]+|[^\s,]+")
_CODE = re.compile(r"LSS[0-9]{3}")


class ConfigurationError(Exception):
    """A wrong value of an option; the message is one line that a person can act on."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option as the user knows it; every value arrives as text."""

    name: str
    default: str
    help: str


OPTIONS = (
    Option(
        "ssot-base-classes",
        "",
        "Dotted names of the declared base classes; `folder: name` holds below a folder.",
    ),
    Option("ssot-runner", "auto", "Who runs the tests: auto, pytest or unittest."),
    Option("ssot-asyncio-mode", "", "strict, auto or none; the pytest configuration tells it by default."),
    Option("ssot-source-roots", "", "Import roots relative to the project root; found by default."),
    Option("ssot-python", "", "The interpreter or environment whose installed packages count."),
    Option("ssot-enable", "", "Codes of opt-in rules to switch on."),
    Option("ssot-extra-hooks", "", "Methods that the project's own runner calls."),
    Option("ssot-baseline", "", "A file of known findings to leave out."),
    Option("ssot-cache-dir", ".lint_ssot_cache", "The cache folder in the project root; none switches it off."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user asked for, validated.

    `base_classes` are dotted names, or `folder:name` for those that hold below a folder only.
    An `asyncio_mode` of None leaves it to the pytest configuration, a `cache_dir` of None means no cache.
    """

    base_classes: tuple[str, ...] = ()
    runner: str = "auto"
    asyncio_mode: str | None = None
    source_roots: tuple[str, ...] = ()
    python: str | None = None
    enable: tuple[str, ...] = ()
    extra_hooks: tuple[str, ...] = ()
    baseline: str | None = None
    cache_dir: str | None = ".lint_ssot_cache"

    @property
    def scopes(self) -> frozenset[str]:
        """The folders for which bases are declared, as seen from the project's root."""
        return frozenset(folder for folder, colon, _ in map(_scoped, self.base_classes) if colon)

    def declared_bases(self, path: PurePosixPath) -> tuple[str, ...]:
        """The dotted names declared for the file at `path`, relative to the project root.

        The deepest folder that holds the file wins; entries without a folder hold for all others.
        """
        entries = [_scoped(entry) for entry in self.base_classes]
        scopes = {folder for folder, colon, _ in entries if colon and path.is_relative_to(folder)}
        deepest = max(scopes, key=lambda folder: len(PurePosixPath(folder).parts), default="")
        return tuple(name for folder, _, name in entries if folder == deepest)


def _scoped(entry: str) -> tuple[str, str, str]:
    return entry.rpartition(":")


def settings_from(values: Mapping[str, object]) -> Settings:
    """Settings from the raw value of each option, by its name; options that are absent have their defaults.

    A value is text as in a configuration file, or a list of texts as in a toml file.
    Raises ConfigurationError for the first wrong value.
    """
    raw = {option.name: values.get(option.name, option.default) for option in OPTIONS}
    cache_dir = _text(raw["ssot-cache-dir"])
    return Settings(
        base_classes=_base_classes(raw["ssot-base-classes"]),
        runner=_choice("ssot-runner", raw, ("auto", "pytest", "unittest")) or "auto",
        asyncio_mode=_choice("ssot-asyncio-mode", raw, ("strict", "auto", "none")),
        source_roots=_words(raw["ssot-source-roots"]),
        python=_text(raw["ssot-python"]),
        enable=_checked("ssot-enable", raw, _CODE.fullmatch, "no code such as LSS105"),
        extra_hooks=_checked("ssot-extra-hooks", raw, str.isidentifier, "no name of a method"),
        baseline=_text(raw["ssot-baseline"]),
        cache_dir=None if cache_dir == "none" else cache_dir or Settings().cache_dir,
    )


def _text(value: object) -> str | None:
    return str(value).strip() or None


def _lines(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _words(value: object) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[\s,]+", _lines(value))))


def _choice(name: str, raw: Mapping[str, object], choices: tuple[str, ...]) -> str | None:
    value = _text(raw[name])
    if value is not None and value not in choices:
        raise ConfigurationError(f"{name}: `{value}` is none of {', '.join(choices)}")
    return value


def _checked(
    name: str, raw: Mapping[str, object], is_right: Callable[[str], object], otherwise: str
) -> tuple[str, ...]:
    words = _words(raw[name])
    for word in words:
        if not is_right(word):
            raise ConfigurationError(f"{name}: `{word}` is {otherwise}")
    return words


def _base_classes(value: object) -> tuple[str, ...]:
    return tuple(_base_class(entry) for entry in _BASE_ENTRY.findall(_lines(value)))


def _base_class(entry: str) -> str:
    folder, colon, name = (part.strip() for part in entry.rpartition(":"))
    parts = name.split(".")
    if len(parts) < 2 or not all(map(str.isidentifier, parts)):
        raise ConfigurationError(f"ssot-base-classes: `{name}` is no dotted name such as `package.module.Class`")
    return f"{PurePosixPath(folder)}:{name}" if colon else name
