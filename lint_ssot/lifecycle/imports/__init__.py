"""Which imports of a module fail when it is collected, and what hides that."""
