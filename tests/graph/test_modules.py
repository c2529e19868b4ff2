from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lint_ssot.facts.extract import extract_facts
from lint_ssot.graph.definitions import External, Missing, Module, Unknown
from lint_ssot.graph.modules.modules import Modules
from lint_ssot.graph.projects.project import find_project
from tests.projects import write_project

RESTORED = "def setUp(self):\n    kept = {kept}\n    def back():\n        sys.modules.update(kept)\n"
GIVEN = "import sys\ndef make(*names):\n    for n in names: sys.modules[n] = f()\n"
PACKAGE = {"kit/__init__.py": "", "kit/base.py": ""}


def modules_of(folder: Path, files: Mapping[str, str]) -> Modules:
    write_project(folder, files)
    return Modules(find_project(folder / next(iter(files))), lambda path: extract_facts(path.read_bytes()))


def found_by(folder: Path, files: Mapping[str, str], name: str) -> str:
    """What the first of the files finds under a name: a path, `external`, `missing` or `unknown`."""
    modules = modules_of(folder, files)
    match modules.find(name, modules.at(folder / next(iter(files)))):
        case Module(path=None):
            return "namespace"
        case Module(path=path):
            assert path is not None
            return path.relative_to(folder).as_posix()
        case External():
            return "external"
        case Missing():
            return "missing"
        case Unknown():
            return "unknown"


