"""What a project's test classes stand on, and which declared bases that speaks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from pathlib import Path

from lint_ssot.engine import linted_module
from lint_ssot.facts.values import dataclass
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Origin, Unknown
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.collecting.collection import TestClass
from lint_ssot.lifecycle.collecting.files import is_test_file
from lint_ssot.lifecycle.hooks.lookalikes import REAL
from lint_ssot.lifecycle.invocation import Invocation
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.session import Session, read_source

# a base that fewer stand on is nobody's single source of truth
_FEWEST = 2
# of all test classes: what another base has to add, and a variant to hold, to be proposed beside the first;
# a single source of truth is seldom three
_SHARE_OF_ANOTHER = 0.25
_SHARE_OF_A_VARIANT = 0.1


@dataclass(slots=True)
class Base:
    """A class of the project that test classes stand on.

    `standing` are the test classes that do, directly or not, by file and qualified name.
    `is_like_a_base` tells that it has hooks, or the name, of a base for tests.
    `behind` are the names of the project's classes that it stands on itself.
    """

    name: str
    path: Path
    line: int
    is_like_a_base: bool
    behind: frozenset[str]
    standing: set[tuple[Path, str]] = field(default_factory=set)
    direct: int = 0

    @property
    def files(self) -> int:
        """In how many files they are."""
        return len({path for path, _ in self.standing})


@dataclass(slots=True)
class Survey:
    """What was seen: the bases by dotted name, and how the tests are run."""

    bases: dict[str, Base] = field(default_factory=dict)
    classes: set[tuple[Path, str]] = field(default_factory=set)
    on_testcase: int = 0
    unknown: int = 0
    invocation: Invocation | None = None
    root: Path | None = None
    roots: tuple[Path, ...] = ()

    def add(self, other: Survey) -> None:
        """Take in what was seen in other files."""
        for name, base in other.bases.items():
            known = self.bases.setdefault(name, base)
            if known is not base:
                known.standing |= base.standing
                known.direct += base.direct
        self.classes |= other.classes
        self.on_testcase += other.on_testcase
        self.unknown += other.unknown
        self.invocation = self.invocation or other.invocation
        self.root, self.roots = self.root or other.root, self.roots or other.roots

    def ranked(self) -> list[Base]:
        """The bases that many stand on, in more than one file, first those that most do."""
        found = [each for each in self.bases.values() if each.is_like_a_base and each.files >= _FEWEST]
        return sorted(found, key=lambda each: (-len(each.standing), len(each.behind), each.name))

    def proposed(self) -> list[Base]:
        """Few bases that hold most classes.

        What stands on one of them in its own module, as the base for async tests does, comes along.
        """
        chosen: list[Base] = []
        left = set(self.classes)
        while (best := max(self.ranked(), key=lambda each: len(each.standing & left), default=None)) is not None:
            if chosen and len(best.standing & left) < max(_FEWEST, _SHARE_OF_ANOTHER * len(self.classes)):
                break
            chosen.append(best)
            left -= best.standing
        variants = [each for each in self.ranked() if any(self._is_variant(each, one) for one in chosen)]
        return chosen + variants

    def _is_variant(self, base: Base, chosen: Base) -> bool:
        is_used = len(base.standing) >= _SHARE_OF_A_VARIANT * len(self.classes)
        return is_used and base.path == chosen.path and chosen.name in base.behind

    def held(self, chosen: Iterable[Base]) -> int:
        """How many test classes stand on one of these."""
        return len({own for each in chosen for own in each.standing})


def survey(path: Path, session: Session) -> Survey:
    """Look at one file; nothing is seen in one that is not made of tests."""
    project = session.project(path)
    if not is_test_file(path, project):
        return Survey()
    module = linted_module(path, read_source(path), session)
    seen = Survey(invocation=module.collection.invocation, root=project.root, roots=project.import_roots)
    for test_class in module.test_classes:
        _see(test_class, path, module, seen)
    return seen


def _see(test_class: TestClass, path: Path, module: LintedModule, seen: Survey) -> None:
    own = path, test_class.definition.node.qualname
    seen.classes.add(own)
    seen.on_testcase += test_class.hierarchy.inherits(*TESTCASE_NAMES)
    seen.unknown += isinstance(test_class.runner, Unknown)
    direct = module.classes.bases(test_class.definition)
    for definition in _own_bases(test_class):
        name = ".".join(definition.identity)
        if name not in seen.bases:
            where = definition.module.path or path
            behind = frozenset(".".join(each.identity) for each in module.classes.hierarchy(definition).classes[1:])
            is_like_a_base = _is_like_a_base(definition, module)
            seen.bases[name] = Base(name, where, definition.node.at.line, is_like_a_base, behind)
        seen.bases[name].standing.add(own)
        seen.bases[name].direct += definition in direct


def _own_bases(test_class: TestClass) -> Iterator[ClassDefinition]:
    """The classes of the project behind a test class, at the top level of their modules."""
    for definition in test_class.hierarchy.classes[1:]:
        if definition.module.origin is Origin.PROJECT and "." not in definition.node.qualname:
            yield definition


def _is_like_a_base(definition: ClassDefinition, module: LintedModule) -> bool:
    """Whether it is made for many tests: without tests of its own, with hooks or a telling name, and no mixin."""
    members = module.classes.members(definition)
    name = definition.node.name
    if name.endswith("Mixin") or any(_is_test(each, member) for each, member in members.items()):
        return False
    return "Test" in name or "Case" in name or bool(REAL & members.keys())


def _is_test(name: str, member: object) -> bool:
    return name.startswith("test") and isinstance(member, FunctionDefinition)
