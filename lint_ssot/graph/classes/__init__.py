"""Classes and what they inherit."""
