"""How much may be followed for one file, so that no file takes out of all proportion."""

from __future__ import annotations

import logging

# The tests of no suite that was measured take a fifth of it; it is used up in a few seconds.
STEPS = 100_000
# a set of so many attributes is copied in the time of a step
_ATTRIBUTES = 50
_LOG = logging.getLogger("flake8.lint_ssot")


class Exhausted(Exception):  # noqa: N818  # nothing is wrong: it is enough
    """More than that may be followed; nothing is said of what was to be learned."""


class Effort:
    """The steps that are left for a file: statements, each time that they are followed."""

    def __init__(self, steps: int = STEPS) -> None:
        self._left = steps

    def spend(self, attributes: int) -> None:
        """Take one step with so many attributes to remember; raises Exhausted when there is none left."""
        self._left -= 1 + attributes // _ATTRIBUTES
        if self._left < 0:
            raise Exhausted


def tell_of_exhaustion(name: str, path: object) -> None:
    """Say it in one line to who asks: `flake8 -v`."""
    _LOG.info("lint_ssot does not follow the tests of %s in %s: there is too much to follow", name, path)
