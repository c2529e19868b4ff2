"""The report as a page: whole, self-contained, readable by machines and on a phone."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_ssot.surfaces.report.as_page import as_page
from lint_ssot.surfaces.report.comparison import Comparison
from lint_ssot.surfaces.report.folders import folders_for_map
from lint_ssot.surfaces.report.model import Cause, Fate, FileReport, Report, Stage, Stop
from lint_ssot.surfaces.report.treemap import Box, tiles
from tests.pages import ROOT

CSS = ROOT / "lint_ssot" / "surfaces" / "report" / "templates" / "page.css"
VOID = {"wbr", "meta", "link", "br", "hr", "img", "input"}
# a root without a sandbox is what containers have
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
BROWSER = (str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def stopped(name: str, stage: Stage, key: str) -> Fate:
    text = f"`self.{key}` <b>is read</b>, and nothing assigns it"
    cause = Cause(key, "LSS201", text, "tests/test_a.py", 3)
    return Fate(name, 3, (Stop(stage, "LSS201", text, "tests/test_a.py", 3, cause),))


def sample(revision: str | None = None) -> Report:
    def tests(number: int) -> tuple[Fate, ...]:
        reaching = tuple(Fate(f"TestA::test_good_{n}", n) for n in range(number % 5))
        dead = tuple(stopped(f"TestA::test_dead_{n}", Stage(1 + n % 4), f"x{n % 3}") for n in range(number % 7))
        others = (
            Fate("test_skipped", 1, is_skipped=True, why="it is marked to be skipped"),
            Fate("test_open", 2, unknown_from=Stage.SETUP, why="`Base` cannot be found"),
        )
        return (*reaching, *dead, *others)

    names = [
        f"tests/area_{number % 9}/part_{number % 4}/test_{'long_' * (number % 9)}{number}.py" for number in range(40)
    ]
    return Report(
        "shop & more", tuple(FileReport(name, tests(n)) for n, name in enumerate(sorted(names))), True, revision
    )


def comparison() -> Comparison:
    return Comparison(Report("shop", sample("v1").files[:30], True, "v1"), sample())


class Outline(HTMLParser):
    """The elements of a page, and whether they are closed in the order they were opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


PAGES = {
    "alone": lambda: as_page(sample(), None),
    "compared": lambda: as_page(sample(), comparison()),
    "empty": lambda: as_page(Report("nothing", (), False), None),
}


@pytest.mark.parametrize("which", PAGES)
def test_every_element_is_closed_and_every_landmark_is_there(which: str) -> None:
    outline = Outline(PAGES[which]())
    assert [] == outline.open
    assert [1, 1, 1, 1] == [len(outline.named(tag)) for tag in ("header", "main", "footer", "h1")]
    assert [{"lang": "en"}] == outline.named("html")


@pytest.mark.parametrize("which", PAGES)
def test_every_section_and_every_reference_has_its_target(which: str) -> None:
    outline = Outline(PAGES[which]())
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = {attributes["aria-labelledby"] for attributes in outline.named("section")}
    wanted |= {(attributes["href"] or "").removeprefix("#") for attributes in outline.named("a")}
    assert set() == wanted - set(ids)


@pytest.mark.parametrize("which", PAGES)
def test_nothing_is_fetched_and_nothing_is_run(which: str) -> None:
    page = PAGES[which]()
    outline = Outline(page)
    assert [] == outline.named("script") + outline.named("img") + outline.named("iframe")
    assert ["data:,"] == [attributes["href"] for attributes in outline.named("link")]
    assert [] == re.findall(r"https?:|url\(|@import|\bon\w+=", page)


def test_what_code_says_is_text_and_no_markup() -> None:
    outline = Outline(as_page(sample(), comparison()))
    assert "self.x0 <b>is read</b>, and nothing assigns it" in outline.text
    assert "shop & more" in outline.text


def test_every_folder_of_the_map_is_told_in_words_too() -> None:
    report = sample()
    text = Outline(as_page(report, None)).text
    assert [] == [each.path for each in folders_for_map(report) if each.path not in text]


def test_every_stage_is_told_in_words() -> None:
    text = Outline(as_page(sample(), None)).text
    for words in ("found", "collected", "on a declared base", "through their setup", "reaching their business"):
        assert words in text


def test_without_a_declared_base_nothing_is_said_about_bases() -> None:
    report = Report("shop", sample().files, has_bases=False)
    assert "declared base" not in Outline(as_page(report, None)).text


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=40))
def test_the_tiles_of_a_map_fill_it_as_their_numbers_say(numbers: list[int]) -> None:
    for tile, number in zip(tiles(numbers, Box(0, 0, 16, 8)), numbers, strict=True):
        assert tile.width * tile.height / 10_000 == pytest.approx(number / sum(numbers), abs=1e-3)
        assert min(tile.left, tile.top) >= 0
        assert max(tile.left + tile.width, tile.top + tile.height) <= 100.01


def test_a_map_has_few_tiles_and_every_test() -> None:
    files = tuple(FileReport(f"a/b{n}/c{m}/test_x.py", (Fate("test", 1),)) for n in range(9) for m in range(n + 1))
    shown = folders_for_map(Report("many", (FileReport("a/test_y.py", (Fate("test", 1),)), *files), False))
    assert 10 <= len(shown) <= 36
    assert len(files) + 1 == sum(each.tally.found for each in shown)


def schemes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS.read_text(encoding="utf-8"), re.DOTALL)[:2]
    values = dict(re.findall(r"--([\w-]+): (#\w+)", light))
    return {"light": values, "dark": {**values, **dict(re.findall(r"--([\w-]+): (#\w+)", dark))}}


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_what_it_stands_on(scheme: str) -> None:
    colors = schemes()[scheme]
    pairs = [(text, "paper") for text in ("ink", "quiet", "good", "bad")]
    pairs += [("good", "good-wash"), ("bad", "bad-wash"), ("ink", "track")]
    pairs += [(f"on-{level}", f"level-{level}") for level in ("0", "1", "2", "3", "4", "unknown")]
    # WCAG 2, level AA
    assert [] == [pair for pair in pairs if contrast(colors[pair[0]], colors[pair[1]]) < 4.5]
    # level AA for what is no text
    assert [] == [part for part in ("passes", "stopped") if contrast(colors[part], colors["paper"]) < 3]


@pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium")
@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("width", [500, 1280])
def test_in_a_browser_nothing_is_wider_than_the_screen(tmp_path: Path, which: str, width: int) -> None:
    ruler = "<script>document.body.dataset.width = document.documentElement.scrollWidth</script></body>"
    path = tmp_path / "report.html"
    path.write_text(PAGES[which]().replace("</body>", ruler), encoding="utf-8")
    page = browser(tmp_path, f"--window-size={width},900", "--dump-dom", path.as_uri())
    measured = re.search(r'data-width="(\d+)"', page)
    assert measured is not None
    assert int(measured[1]) <= width


@pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium")
def test_in_a_browser_the_page_is_a_picture_of_many_colors(tmp_path: Path) -> None:
    path, picture = tmp_path / "report.html", tmp_path / "report.png"
    path.write_text(PAGES["compared"](), encoding="utf-8")
    browser(tmp_path, "--window-size=1280,2000", f"--screenshot={picture}", path.as_uri())
    content = picture.read_bytes()
    assert (1280, 2000) == struct.unpack(">II", content[16:24])
    # an empty page of this size is a tenth of that
    assert len(content) > 60_000


def browser(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [*BROWSER, f"--user-data-dir={folder / 'profile'}", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return done.stdout
