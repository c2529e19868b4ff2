"""Pages that are wrong fail: what reads them is itself held to account."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.diagnostic import Diagnostic
from tests.pages import Section, claims, expectations, sections
from tests.test_pages import disagreements

PAGE = """\
# a-rule (LSS201)

## Example

`shop/base.py`:

```python
x = 1
```

```python
self.a  # error
self.b  # error: "part"  # error: LSS102 "other"
class A: ...  # mro: A, B
```

```console
$ not a file  # error
```

### Configured

```ini
[flake8]
```
"""


@pytest.fixture
def page(tmp_path: Path) -> tuple[Section, ...]:
    path = tmp_path / "LSS201.md"
    path.write_text(PAGE, encoding="utf-8")
    return sections(path)


def test_blocks_become_files_of_their_heading(page: tuple[Section, ...]) -> None:
    assert [
        ("a-rule (LSS201)", 1, []),
        ("Example", 2, ["shop/base.py", "test_example.py"]),
        ("Configured", 3, ["setup.cfg"]),
    ] == [(section.heading, section.level, list(section.files)) for section in page]


def test_claims_stand_on_lines(page: tuple[Section, ...]) -> None:
    assert [
        ("test_example.py", 1, "LSS201", "", 12),
        ("test_example.py", 2, "LSS201", "part", 13),
        ("test_example.py", 2, "LSS102", "other", 13),
    ] == [(c.path, c.line, c.code, c.part, c.page_line) for c in claims(page[1], "LSS201")]


def test_probes_stand_on_lines(page: tuple[Section, ...]) -> None:
    assert [("test_example.py", 3, "mro", "A, B")] == [
        (e.path, e.line, e.probe, e.expected) for e in expectations(page[1])
    ]


@pytest.mark.parametrize("text", ["# a\n\n```python\nx\n", "# a\n\n```python\n```\n\n```python\n```\n"])
def test_a_page_that_is_not_well_formed_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "LSS201.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"without an end|a second `test_example\.py`"):
        sections(path)


SAID = Diagnostic(Path("test_example.py"), 1, 0, "LSS201", "`self.a` is read")
PART = Diagnostic(Path("test_example.py"), 2, 0, "LSS201", "this part is said")
OTHER = Diagnostic(Path("test_example.py"), 2, 4, "LSS102", "other words")


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        ([SAID, PART, OTHER], []),
        ([PART, OTHER], ["p:12: nobody says LSS201"]),
        ([SAID, OTHER], ["p:13: nobody says LSS201 part"]),
        ([SAID, PART, OTHER, SAID], ["p: unclaimed test_example.py:1: LSS201 `self.a` is read"]),
    ],
)
def test_a_claim_and_a_diagnostic_need_each_other(
    page: tuple[Section, ...], said: list[Diagnostic], problems: list[str]
) -> None:
    assert problems == disagreements(Path("p"), claims(page[1], "LSS201"), said)
