"""Modules and classes of astroid's tree in our own terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from astroid import nodes  # type: ignore[import-untyped]
from astroid.builder import AstroidBuilder  # type: ignore[import-untyped]
from astroid.manager import AstroidManager  # type: ignore[import-untyped]
from astroid.raw_building import InspectBuilder  # type: ignore[import-untyped]

from lint_ssot.facts.expressions import Argument, Name, Opaque
from lint_ssot.facts.model import ModuleFacts
from lint_ssot.facts.statements import (
    Alias,
    Assign,
    Block,
    Class,
    Delete,
    Evaluate,
    For,
    Function,
    Handler,
    If,
    Import,
    ImportFrom,
    Item,
    Statement,
    Try,
    While,
    With,
)
from lint_ssot.graph.installed.expressions import lowered, position
from lint_ssot.graph.installed.methods import body_of, instance_attributes, parameters_of


class _Parser(AstroidBuilder):  # type: ignore[misc]
    """Builds the tree of one file and leaves all others alone: no inference, no star imports followed."""

    def __init__(self, manager: AstroidManager) -> None:
        """Leave out what astroid reads of the builtins first: a tenth of a second, and only inference needs it."""
        InspectBuilder.__init__(self, manager)
        self._apply_transforms = False

    def delayed_assattr(self, node: nodes.AssignAttr) -> None:
        """Leave out what astroid would infer of assigned attributes: we look for them ourselves."""

    def add_from_names_to_locals(self, node: nodes.ImportFrom, global_name: object) -> None:
        """Leave out what astroid would load of imported modules: imports are followed by name."""


def translate(path: Path, name: str) -> ModuleFacts:
    """What the source of the module `name` defines; raises whatever astroid raises.

    Astroid shares one cache among all tools of a process, so the module is taken out of it again:
    it may be of another environment than theirs.
    """
    manager = AstroidManager()
    cached = manager.astroid_cache.get(name)
    try:
        tree = _Parser(manager).file_build(str(path), name)
    finally:
        if cached is None:
            manager.astroid_cache.pop(name, None)
    return ModuleFacts(_block(tree.body, ""))


def _block(statements: Iterable[nodes.NodeNG], prefix: str) -> Block:
    return tuple(each for statement in statements for each in _statements(statement, prefix))


def _statements(node: nodes.NodeNG, prefix: str) -> Iterator[Statement]:
    """What remains of a statement at module level or in a class body, whose qualified name `prefix` is."""
    match node:
        case nodes.ClassDef():
            yield _class(node, prefix)
        case nodes.FunctionDef():
            yield _function(node, prefix)
        case nodes.Import():
            yield Import(position(node), tuple(Alias(position(node), *pair) for pair in node.names))
        case nodes.ImportFrom():
            yield _import_from(node)
        case nodes.Assign() | nodes.AnnAssign() | nodes.AugAssign() | nodes.Delete():
            yield from _binding(node, prefix)
        case nodes.Expr(value=nodes.Call() as call):
            yield Evaluate(lowered(call))
        case _:
            yield from _compound(node, prefix)


def _compound(node: nodes.NodeNG, prefix: str) -> Iterator[Statement]:
    match node:
        case nodes.If():
            yield If(lowered(node.test), _block(node.body, prefix), _block(node.orelse, prefix))
        case nodes.Try() | nodes.TryStar():
            yield _try(node, prefix)
        case nodes.With():
            items = tuple(Item(position(value), lowered(value), None) for value, _ in node.items)
            yield With(position(node), items, _block(node.body, prefix), is_async=False)
        case nodes.For():
            target, iterable = lowered(node.target), Opaque()
            yield For(target, iterable, _block(node.body, prefix), _block(node.orelse, prefix), is_async=False)
        case nodes.While():
            yield While(lowered(node.test), _block(node.body, prefix), _block(node.orelse, prefix))
        case _:
            return


def _binding(node: nodes.NodeNG, prefix: str) -> Iterator[Statement]:
    match node:
        case nodes.Assign():
            yield Assign(tuple(lowered(target) for target in node.targets), lowered(node.value))
        case nodes.AnnAssign() if node.value is not None:
            yield Assign((lowered(node.target),), lowered(node.value))
        case nodes.AnnAssign() if prefix:
            # a field of a dataclass or its like, or an attribute that is only announced: taken to exist
            yield Assign((lowered(node.target),), Opaque())
        case nodes.AugAssign():
            yield Assign((lowered(node.target),), Opaque(), is_augmented=True)
        case nodes.Delete():
            yield Delete(tuple(lowered(target) for target in node.targets))
        case _:
            return


def _try(node: nodes.Try | nodes.TryStar, prefix: str) -> Try:
    handlers = tuple(
        Handler(None if each.type is None else lowered(each.type), None, _block(each.body, prefix))
        for each in node.handlers
    )
    return Try(_block(node.body, prefix), handlers, _block(node.orelse, prefix), _block(node.finalbody, prefix))


def _import_from(node: nodes.ImportFrom) -> ImportFrom:
    """The import with its module made absolute."""
    module = node.modname
    if node.level:
        root = node.root()
        parts = root.name.split(".")
        above = parts[: len(parts) - node.level + (1 if root.package else 0)]
        module = ".".join([*above, *([module] if module else [])])
    return ImportFrom(position(node), module, 0, tuple(Alias(position(node), *pair) for pair in node.names))


def _function(node: nodes.FunctionDef, prefix: str) -> Function:
    decorators = () if node.decorators is None else tuple(lowered(each) for each in node.decorators.nodes)
    return Function(
        position(node),
        node.name,
        prefix + node.name,
        parameters_of(node),
        decorators,
        body_of(node),
        is_async=isinstance(node, nodes.AsyncFunctionDef),
        is_generator=node.is_generator(),
    )


def _class(node: nodes.ClassDef, prefix: str) -> Class:
    """The class with every attribute that its methods give to an instance bound in its body."""
    bases = tuple(
        Argument(lowered(base.value), star=1) if isinstance(base, nodes.Starred) else Argument(lowered(base))
        for base in node.bases
        if not (isinstance(base, nodes.Name) and base.name == "object")
    )
    keywords = tuple(Argument(lowered(each.value), each.arg, star=0 if each.arg else 2) for each in node.keywords)
    if node._metaclass is not None:  # astroid's own question for it infers through other files
        keywords += (Argument(lowered(node._metaclass), "metaclass"),)
    decorators = () if node.decorators is None else tuple(lowered(each) for each in node.decorators.nodes)
    at, qualname = position(node), prefix + node.name
    given = tuple(Assign((Name(at, name),), Opaque()) for name in instance_attributes(node))
    body = _block(node.body, f"{qualname}.") + given
    return Class(at, node.name, qualname, bases + keywords, decorators, body)
