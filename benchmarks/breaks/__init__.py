"""Breaks that people make in suites by accident: made, told by the linter, and run where they are not told."""
