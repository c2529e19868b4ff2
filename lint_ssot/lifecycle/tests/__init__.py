"""Tests one by one: those whose body never runs, and the story of each."""
