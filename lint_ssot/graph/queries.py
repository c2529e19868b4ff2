"""Questions that may lead back to themselves, each asked once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class Queries(Generic[Key, Answer]):
    """Remembers answers such that they do not depend on the order of the questions.

    A question that comes up again while it is being answered gets `in_a_circle(key)`.
    What was answered on the way by help of that holds for the outermost question only.
    """

    def __init__(self, ask: Callable[[Key], Answer], in_a_circle: Callable[[Key], Answer]) -> None:
        self._ask = ask
        self._in_a_circle = in_a_circle
        self._certain: dict[Key, Answer] = {}
        self._outermost: dict[Key, Answer] = {}
        self._provisional: dict[Key, Answer] = {}
        self._open: dict[Key, int] = {}
        # how far out the farthest question is that the current answer leans on
        self._leans_on = 0

    @property
    def is_idle(self) -> bool:
        """Whether no question is being answered, so that what is found now does not lean on any."""
        return not self._open

    def forget(self, is_gone: Callable[[Key], bool]) -> None:
        """Forget the answers to questions that nobody will ask again."""
        self._certain = {key: found for key, found in self._certain.items() if not is_gone(key)}
        self._outermost = {key: found for key, found in self._outermost.items() if not is_gone(key)}

    def answer(self, key: Key) -> Answer:
        """The answer to a question."""
        if key in self._certain:
            return self._certain[key]
        if not self._open:
            return self._answer_outermost(key)
        if key in self._open:
            self._leans_on = min(self._leans_on, self._open[key])
            return self._in_a_circle(key)
        if key in self._provisional:
            self._leans_on = 0
            return self._provisional[key]
        return self._answered(key)

    def _answer_outermost(self, key: Key) -> Answer:
        if key not in self._outermost:
            try:
                self._outermost[key] = self._answered(key)
            finally:
                self._open.clear()
                self._provisional.clear()
        return self._outermost[key]

    def _answered(self, key: Key) -> Answer:
        depth = len(self._open)
        before, self._leans_on = self._leans_on, depth
        self._open[key] = depth
        try:
            found = self._ask(key)
        finally:
            self._open.pop(key, None)
        if self._leans_on >= depth:
            self._certain[key] = found
            self._leans_on = before
        else:
            self._provisional[key] = found
            self._leans_on = min(before, self._leans_on)
        return found
