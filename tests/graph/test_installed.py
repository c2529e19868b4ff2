"""What is not the project's is read and never run, and keeps what a project can meet of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from lint_ssot.facts.expressions import Attribute, Await, Call, Constant, Name
from lint_ssot.facts.extract import extract_facts
from lint_ssot.facts.statements import Assign, Evaluate, Function, Return
from lint_ssot.graph.definitions import (
    ClassDefinition,
    FunctionDefinition,
    ModuleDefinition,
    Origin,
    Unknown,
    ValueDefinition,
)
from lint_ssot.graph.installed import Installed
from tests.graph.graphs import graph


def environment(folder: Path, files: Mapping[str, str]) -> Path:
    """A virtual environment with these files among its packages."""
    packages = folder / "venv" / "lib" / "python3.12" / "site-packages"
    packages.mkdir(parents=True)
    (folder / "venv" / "pyvenv.cfg").write_text("home = /nowhere/bin\n", encoding="utf-8")
    for name, text in files.items():
        path = packages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "venv"


def installed_with(folder: Path, files: Mapping[str, str]) -> Installed:
    return Installed(extract_facts, str(environment(folder, files)))


def class_of(installed: Installed, name: str) -> ClassDefinition:
    found = installed.definition(name)
    assert isinstance(found, ClassDefinition), found
    return found


def function_of(installed: Installed, name: str) -> FunctionDefinition:
    found = installed.definition(name)
    assert isinstance(found, FunctionDefinition), found
    return found


def class_level_names(definition: ClassDefinition) -> set[str]:
    """What the class body binds by assignment."""
    return {
        target.id
        for statement in definition.node.body
        if isinstance(statement, Assign)
        for target in statement.targets
        if isinstance(target, Name)
    }


def called(function: Function) -> list[str]:
    """The methods of the receiver, or of super(), that the body calls, in order."""
    calls = [
        statement.value.value if isinstance(statement.value, Await) else statement.value
        for statement in function.body
        if isinstance(statement, Evaluate)
    ]
    return [call.function.attr for call in calls if isinstance(call, Call) and isinstance(call.function, Attribute)]


# Runs in a process of its own, as an audit hook cannot be taken away again.
WATCH = """
import sys
from lint_ssot.facts.extract import extract_facts
from lint_ssot.graph.installed import Installed
from tests.graph.graphs import graph

trap, python = sys.argv[1:]
ran = []

def audit(event, arguments):
    if event == "exec" and trap in getattr(arguments[0], "co_filename", ""):
        ran.append(event)
    if event == "import" and ("trap" in str(arguments[0]) or trap in str(arguments[1])):
        ran.append(event)
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        ran.append(event)

