"""Tells which tests die in the infrastructure before they reach what they test."""
