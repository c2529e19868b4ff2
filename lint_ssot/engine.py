"""The whole program: a file and its session in, diagnostics out."""

from __future__ import annotations

import ast
import logging
from collections.abc import Iterator
from pathlib import Path

from lint_ssot.diagnostic import Diagnostic
from lint_ssot.facts.collector import collector_at_rest
from lint_ssot.facts.depth import room_to_recurse
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.rule import Rule, message_text
from lint_ssot.session import Session

# a child of flake8's logger, so that `flake8 -v` shows what it is told
_LOG = logging.getLogger("flake8.lint_ssot")
_TOO_DEEP = "lint_ssot does not judge %s in all respects: it leads too deep"
_TROUBLE = "{what} failed on `{file}` ({error}); please report it"


def lint(path: Path, source: str, session: Session, tree: ast.AST | None = None) -> list[Diagnostic]:
    """Everything the session's rules hold against `source`, the text of the file at `path`, in order.

    `path` is absolute; `tree` is what Python made of the source, if the host has parsed it.
    Never raises: what fails is itself a diagnostic, LSS000; what leads too deep is told to who asks, by `flake8 -v`.
    """
    with collector_at_rest(), room_to_recurse():
        return _linted(path, source, session, tree)


def _linted(path: Path, source: str, session: Session, tree: ast.AST | None) -> list[Diagnostic]:
    try:
        module = linted_module(path, source, session, tree)
    except RecursionError:
        _LOG.info(_TOO_DEEP, path)
        return []
    except Exception as error:  # noqa: BLE001  # one file must not end the run
        return [_trouble(path, "the analysis", error)]
    if (trouble := module.module.facts.trouble) is not None:
        _LOG.info("lint_ssot cannot read %s, line %d: %s", path, trouble.at.line, trouble.message)
        return []
    found = judge(module, path, session.rules)
    return found if session.baseline is None else session.baseline.unknown(found, module.module.facts.body)


def judge(module: LintedModule, path: Path, rules: tuple[Rule, ...]) -> list[Diagnostic]:
    """What the rules hold against a module, or against one test of it, in order; never raises."""
    troubles: dict[str, Diagnostic] = {}
    found = {found for rule in rules for found in _judged(rule, path, module, troubles)}
    return sorted(found.union(troubles.values()))


def linted_module(path: Path, source: str, session: Session, tree: ast.AST | None = None) -> LintedModule:
    """What the rules are given for one file: project, facts and graph, put together."""
    project = session.project(path)
    session.put(path, source, tree)
    classes = session.classes(project)
    module = classes.names.modules.at(path)
    return LintedModule(module, classes, session.settings, project, session.inference(project))


def _judged(rule: Rule, path: Path, module: LintedModule, troubles: dict[str, Diagnostic]) -> Iterator[Diagnostic]:
    try:
        for finding in rule.check(module):
            yield rule.diagnostic(path, finding)
    except RecursionError:
        _LOG.info(_TOO_DEEP, path)
    except Exception as error:  # noqa: BLE001  # one rule must not silence the others
        # rules share their analysis: where that fails, the first one speaks for all
        troubles.setdefault(repr(error), _trouble(path, rule.code, error))


def _trouble(path: Path, what: str, error: Exception) -> Diagnostic:
    _LOG.info("%s failed on %s", what, path, exc_info=error)
    described = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    text = message_text(_TROUBLE, {"what": what, "file": path.name, "error": described})
    return Diagnostic(path, 1, 0, "LSS000", text)
