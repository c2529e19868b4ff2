"""The report of a flake8 run as SARIF 2.1.0, with the pages of our rules and the places a finding is also about."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flake8.violation import Violation

from lint_ssot.diagnostic import Diagnostic, Place
from lint_ssot.engine import lint
from lint_ssot.rules import RULES
from lint_ssot.session import Session, read_source
from lint_ssot.surfaces.pages import page_of
from lint_ssot.surfaces.selection import selected_rules

if TYPE_CHECKING:
    from lint_ssot.rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# the folder that relative addresses start from, as GitHub expects it
_ROOT = "%SRCROOT%"

_Key = tuple[str, int, int, str, str]


def sarif_log(violations: Sequence[Violation], options: argparse.Namespace, driver: str = "flake8") -> dict[str, Any]:
    """The whole report, of flake8 or of our own command; columns count characters from 1, as flake8's do."""
    codes = list(dict.fromkeys(each.code for each in sorted(violations, key=lambda each: each.code)))
    related = _related(violations, options)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": _tool(driver, codes),
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"uri": Path.cwd().as_uri() + "/"}},
                "results": [_result(each, codes, related.get(_key(each), ())) for each in violations],
            }
        ],
    }


def _tool(driver: str, codes: Iterable[str]) -> dict[str, Any]:
    rules = {rule.code: rule for rule in RULES}
    told = {**_component(driver), "rules": [_rule(code, rules.get(code)) for code in codes]}
    return {"driver": told} if driver == "lint-ssot" else {"driver": told, "extensions": [_component("lint-ssot")]}


def _component(distribution: str) -> dict[str, Any]:
    return {"name": distribution, "version": version(distribution)}


def _rule(code: str, rule: Rule | None) -> dict[str, Any]:
    """What is known of a code: of those of other plug-ins the code alone."""
    if not code.startswith("LSS"):
        return {"id": code}
    page = page_of(code, rule)
    described: dict[str, Any] = {"id": code, "help": {"text": page, "markdown": page}} if page else {"id": code}
    if rule is not None:
        described |= {"name": rule.name, "shortDescription": {"text": rule.summary}}
    return described


def _result(violation: Violation, codes: list[str], related: Iterable[Place]) -> dict[str, Any]:
    place = _location(violation.filename, violation.line_number, violation.column_number)
    result: dict[str, Any] = {
        "ruleId": violation.code,
        "ruleIndex": codes.index(violation.code),
        "level": "warning",
        "message": {"text": violation.text},
        "locations": [place],
    }
    beside = [
        {"id": number, **_location(str(each.path), each.at.line, each.at.column + 1), "message": {"text": str(each)}}
        for number, each in enumerate(related)
    ]
    return {**result, "relatedLocations": beside} if beside else result


def _location(filename: str, line: int, column: int) -> dict[str, Any]:
    # what is wrong with a whole file stands in line 0
    region = {"startLine": max(line, 1), "startColumn": max(column, 1)}
    return {"physicalLocation": {"artifactLocation": _artifact(filename), "region": region}}


def _artifact(filename: str) -> dict[str, str]:
    path = os.path.relpath(filename)
    if path.startswith(os.pardir):
        return {"uri": Path(filename).absolute().as_uri()}
    return {"uri": quote(Path(path).as_posix()), "uriBaseId": _ROOT}


def _key(violation: Violation) -> _Key:
    return violation.filename, violation.line_number, violation.column_number, violation.code, violation.text


def _related(violations: Iterable[Violation], options: argparse.Namespace) -> Mapping[_Key, tuple[Place, ...]]:
    """What flake8 has no room for, found out anew: its workers hand over text only."""
    files = dict.fromkeys(each.filename for each in violations if each.code.startswith("LSS"))
    session = Session(options.ssot_settings, selected_rules(options)) if files else None
    return {
        (file, found.line, found.column + 1, found.code, found.text): found.related
        for file in files
        if session is not None
        for found in _findings(Path(os.path.abspath(file)), session)  # noqa: PTH100  # resolve() follows links
        if found.related
    }


def _findings(path: Path, session: Session) -> list[Diagnostic]:
    # standard input has no file, or another text than it
    return lint(path, read_source(path), session) if path.is_file() else []
