"""Which conditions always hold, or never: type checking, `__main__`, versions of Python, what a TestCase has."""

from __future__ import annotations

import operator

from lint_ssot.facts.expressions import (
    Argument,
    Attribute,
    Call,
    Collection,
    Compare,
    Constant,
    Expression,
    Logic,
    Name,
    Not,
    Subscript,
)

_OPERATORS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
# What every Python 3.8 and newer gives to a TestCase, and suites of older days ask for (unittest/case.py).
_OF_TESTCASE = frozenset(
    {
        "addClassCleanup",
        "assertCountEqual",
        "assertIn",
        "assertIs",
        "assertIsInstance",
        "assertIsNone",
        "assertLogs",
        "assertNotRegex",
        "assertRaisesRegex",
        "assertRegex",
        "assertWarns",
        "doClassCleanups",
        "setUpClass",
        "skipTest",
        "subTest",
    }
)
# what pytest 9 runs on, and the linter: older ones count only where a project says that it runs on them
OLDEST_PYTHON = (3, 10)
# a version no Python will ever have stands for "whatever comes later"
_LATEST = (4, 0)


def truth(test: Expression, oldest: tuple[int, int] | None) -> bool | None:
    """Whether a condition holds while a module is imported by a test run, None if it depends.

    `oldest` is the lowest Python version that the project runs on, None if it does not say.
    """
    match test:
        case Constant(value=value):
            return bool(value)
        case Name(id="TYPE_CHECKING" | "MYPY") | Attribute(attr="TYPE_CHECKING"):
            return False
        case Name(id="__debug__"):
            return True
        case Not(value=value):
            known = truth(value, oldest)
            return None if known is None else not known
        case Logic(operator=word, values=values):
            return _logic(word, [truth(value, oldest) for value in values])
        case Compare():
            return _comparison(test, oldest)
        case Call(function=Name(id="hasattr"), arguments=(Argument(value=Attribute() as owner), Argument(value=name))):
            return _is_of_testcase(owner, name) or None
    return None


def _is_of_testcase(owner: Attribute, name: Expression) -> bool:
    is_testcase = isinstance(owner.value, Name) and (owner.value.id, owner.attr) == ("unittest", "TestCase")
    return is_testcase and isinstance(name, Constant) and name.value in _OF_TESTCASE


def _logic(word: str, values: list[bool | None]) -> bool | None:
    decisive = word == "or"
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def _comparison(test: Compare, oldest: tuple[int, int] | None) -> bool | None:
    match test:
        case Compare(left=Name(id="__name__"), operator="==", right=Constant(value="__main__")):
            return False
        case Compare(left=left, right=Collection(items=items)) if _is_version(left):
            numbers = [item.value for item in items if isinstance(item, Constant)]
            if len(numbers) == len(items):
                return _version(tuple(each for each in numbers if isinstance(each, int)), test.operator, oldest)
        case Compare(left=Subscript(value=left, index=Constant(value=0)), right=Constant(value=int() as major)):
            if _is_version(left):
                return _always(test.operator, (3,), (3,), (major,))
        case Compare(left=Attribute(value=left, attr="major"), right=Constant(value=int() as major)):
            if _is_version(left):
                return _always(test.operator, (3,), (3,), (major,))
    return None


def _is_version(expression: Expression) -> bool:
    match expression:
        case Attribute(value=Name(id="sys"), attr="version_info"):
            return True
        case Subscript(value=inner):
            return _is_version(inner)
    return False


def _version(limit: tuple[int, ...], word: str, oldest: tuple[int, int] | None) -> bool | None:
    return _always(word, oldest or OLDEST_PYTHON, _LATEST, limit[:2]) if limit else None


def _always(word: str, low: tuple[int, ...], high: tuple[int, ...], limit: tuple[int, ...]) -> bool | None:
    """The outcome of a comparison if it is the same for the lowest and the highest version."""
    compare = _OPERATORS.get(word)
    if compare is None:
        return None
    if word in ("==", "!=") and low < limit < high:
        return None
    outcomes = {compare(low, limit), compare(high, limit)}
    return outcomes.pop() if len(outcomes) == 1 else None
