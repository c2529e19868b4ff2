"""Whether the linter is right on real suites."""
