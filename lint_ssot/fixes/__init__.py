"""Cures as edits of the text: what is not edited stays byte for byte."""