sys.addaudithook(audit)
installed = Installed(extract_facts, python)
found = installed.definition("trap.Base")
installed.definition("trap.lazy.Thing")
installed.definition("trap.ext.Thing")
installed.definition("trap.star.Thing")
print(type(found).__name__, ran)
"""
TRAP = {
    "trap/__init__.py": "raise SystemExit('I ran')\nimport unittest\nfrom trap.other import Mixin\n"
    "class Base(Mixin, unittest.TestCase): ...\n",
    "trap/other.py": "raise SystemExit('I ran')\nclass Mixin: ...\n",
    "trap/lazy.py": "raise SystemExit('I ran')\nfrom trap.other import *\nThing = Mixin()\nThing.attribute = 1\n",
    "trap/ext.cpython-311-x86_64-linux-gnu.so": "not really compiled",
    "trap/star.py": "from trap.ext import *\nfrom trap.missing import *\n",
    "trap.pth": "import trap\n",
    "_socket.py": "raise SystemExit('I ran')\n",
}


def test_nothing_of_an_environment_is_ever_run(tmp_path: Path) -> None:
    python = environment(tmp_path, TRAP)
    run = subprocess.run(
        [sys.executable, "-c", WATCH, str(tmp_path), str(python)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "ClassDefinition []\n" == run.stdout, run.stderr


@pytest.mark.parametrize("path", ["venv", "venv/bin/python"])
def test_an_environment_is_named_by_its_root_or_its_interpreter(tmp_path: Path, path: str) -> None:
    environment(tmp_path, {"package.py": "class Thing: ...\n"})
    (tmp_path / "venv" / "bin").mkdir()
    (tmp_path / "venv" / "bin" / "python").touch()
    installed = Installed(extract_facts, path, tmp_path)
    assert ("package", "Thing") == class_of(installed, "package.Thing").identity


def test_the_virtual_environment_of_a_project_is_found_by_itself(tmp_path: Path) -> None:
    environment(tmp_path, {"package.py": "class Thing: ...\n"}).rename(tmp_path / ".venv")
    installed = Installed(extract_facts, None, tmp_path)
    assert ("package", "Thing") == class_of(installed, "package.Thing").identity
    class_of(installed, "pytest.MonkeyPatch")
    (tmp_path / ".venv" / "pyvenv.cfg").unlink()
    assert isinstance(Installed(extract_facts, None, tmp_path).definition("package.Thing"), Unknown)


def test_plain_lines_of_path_files_count(tmp_path: Path) -> None:
    source = tmp_path / "src"
    source.mkdir()
    (source / "editable.py").write_text("class Thing: ...\n", encoding="utf-8")
    installed = installed_with(tmp_path, {"editable.pth": f"# a comment\n{source}\n/nowhere\nimport os\n"})
    class_of(installed, "editable.Thing")


def test_the_linters_own_packages_are_not_those_of_another_environment(tmp_path: Path) -> None:
    assert isinstance(installed_with(tmp_path, {}).definition("pytest.MonkeyPatch"), Unknown)
    assert isinstance(Installed(extract_facts).definition("pytest.MonkeyPatch"), ClassDefinition)


def test_an_environment_that_does_not_exist_has_the_standard_library_only(tmp_path: Path) -> None:
    installed = Installed(extract_facts, "nowhere/at/all", tmp_path)
    class_of(installed, "http.client.HTTPConnection")


def test_reexports_lead_to_where_a_class_is_defined(tmp_path: Path) -> None:
    files = {
        "package/__init__.py": "from .api import Thing as Renamed\nfrom . import inner\nAlias = inner.Thing\n",
        "package/api.py": "from .inner import *\n",
        "package/inner.py": "class Thing: ...\n",
    }
    installed = installed_with(tmp_path, files)
    for name in ("package.Renamed", "package.Alias", "package.api.Thing", "package.inner.Thing"):
        assert ("package.inner", "Thing") == class_of(installed, name).identity
    assert class_of(installed, "package.Renamed") is class_of(installed, "package.inner.Thing")


def test_a_name_imported_from_the_submodule_of_that_name_is_not_the_submodule(tmp_path: Path) -> None:
    files = {
        "package/__init__.py": "from .thing import thing\n",
        "package/thing.py": "def thing(): ...\nclass Other: ...\n",
    }
    installed = installed_with(tmp_path, files)
    function_of(installed, "package.thing")
    class_of(installed, "package.thing.Other")


@pytest.mark.parametrize(("bound", "is_known"), [("import real", True), ("real = object()", False)])
def test_a_module_may_put_another_in_its_place(tmp_path: Path, bound: str, is_known: bool) -> None:
    front = f"{bound}\nimport sys\nsys.modules[__name__] = real\n"
    installed = installed_with(tmp_path, {"front.py": front, "real.py": "class Base: ...\n"})
    found = installed.definition("front.Base")
    assert is_known == (isinstance(found, ClassDefinition) and found.module.name == "real")


def test_modules_that_put_each_other_in_their_places_are_unknown(tmp_path: Path) -> None:
    files = {
        "one.py": "import sys\nimport other\nsys.modules[__name__] = other\n",
        "other.py": "import sys\nimport one\nsys.modules[__name__] = one\n",
    }
    assert isinstance(installed_with(tmp_path, files).definition("one.Base"), Unknown)


def test_guarded_imports_give_what_is_installed(tmp_path: Path) -> None:
    files = {
        "package.py": "try:\n    from faster import Thing\nexcept ImportError:\n    from slower import Thing\n"
        "try:\n    from slower import Other\nexcept ImportError:\n    Other = None\n",
        "slower.py": "class Thing: ...\nclass Other: ...\n",
    }
    installed = installed_with(tmp_path, files)
    assert ("slower", "Thing") == class_of(installed, "package.Thing").identity
    assert ("slower", "Other") == class_of(installed, "package.Other").identity


def test_one_of_several_definitions_is_unknown(tmp_path: Path) -> None:
    text = "import sys\nif sys.platform == 'win32':\n    class Thing: ...\nelse:\n    class Thing: ...\n"
    assert isinstance(installed_with(tmp_path, {"package.py": text}).definition("package.Thing"), Unknown)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"package.py": ""},
        {"package.py": "def Thing(:\n"},
        {"package.py": "from package import Thing\n"},
        {"package.py": "from other import Thing\n", "other.py": "from package import Thing\n"},
        {"package.py": f"class Thing:\n    x = {'(' * 90}1{')' * 90}\n" + "# filler\n" * 60_000},
        {"package.py": "class Thing:\n    x = " + "-" * 100_000 + "1\n"},
        {"package.so": "class Thing: ...\n"},
        {"package/module.py": "class Thing: ...\n"},
    ],
    ids=["missing", "empty", "broken", "self-import", "circle", "huge", "deep", "compiled", "namespace"],
)
def test_what_cannot_be_read_is_unknown(tmp_path: Path, files: dict[str, str]) -> None:
    assert isinstance(installed_with(tmp_path, files).definition("package.Thing"), Unknown)


def test_the_compiler_does_not_complain_of_installed_code(tmp_path: Path) -> None:
    class_of(installed_with(tmp_path, {"package.py": "class Thing:\n    pattern = '\\d'\n"}), "package.Thing")


def test_a_namespace_package_spans_folders(tmp_path: Path) -> None:
    more = tmp_path / "more"
    (more / "spread").mkdir(parents=True)
    (more / "spread" / "second.py").write_text("class Thing: ...\n", encoding="utf-8")
    files = {"spread/first.py": "class Thing: ...\n", "more.pth": f"{more}\n"}
    installed = installed_with(tmp_path, files)
    class_of(installed, "spread.first.Thing")
    class_of(installed, "spread.second.Thing")
    assert isinstance(installed.definition("spread"), ModuleDefinition)


BASE = """
import unittest
from functools import cached_property
from meta import Meta