# files (the first imports), the name that is imported, what it finds
FOUND = {
    "a module beside it": ({"test_a.py": "", "kit.py": ""}, "kit", "kit.py"),
    "a package": ({"test_a.py": "", **PACKAGE}, "kit", "kit/__init__.py"),
    "a module of a package": ({"test_a.py": "", **PACKAGE}, "kit.base", "kit/base.py"),
    "a package before a module of its name": ({"test_a.py": "", **PACKAGE, "kit.py": ""}, "kit", "kit/__init__.py"),
    "from the root": ({"tests/unit/test_a.py": "", **PACKAGE}, "kit.base", "kit/base.py"),
    "from src": ({"tests/test_a.py": "", "src/kit/__init__.py": ""}, "kit", "src/kit/__init__.py"),
    "from src of a folder above": (
        {"services/one/tests/test_a.py": "", "services/one/src/kit/__init__.py": ""},
        "kit",
        "services/one/src/kit/__init__.py",
    ),
    "beside a test without a package": (
        {"tests/unit/test_a.py": "", "tests/unit/kit.py": ""},
        "kit",
        "tests/unit/kit.py",
    ),
    "beside a test in a package": (
        {"tests/test_a.py": "", "tests/__init__.py": "", "tests/kit.py": ""},
        "kit",
        "external",
    ),
    "beside a conftest above": (
        {"tests/unit/test_a.py": "", "tests/unit/__init__.py": "", "tests/conftest.py": "", "tests/kit.py": ""},
        "kit",
        "tests/kit.py",
    ),
    "in a pythonpath of pytest": (
        {"test_a.py": "", "pytest.ini": "[pytest]\npythonpath = lib more\n", "more/kit.py": ""},
        "kit",
        "more/kit.py",
    ),
    "in a path that the conftest adds": (
        {"test_a.py": "", "conftest.py": "import sys\nsys.path.insert(0, 'lib')\n", "lib/kit.py": ""},
        "kit",
        "lib/kit.py",
    ),
    "in a path that it adds itself": (
        {
            "tests/test_a.py": "import sys, os\nsys.path.append(os.path.dirname(__file__) + '/../lib')\n",
            "lib/kit.py": "",
        },
        "kit",
        "lib/kit.py",
    ),
    "a namespace package": ({"test_a.py": "", "kit/base.py": ""}, "kit", "namespace"),
    "a module of a namespace package": ({"test_a.py": "", "kit/deep/base.py": ""}, "kit.deep.base", "kit/deep/base.py"),
    "a namespace package in two roots": (
        {"tests/test_a.py": "", "kit/one.py": "", "src/kit/two.py": ""},
        "kit.one",
        "kit/one.py",
    ),
    "a folder with the name of what is installed": (
        {"test_a.py": "", "astroid/script.py": ""},
        "astroid.nodes",
        "external",
    ),
    "a folder with the name of a requirement": (
        {"test_a.py": "", "docker/script.py": "", "requirements.txt": "Docker"},
        "docker",
        "external",
    ),
    "a package in a later root than a folder of its name": (
        {"tests/test_a.py": "", "tests/kit/data.py": "", **PACKAGE},
        "kit.base",
        "kit/base.py",
    ),
    "a folder without python": ({"test_a.py": "", "redis/values.yaml": ""}, "redis", "external"),
    "a folder with the name of the library": ({"test_a.py": "", "asyncio/loop.py": ""}, "asyncio", "external"),
    "an own test package": ({"test_a.py": "", "test/__init__.py": "", "test/kit.py": ""}, "test.kit", "test/kit.py"),
    "another package": ({"test_a.py": ""}, "numpy.linalg", "external"),
    "written in another case": ({"test_a.py": "", **PACKAGE}, "Kit", "external"),
    # what is not there
    "a module that is gone": ({"test_a.py": "", **PACKAGE}, "kit.gone", "missing"),
    "a module in a package that is gone": ({"test_a.py": "", **PACKAGE}, "kit.gone.deep", "missing"),
    "a module in a module": ({"test_a.py": "", **PACKAGE}, "kit.base.deep", "missing"),
    "a module of a tests folder without a package": ({"tests/test_a.py": ""}, "tests.gone", "missing"),
    "a module of a package in another case": ({"test_a.py": "", **PACKAGE}, "kit.Base", "missing"),
    # what may be there
    "a namespace package that may be installed": ({"test_a.py": "", "alembic/env.py": ""}, "alembic.config", "unknown"),
    "a requirement of that name": (
        {"test_a.py": "", **PACKAGE, "requirements.txt": "kit>=1\n"},
        "kit.gone",
        "missing",
    ),
    "no part of the standard library": ({"test_a.py": "", "test/__init__.py": ""}, "test.gone", "missing"),
    "a part of what is installed": ({"test_a.py": "", "astroid/__init__.py": ""}, "astroid.nodes", "unknown"),
    "compiled": ({"test_a.py": "", **PACKAGE, "kit/fast.cpython-311-x86_64-linux-gnu.so": ""}, "kit.fast", "unknown"),
    "compiled from cython": ({"test_a.py": "", **PACKAGE, "kit/fast.pyx": ""}, "kit.fast", "unknown"),
    "only a stub": ({"test_a.py": "", **PACKAGE, "kit/fast.pyi": ""}, "kit.fast", "unknown"),
    "in a folder without python inside a package": (
        {"test_a.py": "", **PACKAGE, "kit/data/a.txt": ""},
        "kit.data",
        "unknown",
    ),
    "generated by protoc": ({"test_a.py": "", **PACKAGE}, "kit.api_pb2", "unknown"),
    "generated by the build": ({"test_a.py": "", **PACKAGE}, "kit._version", "unknown"),
    "ignored by git": ({"test_a.py": "", **PACKAGE, ".gitignore": "*.log\n/kit/local.py\n"}, "kit.local", "unknown"),
    "in a folder that git ignores": ({"test_a.py": "", **PACKAGE, ".gitignore": "made/\n"}, "kit.made", "unknown"),
    "not ignored by git": (
        {"test_a.py": "", **PACKAGE, ".gitignore": "# kit\n!kit\nother.py\n"},
        "kit.gone",
        "missing",
    ),
    "the package extends its path": (
        {"test_a.py": "", "kit/__init__.py": "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"},
        "kit.gone",
        "unknown",
    ),
    "the package has attributes on demand": (
        {"test_a.py": "", "kit/__init__.py": "def __getattr__(name): return 1\n"},
        "kit.gone",
        "missing",
    ),
    "the package injects it": (
        {"test_a.py": "", "kit/__init__.py": "import sys\nsys.modules['kit.gone'] = f()\n"},
        "kit.gone",
        "unknown",
    ),
    "the package injects another": (
        {"test_a.py": "", "kit/__init__.py": "import sys\nsys.modules['kit.lost'] = f()\n"},
        "kit.gone",
        "missing",
    ),
    "the package injects who knows what": (
        {"test_a.py": "", "kit/__init__.py": "import sys\nfor n in names: sys.modules[n] = f()\n"},
        "kit.gone",
        "unknown",
    ),
    "the package injects what it puts together": (
        {"test_a.py": "", "kit/__init__.py": "import sys\nfor n in names: sys.modules['kit.' + n] = f()\n"},
        "kit.gone",
        "unknown",
    ),
    "the conftest injects what it is given": (
        {"test_a.py": "make('kit.gone')\n", "conftest.py": GIVEN, **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "the conftest injects what another file spells": (
        {"test_a.py": "from spelled import NAMES\n", "spelled.py": "NAMES = 'gone'\n", "conftest.py": GIVEN, **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "the conftest injects what begins like it": (
        {"test_a.py": "for n in f(): make('kit.' + n)\n", "conftest.py": GIVEN, **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "the conftest injects what it is given, and that is nowhere": (
        {"test_a.py": "make('kit.other')\n", "conftest.py": GIVEN, **PACKAGE},
        "kit.gone",
        "missing",
    ),
    "the conftest injects what it puts together": (
        {"test_a.py": "", "conftest.py": "def make(n):\n    n = 'kit.' + n\n    sys.modules[n] = f()\n", **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "the conftest injects what it has put together in a list": (
        {
            "test_a.py": "",
            "conftest.py": "def f(names):\n    ns = ['kit.' + n for n in names]\n    for n in ns: sys.modules[n] = 1\n",
            **PACKAGE,
        },
        "kit.gone",
        "unknown",
    ),
    "another function of the conftest has such a name": (
        {"test_a.py": "", "conftest.py": GIVEN + "def other(n):\n    n = 'kit.' + n\n    return n\n", **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "another function of the conftest puts something else together": (
        {"test_a.py": "", "conftest.py": GIVEN + "def other(n):\n    n = n + n\n    return n\n", **PACKAGE},
        "kit.gone",
        "missing",
    ),
    "the conftest injects what it finds": (
        {"test_a.py": "", "conftest.py": "for n in found(): sys.modules[n] = f()\n", **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "the conftest injects a module by its name": (
        {"test_a.py": "", "conftest.py": "def make(m): sys.modules[m.__name__] = m\n", **PACKAGE},
        "kit.gone",
        "missing",
    ),
    "the conftest puts back what was there": (
        {"test_a.py": "", "conftest.py": "known = dict(sys.modules)\nsys.modules.update(known)\n", **PACKAGE},
        "kit.gone",
        "missing",
    ),
    "a cleanup puts back what was there": (
        {"test_a.py": RESTORED.format(kept="sys.modules.copy()"), **PACKAGE},
        "kit.gone",
        "missing",
    ),
    "a cleanup puts back what was made": (
        {"test_a.py": RESTORED.format(kept="made()"), **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "a cleanup puts back what it is given": (
        {"test_a.py": RESTORED.format(kept="sys.modules.copy()").replace("back()", "back(kept)"), **PACKAGE},
        "kit.gone",
        "missing",
    ),
    "the conftest adds to what was there": (
        {"test_a.py": "", "conftest.py": "d = dict(sys.modules)\nd[f()] = 1\nsys.modules.update(d)\n", **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "the conftest looks into what is imported": (
        {"test_a.py": "", "conftest.py": "import sys\ndef f(n): return sys.modules[n]\n", **PACKAGE},
        "kit.gone",
        "missing",
    ),
    "the package hands its path on": (
        {"test_a.py": "", "kit/__init__.py": "lazy(__name__, __path__=__path__)\npkgutil.iter_modules(__path__)\n"},
        "kit.gone",
        "missing",
    ),
    "the package gives its path away": (
        {"test_a.py": "", "kit/__init__.py": "extended(__path__)\n"},
        "kit.gone",
        "unknown",
    ),
    "the package adds to its path": (
        {"test_a.py": "", "kit/__init__.py": "__path__.append(f())\n"},
        "kit.gone",
        "unknown",
    ),
    "it injects it itself": (
        {"test_a.py": "import sys\nsys.modules.setdefault('kit.gone', f())\n", **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "a patch of modules injects it": (
        {"test_a.py": "patch.dict('sys.modules', {'kit.gone': f()})\n", **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "the conftest injects its parent": (
        {"test_a.py": "", "conftest.py": "import sys\nsys.modules['kit'] = f()\n", **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "a module injects a part of itself": (
        {"test_a.py": "", "kit.py": "import sys\nsys.modules['kit.gone'] = f()\n"},
        "kit.gone",
        "unknown",
    ),
    "what the package imports injects it": (
        {"test_a.py": "", "kit/__init__.py": "from kit import old\n", "kit/old.py": "sys.modules[n + '.gone'] = 1\n"},
        "kit.gone",
        "unknown",
    ),
    "a path that cannot be told": (
        {"test_a.py": "import sys\nsys.path.insert(0, f())\n", **PACKAGE},
        "kit.gone",
        "unknown",
    ),
    "a path that cannot be told, for one test": (
        {"test_a.py": "def f(monkeypatch, tmp_path):\n    monkeypatch.syspath_prepend(tmp_path / 'x')\n", **PACKAGE},
        "kit.gone",
        "missing",
    ),
    "a path that cannot be told, for one test, and a package without a file": (
        {"tests/test_a.py": "def f(monkeypatch, tmp_path):\n    monkeypatch.syspath_prepend(tmp_path)\n"},
        "tests.gone",
        "unknown",
    ),
    "a package that cannot be read": ({"test_a.py": "", "kit/__init__.py": "def (\n"}, "kit.gone", "unknown"),
}


@pytest.mark.parametrize(("files", "name", "expected"), FOUND.values(), ids=FOUND)
def test_a_module_is_found_where_python_would_find_it(
    tmp_path: Path, files: dict[str, str], name: str, expected: str
) -> None:
    assert expected == found_by(tmp_path, files, name)


NAMED = {
    "at the root": ("a.py", {}, "a"),
    "in a package": ("kit/base.py", {"kit/__init__.py": ""}, "kit.base"),
    "a package": ("kit/__init__.py", {}, "kit"),
    "in src": ("src/kit/base.py", {"src/kit/__init__.py": ""}, "kit.base"),
    "in a folder without a package": ("tests/unit/a.py", {}, "tests.unit.a"),
    "in a package below such a folder": ("tests/unit/a.py", {"tests/unit/__init__.py": ""}, "unit.a"),
    "in a folder that is no name": ("my-tests/a.py", {}, "a"),
    "in a namespace package in src": ("src/acme/kit/base.py", {"src/acme/kit/__init__.py": ""}, "acme.kit.base"),
    "in a pythonpath": ("lib/a.py", {"pytest.ini": "[pytest]\npythonpath = lib\n"}, "a"),
}


@pytest.mark.parametrize(("file", "others", "expected"), NAMED.values(), ids=NAMED)
def test_a_file_has_one_name(tmp_path: Path, file: str, others: dict[str, str], expected: str) -> None:
    modules = modules_of(tmp_path, {file: "", **others})
    module = modules.at(tmp_path / file)
    assert expected == module.name
    assert module is modules.at(tmp_path / "x" / ".." / file)


RELATIVE = {
    "beside": ("kit/sub/a.py", "b", 1, "kit.sub.b"),
    "the package itself": ("kit/sub/a.py", "", 1, "kit.sub"),
    "above": ("kit/sub/a.py", "b", 2, "kit.b"),
    "above the top": ("kit/sub/a.py", "b", 3, None),
    "in a package": ("kit/sub/__init__.py", "b", 1, "kit.sub.b"),
    "above a package": ("kit/sub/__init__.py", "b", 2, "kit.b"),
    "absolute": ("kit/sub/a.py", "b.c", 0, "b.c"),
    "without a package": ("a.py", "b", 1, None),
    "in a test without a package": ("tests/test_a.py", "b", 1, None),
    "in another file without a package": ("tests/a.py", "b", 1, "tests.b"),
}


@pytest.mark.parametrize(("file", "module", "level", "expected"), RELATIVE.values(), ids=RELATIVE)
def test_relative_names_are_made_absolute(
    tmp_path: Path, file: str, module: str, level: int, expected: str | None
) -> None:
    files = {"kit/__init__.py": "", "kit/sub/__init__.py": "", "pytest.ini": "[pytest]\n"}
    modules = modules_of(tmp_path, files)
    assert expected == modules.relative(modules.at(tmp_path / file), module, level)


def test_a_module_is_not_read_before_its_facts_are_asked_for(tmp_path: Path) -> None:
    write_project(tmp_path, {"test_a.py": "", "kit.py": "X = 1\n"})
    read: list[str] = []

    def read_facts(path: Path) -> object:
        read.append(path.name)
        return extract_facts(path.read_bytes())

    modules = Modules(find_project(tmp_path / "test_a.py"), read_facts)  # type: ignore[arg-type]
    found = modules.find("kit", modules.at(tmp_path / "test_a.py"))
    assert isinstance(found, Module)
    assert "kit.py" not in read
    assert found.facts.body
    assert found.facts is found.facts
    assert 1 == read.count("kit.py")


def test_a_file_that_cannot_be_opened_has_trouble(tmp_path: Path) -> None:
    modules = modules_of(tmp_path, {"a.py": ""})
    assert modules.at(tmp_path / "gone.py").facts.trouble is not None


def test_conftests_come_from_the_root_down(tmp_path: Path) -> None:
    files = {"conftest.py": "", "tests/unit/conftest.py": "", "tests/unit/test_a.py": "", "other/conftest.py": ""}
    modules = modules_of(tmp_path, files)
    found = [module.path for module in modules.conftests(tmp_path / "tests/unit/test_a.py")]
    assert [tmp_path / "conftest.py", tmp_path / "tests/unit/conftest.py"] == found


def test_submodules_of_a_folder_that_is_no_package_are_found_in_it(tmp_path: Path) -> None:
    modules = modules_of(tmp_path, {"tests/unit/test_a.py": "", "tests/unit/kit/base.py": ""})
    namespace = modules.find("kit", modules.at(tmp_path / "tests/unit/test_a.py"))
    assert isinstance(namespace, Module)
    assert modules.at(tmp_path / "tests/unit/kit/base.py") is modules.submodule(namespace, "base")
    assert isinstance(modules.submodule(namespace, "gone"), Unknown)


def test_a_link_that_leads_back_up_ends(tmp_path: Path) -> None:
    write_project(tmp_path, {"test_a.py": "", "data/readme.txt": ""})
    (tmp_path / "data" / "again").symlink_to(tmp_path / "data", target_is_directory=True)
    assert "external" == found_by(tmp_path, {"test_a.py": ""}, "data")


def test_a_link_to_nowhere_is_unknown(tmp_path: Path) -> None:
    write_project(tmp_path, {"test_a.py": "", **PACKAGE})
    (tmp_path / "kit" / "lost").symlink_to(tmp_path / "nowhere")
    assert "unknown" == found_by(tmp_path, {"test_a.py": ""}, "kit.lost")
