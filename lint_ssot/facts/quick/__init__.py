"""Reduces what this Python can parse, from its own syntax tree: the same facts for a quarter of the time."""
