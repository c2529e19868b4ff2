"""One test, or one class, as a page: who runs it, what it stands on, what happens, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.text import Text

from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin, Unknown
from lint_ssot.lifecycle.functions.decorations import Decoration
from lint_ssot.lifecycle.functions.known_decorators import Effect, effect_of
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.tests.story import Role, Step
from lint_ssot.surfaces.told import Event, Told, ToldStep, Verdict
from lint_ssot.surfaces.why.rail import Page, relative

# more names than these tell nobody anything
_MOST = 6
_SIGNS = {Verdict.REACHES: "done", Verdict.UNKNOWN: "idle", Verdict.SKIPPED: "idle", Verdict.LEAVES: "idle"}
_EXPECTING = ("xfail", "expectedFailure")


def write_story(page: Page, told: Told, module: LintedModule, node_id: str) -> None:
    """Write the page of one test."""
    page.terminal.print(Text(node_id, style="bold"), soft_wrap=True)
    write_verdict(page, told)
    write_before(page, told.before)
    write_standing(page, told, module)
    write_steps(page, told)
    write_skipped(page, told)
    write_silence(page, told)


def write_verdict(page: Page, told: Told) -> None:
    """How far the test comes and, if it dies, of what."""
    mark = _SIGNS.get(told.verdict, "dead")
    style = {"done": "green", "dead": "bold red", "idle": "yellow"}[mark]
    page.lines(Text(_verdict(told), style=style), indent="  ", first=Text(f"{getattr(page.marks, mark)} ", style=style))


def _verdict(told: Told) -> str:
    verdict, leaving = told.verdict.value, told.leaving_step
    match told.verdict:
        case Verdict.DIES | Verdict.DIES_AFTER:
            step = told.deadly_step
            if step is None:
                return f"{verdict}: it is never begun"
            return f"{verdict}, in {step.step.function.node.qualname}{_provisos(told)}"
        case Verdict.REACHES:
            return f"{verdict}{conditions(told) or ', as far as anyone can tell without running it'}"
        case Verdict.NEVER_RUNS:
            return f"{verdict}, though it is collected"
        case Verdict.LEAVES if leaving is not None:
            return f"{verdict}: {leaving.function.node.qualname} always raises or skips"
        case Verdict.SKIPPED:
            return f"{verdict}, whatever happens: nothing of it is called"
    return verdict


def _provisos(told: Told) -> str:
    """What a reader has to know besides of a test that dies: it may be skipped, or be expected to fail."""
    expecting = [each for each in told.story.test.conditions.decorations if each.last in _EXPECTING]
    expected = f", as {_listed_decorators(expecting)} expects" if expecting else ""
    return conditions(told) + expected


def conditions(told: Told) -> str:
    """`, if @pytest.mark.skipif lets it run`; nothing if no decorator may keep the test from running."""
    may_skip = (Effect.MAY_SKIP, Effect.UNKNOWN)
    decorations = told.story.test.conditions.decorations
    deciding = [each for each in decorations if effect_of(each) in may_skip and each.last not in _EXPECTING]
    return f", if {_listed_decorators(deciding)} lets it run" if deciding else ""


def _listed_decorators(decorations: list[Decoration]) -> str:
    return " and ".join(dict.fromkeys(f"@{each.name}" if each.name else "a decorator" for each in decorations))


def write_before(page: Page, events: tuple[Event, ...]) -> None:
    """What is wrong before anything is called."""
    if events:
        page.heading("Before it begins")
        for event in events:
            write_event(page, event)


def write_event(page: Page, event: Event) -> None:
    """Something that every test of the module, or of the class, meets."""
    is_of_class = event.diagnostic.code.startswith(("LSS1", "LSS4"))
    name = Text("the class" if is_of_class else "the module")
    page.item("dead" if event.is_deadly else "idle", name, page.place(event.path, event.line), is_alone=True)
    page.lines(said(page, event), indent="   ")


def write_standing(page: Page, told: Told, module: LintedModule) -> None:
    """Who runs it, and the classes that it stands on, in the order of resolution."""
    page.heading("What it stands on")
    story = told.story
    runner = story.runner.why if isinstance(story.runner, Unknown) else story.runner.name
    if story.test_class is None:
        where = relative(_file(module))
        page.lines(Text(f"a function, collected from {where}; run by {runner}", style="dim"), indent="   ")
        return
    declared = {base.definition for base in module.declared.found}
    for definition in story.test_class.hierarchy.classes:
        if definition.module.name == "builtins":
            continue
        name = Text(definition.node.qualname, style="" if definition.module.origin is Origin.PROJECT else "dim")
        if definition in declared:
            name.append(f"  {page.marks.star} declared base", style="yellow")
        page.item("done", name, _place_of(page, definition))
    why = f"nobody can say who runs it: {runner}" if isinstance(story.runner, Unknown) else f"run by {runner}"
    page.lines(page.said(f"collected from {relative(_file(module))}; {why}", "dim"), indent="   ")


def _file(module: LintedModule) -> Path:
    return module.module.path or Path(module.module.name)


def write_steps(page: Page, told: Told, test_name: str | None = None) -> None:
    """What the runner calls, in order, and what strikes; `test_name` stands for the tests of a class."""
    if not told.steps:
        return
    page.heading("What happens")
    reached = told.reached
    shown = tuple(each for each in told.steps if page.is_full or _is_worth_telling(each))
    for number, each in enumerate(shown):
        is_last = number == len(shown) - 1
        _write_step(page, each, is_reached=each in reached, is_last=is_last, name=test_name)


def _is_worth_telling(told: ToldStep) -> bool:
    """Whether a person can do anything about it, or sees something come of it."""
    step = told.step
    functions = (step.function, *step.reached)
    return bool(told.events or step.assigned) or any(each.module.origin is Origin.PROJECT for each in functions)


def _write_step(page: Page, told: ToldStep, *, is_reached: bool, is_last: bool, name: str | None) -> None:
    step = told.step
    is_test = step.role is Role.TEST
    mark = "idle" if not is_reached else "dead" if told.death is not None or not step.runs else "done"
    title = name if is_test and name else step.function.node.name
    page.item(mark, Text(title, style="bold" if is_reached else "dim"), _place_of(page, step.function))
    beside = page.beside(is_last=is_last)
    for line in _remarks(told, is_reached=is_reached, most=1000 if page.is_full else _MOST):
        page.lines(page.said(line, "dim"), indent=beside)
    for event in told.events if is_reached else ():
        page.lines(said(page, event), indent=beside)
        if event is told.death:
            page.source(event.path, event.line, event.column, beside)
    if not is_last:
        page.pause()


def _remarks(told: ToldStep, *, is_reached: bool, most: int) -> Iterator[str]:
    step = told.step
    yield _what(step) + ("" if is_reached else "; no longer reached")
    if not is_reached:
        return
    certain = [each.attribute for each in step.assigned if each.is_certain]
    perhaps = [each.attribute for each in step.assigned if not each.is_certain]
    is_dead = told.death is not None
    if certain and not (is_dead and step.role is Role.TEST):
        yield f"{'would assign' if is_dead else 'assigns'} {_listed(certain, most)}"
    if perhaps:
        yield f"on some paths assigns {_listed(perhaps, most)}"
    if step.would_assign:
        yield f"would assign {_listed(step.would_assign, most)}"
    called = (each for each in step.reached if each.module.origin is Origin.PROJECT)
    helpers = [each.node.qualname for each in called if "<locals>" not in each.node.qualname]
    if helpers:
        yield f"through {_listed(helpers, most)}"
    if not step.returns:
        yield "never comes to its end"


def _what(step: Step) -> str:
    """`hook of TestA, called by pytest, awaited`."""
    owner = step.function.owner
    whose = f" of {owner.node.qualname}" if owner is not None and step.role is not Role.TEST else ""
    match step.role:
        case Role.TEST:
            told = "the test"
        case Role.FIXTURE:
            told = f"{step.scope} fixture{whose}"
        case Role.CONSTRUCTION:
            told = f"makes the object{whose}"
        case Role.CLEANUP:
            told = f"cleanup{whose}, called by {step.caller}"
        case Role.HOOK:
            told = f"{step.phase.value} hook{whose}, called by {step.caller}"
    if step.is_awaited:
        return f"{told}, awaited"
    if step.runs:
        return told
    return f"{told}: its body never runs" if step.role is Role.TEST else f"{told}, never awaited: its body does not run"


def write_skipped(page: Page, told: Told) -> None:
    """What looks as if it would happen."""
    if not told.skipped:
        return
    page.heading("What does not happen")
    for number, (skipped, events) in enumerate(told.skipped):
        is_last = number == len(told.skipped) - 1
        page.item("dead", Text(skipped.function.node.qualname), _place_of(page, skipped.function))
        beside = page.beside(is_last=is_last)
        codes = "".join(f"  {event.diagnostic.code}" for event in events)
        page.lines(page.said(skipped.why + codes), indent=beside)
        if skipped.would_assign:
            most = len(skipped.would_assign) if page.is_full else _MOST
            page.lines(page.said(f"would assign {_listed(skipped.would_assign, most)}", "dim"), indent=beside)
        if not is_last:
            page.pause()


def write_silence(page: Page, told: Told) -> None:
    """Why less is said than one would like."""
    if not told.story.silent_because:
        return
    page.heading("What nobody can know")
    for why in told.story.silent_because:
        page.lines(page.said(why), indent="   ", first=Text(f"{page.marks.idle}  ", style="yellow"))
    page.lines(Text("So nothing is said about attributes that are missing.", style="dim"), indent="   ")


def said(page: Page, event: Event) -> Text:
    """The message of a finding and its code."""
    return page.said(f"{event.text}  {event.diagnostic.code}")


def _listed(names: list[str] | tuple[str, ...], most: int) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def _place_of(page: Page, definition: ClassDefinition | FunctionDefinition) -> Text:
    return page.place(definition.module.path, definition.node.at.line, definition.module.name)
