"""The story of a test as JSON: the same facts as the page, for programs."""

from __future__ import annotations

from typing import TypeAlias

from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Unknown
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.surfaces.told import Event, Told, ToldStep
from lint_ssot.surfaces.why.rail import relative

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"


def story_as_json(told: Told, module: LintedModule, node_id: str) -> Json:
    """One test."""
    story = told.story
    runner = story.runner
    return {
        "test": node_id,
        "verdict": told.verdict.name.lower(),
        "death": None if told.death is None else _event(told.death),
        "runner": None if isinstance(runner, Unknown) else runner.name,
        "unknown": list(story.silent_because),
        "stands_on": [] if story.test_class is None else _standing(story.test_class.hierarchy.classes, module),
        "before": [_event(event) for event in told.before],
        "steps": [_step(each, is_reached=each in told.reached) for each in told.steps],
        "skipped": [
            {
                **_defined(skipped.function),
                "why": skipped.why,
                "would_assign": list(skipped.would_assign),
                "findings": [_event(event) for event in events],
            }
            for skipped, events in told.skipped
        ],
    }


def _standing(classes: tuple[ClassDefinition, ...], module: LintedModule) -> list[Json]:
    declared = {base.definition for base in module.declared.found}
    return [{**_defined(each), "is_declared": each in declared} for each in classes]


def _step(told: ToldStep, *, is_reached: bool) -> Json:
    step = told.step
    return {
        **_defined(step.function),
        "role": step.role.value,
        "phase": step.phase.value,
        "kind": step.kind.value,
        "scope": step.scope,
        "caller": step.caller,
        "is_awaited": step.is_awaited,
        "runs": step.runs,
        "is_reached": is_reached,
        "returns": step.returns,
        "assigns": [
            {"attribute": each.attribute, "in": each.function.node.qualname, "is_certain": each.is_certain}
            for each in step.assigned
        ],
        "would_assign": list(step.would_assign),
        "leads_to": [_defined(each) for each in step.reached],
        "findings": [_event(event) for event in told.events],
    }


def _event(event: Event) -> dict[str, Json]:
    return {
        "code": event.diagnostic.code,
        "message": event.text,
        "path": relative(event.path),
        "line": event.line,
        "column": event.column + 1,
        "is_deadly": event.is_deadly,
    }


def _defined(definition: ClassDefinition | FunctionDefinition) -> dict[str, Json]:
    path = definition.module.path
    return {
        "name": definition.node.qualname,
        "module": definition.module.name,
        "path": None if path is None else relative(path),
        "line": None if path is None else definition.node.at.line,
    }
