"""How a file speaks of what it imports, and where it gets a new import."""

from __future__ import annotations

import pytest

from lint_ssot.fixes.document import Document
from lint_ssot.fixes.edits import applied
from lint_ssot.fixes.imports import reference

ACM = "contextlib.asynccontextmanager"
ISOLATED = "unittest.IsolatedAsyncioTestCase"
FIXTURE = "pytest_asyncio.fixture"
CASES = (
    ("it is imported", ACM, "from contextlib import asynccontextmanager\nx", "asynccontextmanager", None),
    ("under another name", ACM, "from contextlib import asynccontextmanager as acm\nx", "acm", None),
    ("its module is", ACM, "import contextlib\nx", "contextlib.asynccontextmanager", None),
    ("its module is, renamed", ACM, "import contextlib as c\nx", "c.asynccontextmanager", None),
    ("its module is, from a package", "a.b.C", "from a import b\nx", "b.C", None),
    ("a mark of pytest", "pytest.mark.asyncio", "from pytest import mark\nx", "mark.asyncio", None),
    ("a module inside it is imported", ISOLATED, "import unittest.mock\nx", ISOLATED, None),
    (
        "names out of a module inside it do not count",
        ISOLATED,
        "from unittest.mock import patch\nx",
        ISOLATED,
        "import unittest\nfrom unittest.mock import patch\nx",
    ),
    ("builtins need none", "classmethod", "x", "classmethod", None),
    (
        "in order",
        ACM,
        "from contextlib import AsyncExitStack, suppress\nx",
        "asynccontextmanager",
        "from contextlib import AsyncExitStack, asynccontextmanager, suppress\nx",
    ),
    (
        "last, after an alias",
        ACM,
        "from contextlib import aclosing as a\nx",
        "asynccontextmanager",
        "from contextlib import aclosing as a, asynccontextmanager\nx",
    ),
    (
        "on a line of its own",
        ACM,
        "from contextlib import (\n    aclosing,  # one\n    suppress,\n)\nx",
        "asynccontextmanager",
        "from contextlib import (\n    aclosing,  # one\n    asynccontextmanager,\n    suppress,\n)\nx",
    ),
    (
        "last on a line of its own",
        ACM,
        "from contextlib import (\n    aclosing,\n)\nx",
        "asynccontextmanager",
        "from contextlib import (\n    aclosing,\n    asynccontextmanager,\n)\nx",
    ),
    (
        "among its like",
        ACM,
        "import os\nimport sys\nfrom typing import Any\n\nimport pytest\n\nx",
        "asynccontextmanager",
        "import os\nimport sys\nfrom contextlib import asynccontextmanager\nfrom typing import Any\n\nimport pytest\n\n"
        "x",
    ),
    (
        "before others",
        ACM,
        '"""Doc."""\n\nimport pytest\n\nx',
        "asynccontextmanager",
        '"""Doc."""\n\nfrom contextlib import asynccontextmanager\n\nimport pytest\n\nx',
    ),
    (
        "after the future",
        ACM,
        "from __future__ import annotations\n\nx",
        "asynccontextmanager",
        "from __future__ import annotations\n\nfrom contextlib import asynccontextmanager\n\nx",
    ),
    ("as the first", ACM, "x = 1\n", "asynccontextmanager", "from contextlib import asynccontextmanager\n\nx = 1\n"),
    ("spelled out", FIXTURE, "import pytest\n\nx", FIXTURE, "import pytest\nimport pytest_asyncio\n\nx"),
    (
        "as the file spells it",
        ISOLATED,
        "from unittest import TestCase\nx",
        "IsolatedAsyncioTestCase",
        "from unittest import IsolatedAsyncioTestCase, TestCase\nx",
    ),
    (
        "not by a taken name",
        ACM,
        "asynccontextmanager = 1\nx",
        ACM,
        "import contextlib\n\nasynccontextmanager = 1\nx",
    ),
)


@pytest.mark.parametrize(
    ("dotted", "source", "text", "imported"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_name_is_written_as_the_file_can(dotted: str, source: str, text: str, imported: str | None) -> None:
    found = reference(Document(source), dotted, source.rindex("x"))
    assert found is not None
    assert (text, imported or source) == (found.text, applied(source, found.edits))


def test_there_is_no_way_where_both_names_are_taken() -> None:
    source = "asynccontextmanager = contextlib = 1\nx"
    assert None is reference(Document(source), ACM, source.rindex("x"))


def test_an_import_below_the_use_does_not_count() -> None:
    source = "x\nfrom contextlib import asynccontextmanager\n"
    assert None is not (found := reference(Document(source), ACM, 0))
    assert "contextlib.asynccontextmanager" == found.text
