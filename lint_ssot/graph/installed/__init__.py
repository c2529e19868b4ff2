"""Classes and functions outside the project: the well-known by their stubs, others by the source installed."""

from lint_ssot.graph.installed.lookup import Installed

__all__ = ["Installed"]
