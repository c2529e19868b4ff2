"""The story of a test, for a person: chosen by its node id, set in type, or as JSON."""
