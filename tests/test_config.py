"""Options are validated, and what is wrong is said in one line."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from lint_ssot.config import OPTIONS, ConfigurationError, Settings, settings_from


def test_no_values_are_the_defaults() -> None:
    assert Settings() == settings_from({})


def test_every_option_is_a_setting() -> None:
    names = [option.name.removeprefix("ssot-").replace("-", "_") for option in OPTIONS]
    assert names == list(Settings.__dataclass_fields__)


@pytest.mark.parametrize(
    ("name", "value", "setting"),
    [
        ("ssot-base-classes", "a.B, c.d.E\n f.G", ("a.B", "c.d.E", "f.G")),
        (
            "ssot-base-classes",
            "tests/unit: a.B, tests/api:c.D, e.F",
            ("tests/unit:a.B", "tests/api:c.D", "e.F"),
        ),
        ("ssot-base-classes", ["a.B", "./tests: c.D"], ("a.B", "tests:c.D")),
        ("ssot-runner", " unittest ", "unittest"),
        ("ssot-asyncio-mode", "none", "none"),
        ("ssot-source-roots", "src, lib", ("src", "lib")),
        ("ssot-python", ".venv", ".venv"),
        ("ssot-enable", "LSS105 LSS206", ("LSS105", "LSS206")),
        ("ssot-extra-hooks", "prepare", ("prepare",)),
        ("ssot-baseline", "known.json", "known.json"),
        ("ssot-cache-dir", "none", None),
        ("ssot-cache-dir", "", ".lint_ssot_cache"),
    ],
)
def test_a_value_is_read(name: str, value: object, setting: object) -> None:
    settings = settings_from({name: value})
    assert setting == getattr(settings, name.removeprefix("ssot-").replace("-", "_"))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ssot-runner", "nose", "ssot-runner: `nose` is none of auto, pytest, unittest"),
        ("ssot-asyncio-mode", "lax", "ssot-asyncio-mode: `lax` is none of strict, auto, none"),
        ("ssot-enable", "LSS1", "ssot-enable: `LSS1` is no code such as LSS105"),
        ("ssot-extra-hooks", "set-up", "ssot-extra-hooks: `set-up` is no name of a method"),
        (
            "ssot-base-classes",
            "Base",
            "ssot-base-classes: `Base` is no dotted name such as `package.module.Class`",
        ),
        (
            "ssot-base-classes",
            "tests: a..B",
            "ssot-base-classes: `a..B` is no dotted name such as `package.module.Class`",
        ),
    ],
)
def test_a_wrong_value_is_one_clear_line(name: str, value: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        settings_from({name: value})
    assert message == str(caught.value)


@pytest.mark.parametrize(
    ("path", "bases"),
    [
        ("tests/test_a.py", ("a.Everywhere",)),
        ("tests/unit/test_a.py", ("a.Unit", "a.OtherUnit")),
        ("tests/unit/deep/test_a.py", ("a.Deep",)),
        ("tests/unittest/test_a.py", ("a.Everywhere",)),
    ],
)
def test_the_deepest_folder_declares_the_bases(path: str, bases: tuple[str, ...]) -> None:
    declared = "a.Everywhere, tests/unit: a.Unit, tests/unit/: a.OtherUnit, tests/unit/deep: a.Deep"
    settings = settings_from({"ssot-base-classes": declared})
    assert bases == settings.declared_bases(PurePosixPath(path))
