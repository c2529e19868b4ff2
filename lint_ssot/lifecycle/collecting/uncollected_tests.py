"""Why a test that a person names is not collected: its file, its class, or the name itself."""

from __future__ import annotations

from lint_ssot.facts.statements import Class
from lint_ssot.facts.traversal import statements, statements_of_all
from lint_ssot.graph.classes.classes import Hierarchy
from lint_ssot.graph.definitions import ClassDefinition, FunctionDefinition, Module
from lint_ssot.lifecycle.choice import TESTCASE_NAMES
from lint_ssot.lifecycle.collecting.collectable import Obstacle, matches, obstacle_to, says_test
from lint_ssot.lifecycle.collecting.files import is_ignored, is_test_file
from lint_ssot.lifecycle.fixtures.definitions import fixture_of
from lint_ssot.lifecycle.functions.conditions import is_skipped
from lint_ssot.lifecycle.invocation import Program
from lint_ssot.lifecycle.module import LintedModule


def class_named(module: Module, qualname: str) -> ClassDefinition | None:
    """The last class statement of this qualified name."""
    found = [
        each for each in statements_of_all(module.facts.body) if isinstance(each, Class) and each.qualname == qualname
    ]
    return ClassDefinition(module, found[-1]) if found else None


def why_no_tests(module: LintedModule) -> str | None:
    """Why nothing of the module is collected; None if something may be."""
    path = module.module.path
    if path is None or not module.collection.is_empty:
        return None
    if not is_test_file(path, module.project):
        patterns = ", ".join(f"`{pattern}`" for pattern in module.project.pytest.python_files)
        return f"`{path.name}` is no test file: its name matches none of {patterns}"
    if is_ignored(path, module.classes.names.modules.conftests(path)):
        return "`collect_ignore` in a conftest leaves the file out"
    if is_skipped(module.module, module.classes.names):
        return "the module skips itself as a whole"
    return "the module decides by `load_tests` what is run"


def why_class_is_not_collected(module: LintedModule, definition: ClassDefinition) -> str:
    """Why a class that is there has no tests that are run."""
    name = definition.node.name
    hierarchy = module.classes.hierarchy(definition)
    is_testcase = hierarchy.inherits(*TESTCASE_NAMES)
    if "<locals>" in definition.node.qualname:
        return f"`{name}` stands inside a function"
    if "." not in definition.node.qualname and module.classes.names.lookup(module.module, name) != definition:
        return f"`{name}` is bound to something else later in the module"
    if not is_testcase and module.collection.invocation.program is Program.UNITTEST:
        return f"unittest runs the tests of a `TestCase`, and `{name}` is none"
    if (obstacle := _obstacle(module, hierarchy)) is not None:
        return obstacle
    if not is_testcase and not matches(name, module.project.pytest.python_classes) and not says_test(hierarchy):
        wanted = ", ".join(f"`{each}`" for each in module.project.pytest.python_classes)
        return f"pytest collects classes named {wanted}…, and `TestCase`s"
    return f"`{name}` has no tests, of its own or inherited"


def _obstacle(module: LintedModule, hierarchy: Hierarchy) -> str | None:
    name = hierarchy.classes[0].node.name
    found = obstacle_to(hierarchy, module.classes.names)
    if found is None:
        return None
    if found.obstacle is Obstacle.OTHER:
        said = says_test(hierarchy) is False
        return f"`{name}` says `__test__ = False`" if said else f"`{name}` is abstract, or no class for tests"
    where = f" of `{found.cause.node.qualname.rpartition('.')[0] or found.cause.node.name}`"
    return f"the {found.obstacle.value}{where} is in the way"


def why_method_is_no_test(module: LintedModule, definition: ClassDefinition, name: str) -> str | None:
    """Why a method of a class that is collected is not run as a test; None if there is no such method."""
    hierarchy = module.classes.hierarchy(definition)
    member = hierarchy.find(name)
    if member is None:
        return None
    return _why_no_test(module, member, name, is_testcase=hierarchy.inherits(*TESTCASE_NAMES))


def why_function_is_no_test(module: LintedModule, name: str) -> str | None:
    """Why a function of the module is not run as a test; None if there is no such function."""
    if all(getattr(each, "name", None) != name for each in statements(module.module.facts.body)):
        return None
    if module.collection.invocation.program is Program.UNITTEST:
        return "unittest runs no functions, only methods of a `TestCase`"
    found = module.classes.names.lookup(module.module, name)
    return _why_no_test(module, found, name, is_testcase=False)


def _why_no_test(module: LintedModule, found: object, name: str, *, is_testcase: bool) -> str:
    if not isinstance(found, FunctionDefinition):
        return f"`{name}` is no function when the tests are collected"
    if fixture_of(found, module.classes.names) is not None:
        return f"`{name}` is a fixture"
    prefixes = ("test",) if is_testcase else module.project.pytest.python_functions
    if not matches(name, prefixes):
        return f"its name does not begin with {' or '.join(f'`{each}`' for each in prefixes)}"
    return f"`{name}` is not run as a test"
