"""The hooks that python-lsp-server calls; nothing heavy is imported before one has work to do."""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pluggy import HookimplMarker, Result

if TYPE_CHECKING:
    from lint_ssot.surfaces.editor.live import LiveWorkspace

_LOG = logging.getLogger(__name__)
_NAME = "lint_ssot"

# what `pylsp.hookimpl` is; its package has no types
hookimpl = HookimplMarker("pylsp")


class Document(Protocol):
    """What we ask of `pylsp.workspace.Document`."""

    uri: str
    path: str
    source: str


class Workspace(Protocol):
    """What we ask of `pylsp.workspace.Workspace`."""

    root_path: str
    documents: Mapping[str, Document]


class Config(Protocol):
    """What we ask of `pylsp.config.config.Config`."""

    def plugin_settings(self, plugin: str, document_path: str | None = None) -> Mapping[str, object]:
        """The settings of one plug-in."""


@hookimpl
def pylsp_settings() -> dict[str, object]:
    """Lint only if asked to: flake8 says the same, and nothing should be said twice."""
    return {"plugins": {_NAME: {"enabled": True, "lint": False, "hover": True}}}


@hookimpl
def pylsp_lint(config: Config, workspace: Workspace, document: Document) -> list[dict[str, Any]]:
    """The findings in a buffer; other buffers count as they are, saved or not."""
    if not _is_on("lint", config, document) or not _is_python(document):
        return []
    from lint_ssot.surfaces.editor.protocol import diagnostic_of

    path, source = Path(document.path), document.source
    found = _live(workspace).findings(path, source, _buffers(workspace))
    return [diagnostic_of(each, source) for each in found]


@hookimpl
def pylsp_code_actions(
    workspace: Workspace,
    document: Document,
    range: Mapping[str, Any],  # noqa: A002  # arguments go by the names of the hook
    context: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """The fixes of the findings in these lines, whoever told the editor of them."""
    wanted = context.get("only") or ["quickfix"]
    if "quickfix" not in wanted or not _is_python(document):
        return []
    from lint_ssot.surfaces.editor.actions import actions_for

    path, source = Path(document.path), document.source
    lines = (range["start"]["line"] + 1, range["end"]["line"] + 1)
    found = _live(workspace).findings(path, source, _buffers(workspace))
    near = [each for each in found if lines[0] <= each.line <= lines[1]]
    return actions_for(document.uri, source, near, context.get("diagnostics") or [])


@hookimpl(hookwrapper=True)
def pylsp_hover(
    config: Config, workspace: Workspace, document: Document, position: Mapping[str, int]
) -> Generator[None, Result[Any], None]:
    """Below what others say of a test or a hook, the story of the test."""
    said = yield
    if not _is_on("hover", config, document) or not _is_python(document):
        return
    try:
        story = _story(workspace, document, position)
    except Exception as error:  # noqa: BLE001  # what others say must not be lost
        _LOG.warning("no story of %s: %r", document.path, error)
        return
    if story is not None:
        said.force_result(_joined(said.get_result(), story))


def _story(workspace: Workspace, document: Document, position: Mapping[str, int]) -> str | None:
    from lint_ssot.surfaces.editor.stories import story_at

    path = Path(document.path)
    at = position["line"] + 1, position["character"]
    return _live(workspace).ask(path, document.source, _buffers(workspace), lambda teller: story_at(teller, *at))


def _joined(said: object, story: str) -> dict[str, object]:
    """The contents of a hover as Markdown; `said` is what jedi knows, in any of the protocol's forms."""
    contents = said.get("contents") if isinstance(said, dict) else None
    value = contents.get("value") if isinstance(contents, dict) else contents
    before = f"{value}\n\n---\n\n" if isinstance(value, str) and value.strip() else ""
    return {"contents": {"kind": "markdown", "value": before + story}}


def _is_on(name: str, config: Config, document: Document) -> bool:
    return bool(config.plugin_settings(_NAME, document.path).get(name))


def _is_python(document: Document) -> bool:
    """Whether it is a file of the project, be it never saved: notebooks and nameless buffers are none."""
    return document.uri.startswith("file:") and document.path.endswith(".py")


def _buffers(workspace: Workspace) -> dict[Path, str]:
    """The text of every open buffer."""
    # other threads open and close buffers meanwhile; a notebook has no text
    opened = [each for each in tuple(workspace.documents.values()) if hasattr(each, "source")]
    return {Path(each.path): each.source for each in opened if _is_python(each)}


def _live(workspace: Workspace) -> LiveWorkspace:
    """What is remembered hangs on the workspace, which lives as long as its window."""
    live: LiveWorkspace | None = getattr(workspace, "_lint_ssot", None)
    if live is None:
        from lint_ssot.surfaces.editor.live import LiveWorkspace

        live = LiveWorkspace(Path(workspace.root_path))
        setattr(workspace, "_lint_ssot", live)  # noqa: B010  # it is not ours
    return live
