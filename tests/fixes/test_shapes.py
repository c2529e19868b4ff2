"""Each kind of edit where functions and statements have unusual shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_ssot.cure import (
    AddParameter,
    Await,
    CallParent,
    Change,
    Cure,
    Decorate,
    DropCall,
    MakeAsync,
    MakeSync,
    Redecorate,
    Rename,
    SwitchWith,
    Unawait,
    YieldFirst,
)
from lint_ssot.facts.expressions import Position
from lint_ssot.fixes.derive import edited, edits_of
from lint_ssot.fixes.document import Document


def at(text: str, mark: str) -> Position:
    """The position of some text, as facts have it."""
    before = text[: text.index(mark)]
    return Position(before.count("\n") + 1, len(before.rpartition("\n")[2]))


def mended(text: str, *changes: Change) -> str | None:
    document = Document(text)
    edits = edits_of(document, Cure("", Path("test_it.py"), changes))
    return None if edits is None else edited(document, edits)


FIRST = {
    "a body on its line": (
        "class A:\n    def setUp(self): self.x = 1\n",
        "class A:\n    def setUp(self): super().setUp(); self.x = 1\n",
    ),
    "statements on its line": (
        "class A:\n    def setUp(self): self.x = 1; self.y = 2;\n",
        "class A:\n    def setUp(self): super().setUp(); self.x = 1; self.y = 2;\n",
    ),
    "a docstring on its line": (
        'class A:\n    def setUp(self): "Nothing."\n',
        'class A:\n    def setUp(self): "Nothing."; super().setUp()\n',
    ),
    "nothing but a docstring": (
        'class A:\n    def setUp(self):\n        """Nothing."""\n\n    def test(self): ...\n',
        'class A:\n    def setUp(self):\n        """Nothing."""\n        super().setUp()\n\n    def test(self): ...\n',
    ),
    "nothing but a docstring, and no end of the line": (
        'class A:\n    def setUp(self):\n        """Nothing."""',
        'class A:\n    def setUp(self):\n        """Nothing."""\n        super().setUp()',
    ),
    "a docstring and a statement on one line": (
        'class A:\n    def setUp(self):\n        """Doc."""; self.x = 1\n',
        'class A:\n    def setUp(self):\n        """Doc."""; super().setUp(); self.x = 1\n',
    ),
    "a docstring of several lines, and a comment behind it": (
        'class A:\n    def setUp(self):\n        """A.\n\n        B.\n        """  # no\n        self.x = 1\n',
        'class A:\n    def setUp(self):\n        """A.\n\n        B.\n        """  # no\n        super().setUp()\n'
        "        self.x = 1\n",
    ),
    "several statements on a line": (
        "class A:\n    def setUp(self):\n        self.x = 1; self.y = 2\n",
        "class A:\n    def setUp(self):\n        super().setUp()\n        self.x = 1; self.y = 2\n",
    ),
    "a type comment": (
        "class A:\n    def setUp(self):\n        # type: () -> None\n        self.x = 1\n",
        "class A:\n    def setUp(self):\n        # type: () -> None\n        super().setUp()\n        self.x = 1\n",
    ),
    "a type comment above the docstring": (
        'class A:\n    def setUp(self):\n        # type: () -> None\n        """Doc."""\n        self.x = 1\n',
        'class A:\n    def setUp(self):\n        # type: () -> None\n        """Doc."""\n        super().setUp()\n'
        "        self.x = 1\n",
    ),
    "a header of several lines": (
        "class A:\n    def setUp(\n        self,  # it\n    ):  # type: () -> None\n\n        self.x = 1\n",
        "class A:\n    def setUp(\n        self,  # it\n    ):  # type: () -> None\n        super().setUp()\n\n"
        "        self.x = 1\n",
    ),
    "a body that begins with an if": (
        "class A:\n    if True:\n      def setUp(self):\n\tif self: pass\n".replace("\t", "         "),
        "class A:\n    if True:\n      def setUp(self):\n\tsuper().setUp()\n\tif self: pass\n".replace(
            "\t", "         "
        ),
    ),
    "a continued line": (
        "class A:\n    def setUp(self):\n        self.x = \\\n            1\n",
        "class A:\n    def setUp(self):\n        super().setUp()\n        self.x = \\\n            1\n",
    ),
    "a nested class": (
        "class A:\n    class B:\n        def setUp(self):\n            ...\n\n        x = 1\n",
        "class A:\n    class B:\n        def setUp(self):\n            super().setUp()\n\n        x = 1\n",
    ),
    "a form feed": (
        "x = 1\n\f\nclass A:\n    def setUp(self):\n        self.x = 1\n\f\n    y = 1\n",
        "x = 1\n\f\nclass A:\n    def setUp(self):\n        super().setUp()\n        self.x = 1\n\f\n    y = 1\n",
    ),
    "a placeholder with a comment": (
        "class A:\n    def setUp(self):\n        pass  # later\n",
        "class A:\n    def setUp(self):\n        super().setUp()  # later\n",
    ),
}


@pytest.mark.parametrize("shape", FIRST)
def test_the_parent_is_called_first(shape: str) -> None:
    before, after = FIRST[shape]
    assert after == mended(before, CallParent(at(before, "def setUp"), "setUp"))


LAST = {
    "a body on its line": (
        "class A:\n    def tearDown(self): self.x = 1\n",
        "class A:\n    def tearDown(self): self.x = 1; super().tearDown()\n",
    ),
    "a body on its line that ends in a semicolon": (
        "class A:\n    def tearDown(self): self.x = 1;  # so\n",
        "class A:\n    def tearDown(self): self.x = 1; super().tearDown();  # so\n",
    ),
    "a return": (
        "class A:\n    def tearDown(self):\n        self.x = 1\n        return\n",
        "class A:\n    def tearDown(self):\n        self.x = 1\n        super().tearDown()\n        return\n",
    ),
    "a return behind a statement": (
        "class A:\n    def tearDown(self):\n        self.x = 1; return\n",
        "class A:\n    def tearDown(self):\n        self.x = 1; super().tearDown(); return\n",
    ),
    "a return on its line": (
        "class A:\n    def tearDown(self): return\n",
        "class A:\n    def tearDown(self): super().tearDown(); return\n",
    ),
    "a nested block with a comment behind it": (
        "class A:\n    def tearDown(self):\n        if self:\n            pass\n        # end\n\n    x = 1\n",
        "class A:\n    def tearDown(self):\n        if self:\n            pass\n        super().tearDown()\n"
        "        # end\n\n    x = 1\n",
    ),
    "carriage returns": (
        "class A:\r    def tearDown(self):\r        self.x = 1\r\r    x = 1\r",
        "class A:\r    def tearDown(self):\r        self.x = 1\r        super().tearDown()\r\r    x = 1\r",
    ),
}


@pytest.mark.parametrize("shape", LAST)
def test_the_parent_is_called_last(shape: str) -> None:
    before, after = LAST[shape]
    at_function = at(before.replace("\r", "\n"), "def tearDown")
    assert after == mended(before, CallParent(at_function, "tearDown", is_last=True))


DECORATED = {
    "below another with a comment": (
        "import pytest\n\n\n@other  # why\ndef shop():  # it\n    yield\n",
        "import pytest\n\n\n@other  # why\n@pytest.fixture\ndef shop():  # it\n    yield\n",
    ),
    "on one line": (
        "import pytest\n\ndef shop(): yield\n",
        "import pytest\n\n@pytest.fixture\ndef shop(): yield\n",
    ),
    "behind a form feed": (
        "import pytest\n\n\fdef shop(): yield\n",
        "import pytest\n\n\f@pytest.fixture\ndef shop(): yield\n",
    ),
    "in a block": (
        "import pytest\n\nif pytest:\n\tdef shop():\n\t\tyield\n",
        "import pytest\n\nif pytest:\n\t@pytest.fixture\n\tdef shop():\n\t\tyield\n",
    ),
    "across continued lines": (
        "import pytest\n\nasync \\\n  def shop(): yield\n",
        "import pytest\n\n@pytest.fixture\nasync \\\n  def shop(): yield\n",
    ),
    "with the import still to come": (
        '"""Doc."""\r\n\r\ndef shop():\r\n    yield\r\n',
        '"""Doc."""\r\n\r\nimport pytest\r\n\r\n@pytest.fixture\r\ndef shop():\r\n    yield\r\n',
    ),
}


@pytest.mark.parametrize("shape", DECORATED)
def test_a_decorator_stands_on_a_line_of_its_own(shape: str) -> None:
    before, after = DECORATED[shape]
    place = at(before, "async" if "async" in before else "def shop")
    assert after == mended(before, Decorate(place, "pytest.fixture"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("class A:\n    def test():\n        pass\n", "class A:\n    def test(self):\n        pass\n"),
        ("class A:\n    def test ( ): pass\n", "class A:\n    def test (self ): pass\n"),
        ("class A:\n    def test(  # none\n    ): pass\n", "class A:\n    def test(self  # none\n    ): pass\n"),
        ("class A:\n    def test(*, x=1): pass\n", None),
    ],
)
def test_a_parameter_where_there_is_none(before: str, after: str | None) -> None:
    assert after == mended(before, AddParameter(at(before, "def test"), "self"))


DROPPED = {
    "alone in its body": ("def f(self):\n    super().f()\n", "def f(self):\n    pass\n"),
    "alone in a body on its line": ("def f(self): super().f()\n", "def f(self): pass\n"),
    "first of a line": ("def f(self):\n    super().f(); a = 1\n", "def f(self):\n    a = 1\n"),
    "last of a line": ("def f(self):\n    a = 1; super().f()  # so\n", "def f(self):\n    a = 1  # so\n"),
    "last of a body on its line": ("def f(self): a = 1; super().f()\n", "def f(self): a = 1\n"),
    "on a line of its own": ("def f(self):\n    super().f()  # so\n    a = 1\n", "def f(self):\n    a = 1\n"),
    "awaited": ("async def f(self):\n    await super().f()\n    a = 1\n", "async def f(self):\n    a = 1\n"),
    "last without an end of the line": ("def f(self):\n    a = 1\n    super().f()", "def f(self):\n    a = 1\n"),
}


@pytest.mark.parametrize("shape", DROPPED)
def test_a_call_is_dropped(shape: str) -> None:
    before, after = DROPPED[shape]
    assert after == mended(before, DropCall(at(before, "super()")))


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("async def f(a):\n    b = a().c\n", "a().c", "async def f(a):\n    b = (await a()).c\n"),
        ("async def f(a):\n    a(); a ( )\n", "a ( )", "async def f(a):\n    a(); await a ( )\n"),
        ("async def f(a): a()\n", "a()\n", "async def f(a): await a()\n"),
        ("async def f(a):\n    x = \\\n        a()\n", "a()\n", "async def f(a):\n    x = \\\n        await a()\n"),
    ],
)
def test_a_call_is_awaited(before: str, change: str, after: str) -> None:
    assert after == mended(before, Await(at(before, change)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("async def f(a): await a(); b = 1\n", "async def f(a): a(); b = 1\n"),
        ("async def f(a):\n    b = await   a()\n", "async def f(a):\n    b = a()\n"),
        ("async def f(a):\n    b = await \\\n        a()\n", "async def f(a):\n    b = a()\n"),
    ],
)
def test_a_call_is_no_longer_awaited(before: str, after: str) -> None:
    assert after == mended(before, Unawait(at(before, "a()")))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("async def f(a):\n    with a() as b: pass  # so\n", "async def f(a):\n    async with a() as b: pass  # so\n"),
        ("async def f(a):\n    async  with a(): pass\n", "async def f(a):\n    with a(): pass\n"),
        ("async def f(a):\n    with (  # of\n        a(),\n    ): pass\n", "async def f(a):\n    async with (  # of\n        a(),\n    ): pass\n"),  # noqa: E501
        ("async def f(a):\n    async \\\n     with a(): pass\n", "async def f(a):\n    with a(): pass\n"),
    ],
)  # fmt: skip
def test_a_with_is_switched(before: str, after: str) -> None:
    assert after == mended(before, SwitchWith((at(before, "a()"),)))


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("class A:\n  async  def setUp(self): x = 1\n", MakeSync, "class A:\n  def setUp(self): x = 1\n"),
        ("class A:\n  async \\\n    def setUp(self): x = 1\n", MakeSync, "class A:\n  def setUp(self): x = 1\n"),
        ("class A:\n  @a  # b\n  def setUp(self): x = 1\n", MakeAsync, "class A:\n  @a  # b\n  async def setUp(self): x = 1\n"),  # noqa: E501
        ("class A:\n  def setUp (self) -> None : x = 1\n", MakeAsync, "class A:\n  async def setUp (self) -> None : x = 1\n"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_function_is_async_or_not(before: str, change: type[MakeSync | MakeAsync], after: str) -> None:
    assert after == mended(before, change(at(before, "async" if change is MakeSync else "def")))


def test_a_name_and_a_decorator_are_replaced_where_they_stand() -> None:
    before = (
        "import pytest, pytest_asyncio\n\n"
        "@pytest.fixture (  # of\n    scope='class')  # so\nasync def a (self): yield\n"
    )
    place = at(before, "async def")
    after = before.replace("pytest.fixture", "pytest_asyncio.fixture").replace("def a", "def b")
    after = after.replace("import pytest, ", "import ")
    assert after == mended(before, Redecorate(place, "fixture", "pytest_asyncio.fixture"), Rename(place, "b"))


def test_a_fixture_of_one_line_yields_first() -> None:
    before = "async def f(self): self.x = 1\n"
    assert "async def f(self): yield; self.x = 1\n" == mended(before, YieldFirst(at(before, "async")))
