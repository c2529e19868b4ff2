"""Definite assignment: which attributes a test's object certainly has, followed through the real calls."""