class Base(unittest.TestCase, metaclass=Meta):
    __test__ = False
    __slots__ = ("slotted",)
    limit: int = 3
    announced: str

    def setUp(self):
        super().setUp()
        self.client = self.make_client()
        with self.transaction():
            unittest.TestCase.setUp(self)
        register(self, "x")
        def later():
            self.not_now()
            self.late = 1

    async def asyncSetUp(self):
        await super().asyncSetUp()
        await self.connect()

    @classmethod
    def setUpClass(cls):
        cls.shared = 1

    @cached_property
    def cached(self):
        return 1

    def __enter__(self):
        return self

    def nothing(self):
        pass

    def stream(self):
        yield 1

    def refuse(self):
        raise NotImplementedError

    def choose(self, flag):
        if flag:
            return Other()
        return None

    def overridden(self):
        self.nothing = lambda: 3
"""


@pytest.fixture
def base(tmp_path: Path) -> Installed:
    return installed_with(tmp_path, {"package.py": BASE, "meta.py": "class Meta(type): ...\n"})


def test_a_class_keeps_its_bases_and_metaclass(base: Installed) -> None:
    arguments = class_of(base, "package.Base").node.bases
    assert [None, "metaclass"] == [argument.keyword for argument in arguments]
    assert Origin.INSTALLED is class_of(base, "package.Base").module.origin


def test_every_attribute_that_a_method_gives_an_instance_exists_from_the_start(base: Installed) -> None:
    expected = {"__test__", "__slots__", "slotted", "limit", "announced", "client", "late", "shared", "nothing"}
    assert expected == class_level_names(class_of(base, "package.Base"))


def test_constants_keep_their_values(base: Installed) -> None:
    found = base.definition("package.Base.__test__")
    assert isinstance(found, ValueDefinition)
    assert Constant(False) == found.value


def test_a_hook_keeps_the_calls_that_reach_the_projects_own_methods(base: Installed) -> None:
    body = function_of(base, "package.Base.setUp").node
    assert ["setUp", "make_client", "transaction", "setUp"] == called(body)
    handed = [each.value for each in body.body if isinstance(each, Evaluate)][-1]
    assert isinstance(handed, Call)
    assert isinstance(handed.function, Name)
    assert ["self", "x"] == [
        each.value.id if isinstance(each.value, Name) else getattr(each.value, "value", None)
        for each in handed.arguments
    ]


def test_an_awaited_call_stays_awaited(base: Installed) -> None:
    method = function_of(base, "package.Base.asyncSetUp").node
    assert method.is_async
    assert [Await, Await] == [type(each.value) for each in method.body if isinstance(each, Evaluate)]


@pytest.mark.parametrize(
    ("method", "last"),
    [
        ("__enter__", "Return"),
        ("setUp", "Evaluate"),
        ("refuse", "Raise"),
        ("choose", "Return"),
    ],
)
def test_a_function_keeps_how_it_ends(base: Installed, method: str, last: str) -> None:
    body = function_of(base, f"package.Base.{method}").node.body
    assert last == type(body[-1]).__name__


def test_a_method_that_returns_its_receiver_says_so(base: Installed) -> None:
    returned = function_of(base, "package.Base.__enter__").node.body[-1]
    assert isinstance(returned, Return)
    assert isinstance(returned.value, Name)
    assert "self" == returned.value.id


def test_a_generator_is_one(base: Installed) -> None:
    assert function_of(base, "package.Base.stream").node.is_generator
    assert not function_of(base, "package.Base.refuse").node.is_generator


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("builtins.dict", ("builtins", "dict")),
        ("io.StringIO", ("_io", "StringIO")),
        ("sqlite3.Connection", ("_sqlite3", "Connection")),
        ("http.client.HTTPConnection", ("http.client", "HTTPConnection")),
        ("asyncio.Queue", ("asyncio.queues", "Queue")),
        ("subprocess.Popen", ("subprocess", "Popen")),
    ],
)
def test_the_standard_library_is_known(name: str, identity: tuple[str, str]) -> None:
    assert identity == class_of(Installed(extract_facts), name).identity


def test_a_native_class_has_its_methods() -> None:
    connection = class_of(Installed(extract_facts), "sqlite3.Connection")
    methods = {each.name for each in connection.node.body if isinstance(each, Function)}
    assert {"__enter__", "__exit__", "execute"} <= methods
    assert "__aenter__" not in methods


@pytest.mark.parametrize(
    ("name", "is_async"), [("asyncio.sleep", True), ("asyncio.gather", False), ("asyncio.open_connection", True)]
)
def test_a_coroutine_function_is_one(name: str, is_async: bool) -> None:
    assert is_async == function_of(Installed(extract_facts), name).node.is_async


def test_astroids_cache_is_left_as_it_was(base: Installed) -> None:
    from astroid.manager import AstroidManager  # type: ignore[import-untyped]

    before = dict(AstroidManager().astroid_cache)
    class_of(base, "package.Base")
    after = AstroidManager().astroid_cache
    assert {name for name in after if name not in before} <= {"builtins", "_io", "types", "typing", "site"}


def test_a_well_known_class_does_not_take_astroid() -> None:
    ask = (
        "import sys; from lint_ssot.facts.extract import extract_facts; "
        "from lint_ssot.graph.installed import Installed; installed = Installed(extract_facts); "
        "[installed.definition(name) for name in sys.argv[1:]]; print('astroid' in sys.modules)"
    )
    names = ["unittest.TestCase", "unittest.case.TestCase.setUp", "django.test.TestCase", "contextlib.suppress"]
    run = subprocess.run([sys.executable, "-c", ask, *names], capture_output=True, text=True, timeout=60, check=True)
    assert "False\n" == run.stdout


def test_a_second_question_gets_the_same_answer(base: Installed) -> None:
    assert base.definition("package.Base") is base.definition("package.Base")
    assert base.definition("package.Base.setUp") == base.definition("package.Base.setUp")


@pytest.mark.parametrize(
    "name",
    [
        *("builtins.dict", "builtins.OSError", "io.StringIO", "io.BufferedReader", "collections.OrderedDict"),
        *("datetime.datetime", "socket.socket", "ast.NodeVisitor", "enum.IntEnum", "threading.Thread"),
        *("django.db.models.Model", "twisted.internet.defer.Deferred", "tornado.web.RequestHandler"),
    ],
)
def test_nothing_about_a_common_class_is_open(tmp_path: Path, name: str) -> None:
    pytest.importorskip(name.partition(".")[0])
    classes = graph(tmp_path, {"test_it.py": ""})
    assert classes.hierarchy(class_of(Installed(extract_facts), name)).open_because is None


@pytest.mark.parametrize("name", ["unittest.mock.MagicMock", "tempfile._TemporaryFileWrapper", "string.Formatter"])
def test_a_class_that_makes_attributes_up_is_open(tmp_path: Path, name: str) -> None:
    hierarchy = graph(tmp_path, {"test_it.py": ""}).hierarchy(class_of(Installed(extract_facts), name))
    assert (hierarchy.open_because is None) == (name == "string.Formatter")
