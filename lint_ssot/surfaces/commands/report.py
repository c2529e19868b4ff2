"""`lint-ssot report`: how far the tests of a suite come, and what a change did to them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lint_ssot.fixes.files import replace_file
from lint_ssot.surfaces.configured import Configured, add_choice, add_configuration, configured
from lint_ssot.surfaces.outcome import CommandError, Status
from lint_ssot.surfaces.report.as_json import as_json
from lint_ssot.surfaces.report.as_markdown import as_markdown
from lint_ssot.surfaces.report.comparison import Comparison
from lint_ssot.surfaces.report.gathering import Gathering
from lint_ssot.surfaces.report.model import Report, tally
from lint_ssot.surfaces.report.revision import checked_out
from lint_ssot.surfaces.terminal import open_terminal, progress

_FORMATS = ("md", "html", "json", "sarif")
_BY_SUFFIX = {".html": "html", ".htm": "html", ".json": "json", ".sarif": "sarif"} | dict.fromkeys(
    ("", ".md", ".markdown", ".txt"), "md"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="Files and folders; all below here by default.")
    parser.add_argument("--against", metavar="REV", help="Compare with a git revision; the work tree is not touched.")
    parser.add_argument("--format", choices=_FORMATS, help="md by default, or what the name of the FILE says.")
    parser.add_argument("-o", "--output", metavar="FILE", help="Write into a file.")
    add_configuration(parser)
    add_choice(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the report and write it; 1 if a test is stopped."""
    settings = configured(arguments)
    if _format(arguments) == "sarif":
        return _run_sarif(arguments, settings)
    other: Report | None = None
    is_later = False
    with progress(open_terminal(arguments, stderr=True), "Following the tests") as told:
        if arguments.against is not None:
            with checked_out(arguments.against, Path.cwd()) as revision:
                other = Gathering(settings, tuple(arguments.paths), told).at(revision)
                is_later = revision.is_later
        report = Gathering(settings, tuple(arguments.paths), told).now()
    comparison: Comparison | None = None
    if other is not None:
        comparison = Comparison(report, other) if is_later else Comparison(other, report)
    _write(_text(_format(arguments), report, comparison), arguments.output)
    return Status.FOUND if tally(report.tests).stopped else Status.CLEAN


def _run_sarif(arguments: argparse.Namespace, settings: Configured) -> int:
    if arguments.against is not None:
        raise CommandError("SARIF tells the findings of today; --against is for the other formats")
    # imported late, as it brings the pages of the rules
    from lint_ssot.surfaces.report.as_sarif import as_sarif

    text, has_findings = as_sarif(settings, tuple(arguments.paths))
    _write(text, arguments.output)
    return Status.FOUND if has_findings else Status.CLEAN


def _format(arguments: argparse.Namespace) -> str:
    if arguments.format is not None:
        return str(arguments.format)
    suffix = Path(arguments.output or "").suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise CommandError(f"`{arguments.output}`: no format is known by `{suffix}`; --format says which it is to be")
    return _BY_SUFFIX[suffix]


def _text(wanted: str, report: Report, comparison: Comparison | None) -> str:
    if wanted == "html":
        # imported late: the template engine costs more than the report of a small suite
        from lint_ssot.surfaces.report.as_page import as_page

        return as_page(report, comparison)
    return as_json(report, comparison) if wanted == "json" else as_markdown(report, comparison)


def _write(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        replace_file(Path(output), text.encode())
    except OSError as error:
        raise CommandError(f"`{output}` cannot be written ({error.strerror})") from error
