"""The base classes that the project declared, and what stands beside them instead of on them."""
