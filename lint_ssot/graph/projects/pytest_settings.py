"""What the project's configuration tells pytest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from lint_ssot.graph.projects.configuration import Configuration, Table, table, words

# `_pytest.config._strtobool`
_TRUE = frozenset({"true", "1", "yes", "y", "on", "t"})


@dataclass(frozen=True, slots=True)
class PytestSettings:
    """The options of pytest that change what runs; the defaults are pytest's own.

    `pythonpath` and `testpaths` are as written, relative to the root.
    `plugins` are those loaded by `-p` (a `no:` before the name switches one off), and the project's own.
    `has_other_async_mode` tells that a plug-in besides pytest-asyncio is told to run every async test.
    """

    python_files: tuple[str, ...] = ("test_*.py", "*_test.py")
    python_classes: tuple[str, ...] = ("Test",)
    python_functions: tuple[str, ...] = ("test",)
    testpaths: tuple[str, ...] = ()
    asyncio_mode: str | None = None
    has_other_async_mode: bool = False
    pythonpath: tuple[str, ...] = ()
    import_mode: str = "prepend"
    usefixtures: tuple[str, ...] = ()
    required_plugins: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    is_configured: bool = False
    minimum_version: tuple[int, ...] | None = None


def has_pytest_options(folder: Path, files: frozenset[str], configuration: Configuration) -> bool:
    """Whether a folder, which holds these files, makes itself pytest's root (`_pytest.config.findpaths`)."""
    return _options(folder, files, configuration) is not None


def pytest_settings(folder: Path, files: frozenset[str], configuration: Configuration) -> PytestSettings:
    """What the configuration file in the root folder says."""
    options = _options(folder, files, configuration)
    if options is None:
        return PytestSettings()
    arguments = words(options.get("addopts"))
    options = {**options, **dict(_overrides(arguments))}
    default = PytestSettings()
    return PytestSettings(
        python_files=words(options.get("python_files")) or default.python_files,
        python_classes=words(options.get("python_classes")) or default.python_classes,
        python_functions=words(options.get("python_functions")) or default.python_functions,
        testpaths=words(options.get("testpaths")),
        asyncio_mode=_last(arguments, "--asyncio-mode") or _text(options.get("asyncio_mode")),
        has_other_async_mode=_has_other_async_mode(options, arguments),
        pythonpath=words(options.get("pythonpath")),
        import_mode=_last(arguments, "--import-mode") or default.import_mode,
        usefixtures=words(options.get("usefixtures")),
        required_plugins=words(options.get("required_plugins")),
        plugins=_values(arguments, "-p"),
        is_configured=True,
        minimum_version=version(_text(options.get("minversion")) or ""),
    )


def version(text: str) -> tuple[int, ...] | None:
    """The leading numbers of a version, None if there are none."""
    found: list[int] = []
    for part in text.strip().split("."):
        if not (part.isascii() and part.isdigit()):
            break
        found.append(int(part))
    return tuple(found) or None


def _has_other_async_mode(options: Table, arguments: tuple[str, ...]) -> bool:
    """Whether anyio (`anyio_mode`) or pytest-trio (`trio_mode`) takes tests without a mark, too."""
    anyio = _last(arguments, "--anyio-mode") or options.get("anyio_mode")
    return anyio == "auto" or "--trio-mode" in arguments or str(options.get("trio_mode")).lower() in _TRUE


def _options(folder: Path, files: frozenset[str], configuration: Configuration) -> Table | None:
    """The options of the first file that pytest would take; None if it would take none here."""
    for name in ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"):
        if name in files:
            read = configuration.toml if name.endswith(".toml") else configuration.ini
            return table(read(folder / name), "pytest")
    if "pyproject.toml" in files:
        tool = table(configuration.toml(folder / "pyproject.toml"), "tool", "pytest")
        if tool:
            return table(tool, "ini_options") if "ini_options" in tool else tool
    for name, section in (("tox.ini", "pytest"), ("setup.cfg", "tool:pytest")):
        if name in files and section in configuration.ini(folder / name):
            return table(configuration.ini(folder / name), section)
    return None


def _values(arguments: tuple[str, ...], option: str) -> tuple[str, ...]:
    """The values of a command line option, given as `--option=value`, `--option value` or `-ovalue`."""
    found: list[str] = []
    for argument, after in zip_longest(arguments, arguments[1:], fillvalue=""):
        if argument == option:
            found.append(after)
        elif argument.startswith(option) and (not option.startswith("--") or argument[len(option)] == "="):
            found.append(argument[len(option) :].removeprefix("="))
    return tuple(found)


def _last(arguments: tuple[str, ...], option: str) -> str | None:
    return next(reversed(_values(arguments, option)), None)


def _overrides(arguments: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    for each in (*_values(arguments, "-o"), *_values(arguments, "--override-ini")):
        name, _, value = each.partition("=")
        yield name, value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and not isinstance(value, Mapping) else None
