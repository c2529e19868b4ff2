"""What the site derives: the index of the rules, the pages that `nav` lists by folder, plain words for links out."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from lint_ssot.rules import RULES

_LINK = re.compile(r"\[([^\]]+)\]\(([^)#:]+)(#[^)]*)?\)")
_FAMILIES = {
    "0": "The configuration",
    "1": "The declared base",
    "2": "Attributes",
    "3": "Context managers",
    "4": "Hooks and tests",
    "5": "Imports",
}
_INDEX = "rules/index.md"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List the pages of a folder where `nav` names the folder."""
    config.nav = _listed(config.nav, Path(config.docs_dir))
    return config


def _listed(entry: object, docs: Path) -> object:
    if isinstance(entry, list):
        return [_listed(each, docs) for each in entry]
    if isinstance(entry, dict):
        return {title: _listed(target, docs) for title, target in entry.items()}
    return _pages(entry, docs) if isinstance(entry, str) and entry.endswith("/") else entry


def _pages(target: str, docs: Path) -> list[str]:
    pages = [f"{target}{page.name}" for page in sorted((docs / target).glob("*.md"))]
    return [_INDEX, *pages] if target == "rules/" else pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the index of the rules."""
    files.append(File.generated(config, _INDEX, content="\n".join(_index()) + "\n"))
    return files


def _index() -> list[str]:
    lines = [
        "# Rules",
        "",
        "The name of a rule reads \u201callow \u2026\u201d: switching off LSS201 allows unassigned attributes.",
        "The examples on a page are tests of the rule: `# error` stands on each line where it speaks, and on no other.",
    ]
    for digit, family in _FAMILIES.items():
        lines += ["", f"## {family}", "", "| code | allow | says |", "|---|---|---|"]
        for rule in RULES:
            if rule.code[3] == digit:
                said = rule.summary.removeprefix("Checks for ").rstrip(".")
                note = " (opt-in)" if rule.is_opt_in else ""
                lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {said}{note} |")
    return [*lines, "", "[LSS000](LSS000.md) tells that the linter itself failed; please report it."]


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Leave the words of links that lead out of the site, to files of the repository."""
    folder = posixpath.dirname(page.file.src_uri)
    return _LINK.sub(lambda link: link[1] if _leads_out(folder, link[2]) else link[0], markdown)


def _leads_out(folder: str, target: str) -> bool:
    return posixpath.normpath(posixpath.join(folder, target)).startswith("..")
