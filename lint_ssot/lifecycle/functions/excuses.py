"""Decorators and marks that may keep a function from running, or expect it to fail."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.facts.expressions import Attribute, Choice, Expression, Name
from lint_ssot.facts.statements import Block, If
from lint_ssot.facts.traversal import expressions, statements, statements_of_all, subexpressions
from lint_ssot.graph.classes.decorating import Decorating
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module, Origin, Unknown
from lint_ssot.graph.names.names import Names
from lint_ssot.lifecycle.functions.conditions import is_skipped, marks_in
from lint_ssot.lifecycle.functions.decorations import Decoration, decoration_of, last_word
from lint_ssot.lifecycle.functions.known_decorators import Effect, effect_of, says_skip

# under no condition
_NEVER_RUN = frozenset({"skip", "xfail", "expectedFailure"})
_WORDS = ("skip", "xfail", "expectedfailure")
_FAILING = ("xfail", "expectedfailure")
_CHOOSING = frozenset({"skipif", "skipunless"})


def is_never_run(
    decorators: tuple[Expression, ...], module: Module, names: Names, owner: ClassDefinition | None = None
) -> bool:
    """Whether a decorator says that a test is skipped or expected to fail, or one of the project's own may do so.

    One that only chooses whether to hand the test back or to skip it is `skipIf` by another name.
    """
    if any(last_word(each) in _NEVER_RUN for each in decorators):
        return True
    found = [decoration_of(names, module, each, owner) for each in decorators]
    return any(_is_excusing(each) and not _chooses(each, names) for each in found)


def has_never_run(module: Module, names: Names) -> bool:
    """Whether the module skips itself, or all its tests are skipped or expected to fail."""
    return is_skipped(module, names) or is_marked_so(module.facts.body, module, names)


def is_marked_so(body: Block, module: Module, names: Names, owner: ClassDefinition | None = None) -> bool:
    """Whether `pytestmark` in the body of a module or class says that its tests are skipped or expected to fail."""
    return any(each.last in _NEVER_RUN for each in marks_in(names, module, body, owner))


def may_be_skipped(
    decorators: tuple[Expression, ...], module: Module, names: Names, owner: ClassDefinition | None = None
) -> bool:
    """Whether a decorator may keep a function from running, under whatever condition."""
    if any(word in (last_word(each) or "").lower() for each in decorators for word in _WORDS):
        return True
    found = (decoration_of(names, module, each, owner) for each in decorators)
    return any(effect_of(each) is Effect.MAY_SKIP or _is_excusing(each) for each in found)


def _is_excusing(decoration: Decoration) -> bool:
    """Whether a decorator of the project, or one that nobody knows, speaks of skipping."""
    made = decoration.resolution
    if isinstance(made, Unknown) and says_skip(decoration.last):
        # `@server.require_version(3)`: whatever it is, its name says what it is for
        return True
    if not isinstance(made, FunctionDefinition) or made.module.origin is not Origin.PROJECT:
        return False
    return any(word.startswith(_WORDS) for word in _words(made.node.body))


def _chooses(decoration: Decoration, names: Names) -> bool:
    """Whether a decorator of the project hands the test back, or skips it, and which of them hangs on something."""
    made = decoration.resolution
    if not isinstance(made, FunctionDefinition):
        return False
    body = made.node.body
    words = set(_words(body))
    is_choice = any(isinstance(each, If) for each in statements(body)) or any(map(_is_choice, _parts(body)))
    if not (is_choice or words & _CHOOSING) or any(word.startswith(_FAILING) for word in words):
        return False
    return Decorating(names).hands_back(made, made.module, is_called=decoration.arguments is not None)


def _words(body: Block) -> Iterator[str]:
    """The names that stand in a body, in small letters."""
    for part in _parts(body):
        match part:
            case Name(id=word) | Attribute(attr=word):
                yield word.lower()


def _parts(body: Block) -> Iterator[Expression]:
    return (part for each in statements_of_all(body) for top in expressions(each) for part in subexpressions(top))


def _is_choice(part: Expression) -> bool:
    return isinstance(part, Choice)
