"""The tests of a class, or of a file, grouped by how far they come and what stops them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.text import Text

from lint_ssot.graph.definitions import Unknown
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.surfaces.told import Told, Verdict
from lint_ssot.surfaces.why.choice import uncollected_classes
from lint_ssot.surfaces.why.rail import Page, relative
from lint_ssot.surfaces.why.story_page import (
    conditions,
    said,
    write_before,
    write_event,
    write_silence,
    write_skipped,
    write_standing,
    write_steps,
)

# of those that nothing stops
_MOST = 6
_REACHING = (Verdict.REACHES, Verdict.DIES_AFTER)
_IDLE = (Verdict.UNKNOWN, Verdict.SKIPPED, Verdict.LEAVES)


def write_class(page: Page, stories: tuple[Told, ...], module: LintedModule, node_id: str) -> None:
    """Write the page of one class: the steps that its tests share, and how far each of them comes."""
    first = next((told for told in stories if told.death is not None), stories[0])
    page.terminal.print(Text(node_id, style="bold"), soft_wrap=True)
    page.lines(Text(_count(stories)), indent="  ")
    write_before(page, first.before)
    write_standing(page, first, module)
    write_steps(page, first, f"{first.story.test.name}, one of {len(stories)}" if len(stories) > 1 else None)
    write_skipped(page, first)
    write_silence(page, first)
    page.heading("How far its tests come")
    _write_groups(page, stories, indent="")


def write_file(page: Page, stories: tuple[Told, ...], module: LintedModule) -> None:
    """Write the page of a file: its classes and functions, and how far their tests come."""
    path = module.module.path
    assert path is not None, "a file was asked for"
    page.terminal.print(Text(relative(path), style="bold"), soft_wrap=True)
    page.lines(Text(_count(stories)), indent="  ")
    for event in dict.fromkeys(each for told in stories for each in told.before):
        if event.diagnostic.code.startswith("LSS5"):
            page.blank()
            write_event(page, event)
    owners = list(dict.fromkeys(told.story.test_class and told.story.test_class.definition for told in stories))
    for owner in owners:
        own = tuple(told for told in stories if (told.story.test_class and told.story.test_class.definition) is owner)
        page.blank()
        _write_owner(page, own, module)
        _write_groups(page, own, indent="   ")
    for definition, why in uncollected_classes(module):
        page.blank()
        page.item(
            "dead", Text(definition.node.name, style="bold"), page.place(path, definition.node.at.line), is_alone=True
        )
        page.lines(page.said(f"not collected: {why}"), indent="   ")


def _write_owner(page: Page, stories: tuple[Told, ...], module: LintedModule) -> None:
    test_class = stories[0].story.test_class
    path = module.module.path
    if test_class is None:
        page.item(
            "done", Text("functions", style="bold"), page.place(path, stories[0].story.test.function.node.at.line)
        )
    else:
        name = Text(test_class.definition.node.qualname, style="bold")
        page.item("done", name, page.place(path, test_class.definition.node.at.line), is_alone=True)
        page.lines(page.said(_standing(test_class, module), "dim"), indent="   ")
        for event in stories[0].before:
            if not event.diagnostic.code.startswith("LSS5"):
                page.lines(said(page, event), indent="   ")


def _standing(test_class: TestClass, module: LintedModule) -> str:
    order = [each for each in test_class.hierarchy.classes if each.module.name != "builtins"]
    declared = {base.definition for base in module.declared.found}
    base = next((each for each in order if each in declared), next(iter(order[1:]), None))
    on = "on no base class" if base is None else f"on {base.node.qualname}{', as declared' * (base in declared)}"
    runner = test_class.runner
    return f"{on}; nobody can say who runs it: {runner.why}" if isinstance(runner, Unknown) else f"{on}; {runner.name}"


def _write_groups(page: Page, stories: Iterable[Told], indent: str) -> None:
    """The tests by what becomes of them, so that one cause is told once."""
    groups: dict[tuple[str, str], list[Told]] = {}
    for told in stories:
        groups.setdefault(_group(told), []).append(told)
    for members in groups.values():
        first = members[0]
        is_good = first.verdict in _REACHING
        mark = "done" if is_good else "idle" if first.verdict in _IDLE else "dead"
        style = {"done": "green", "dead": "red", "idle": "yellow"}[mark]
        head = Text(_head(first, len(members)), style=style)
        page.lines(head, indent=f"{indent}  ", first=Text(f"{indent}{getattr(page.marks, mark)} ", style=style))
        if mark == "dead" and first.death is not None:
            page.lines(said(page, first.death), indent=f"{indent}  ")
        most = len(members) if page.is_full or mark == "dead" else _MOST
        for told in members[:most]:
            line = (
                told.death.line if mark == "dead" and told.death is not None else told.story.test.function.node.at.line
            )
            page.lines(Text(f"{told.story.test.name}:{line}", style="dim"), indent=f"{indent}    ")
        if len(members) > most:
            page.lines(Text(f"and {len(members) - most} more", style="dim"), indent=f"{indent}    ")


def _group(told: Told) -> tuple[str, str]:
    """What tests have in common that are told together."""
    if told.death is not None and told.verdict is not Verdict.SKIPPED:
        return told.verdict.name, told.death.diagnostic.text
    return told.verdict.name, conditions(told)


def _head(first: Told, count: int) -> str:
    text = f"{count} {first.verdict.value if count == 1 else _plural(first.verdict)}"
    deciding = conditions(first) if first.verdict is Verdict.REACHES else ""
    return text + (deciding if count == 1 else deciding.replace(" lets it run", " lets them run"))


def _plural(verdict: Verdict) -> str:
    first, _, rest = verdict.value.partition(" ")
    plural = {"reaches": "reach", "dies": "die", "is": "are", "leaves": "leave"}.get(first, first)
    return f"{plural} {rest}".replace(" its ", " their ").replace("never runs", "never run")


def _count(stories: tuple[Told, ...]) -> str:
    """`6 tests: 2 reach their business, 4 die before their business`."""
    tests = f"{len(stories)} test{'' if len(stories) == 1 else 's'}"
    counts = Counter(told.verdict for told in stories)
    parts = [f"{counts[each]} {each.value if counts[each] == 1 else _plural(each)}" for each in Verdict if counts[each]]
    return f"{tests}: {', '.join(parts)}" if parts else "no tests"
