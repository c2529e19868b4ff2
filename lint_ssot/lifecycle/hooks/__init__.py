"""The hooks of a class and of a module: who calls them, and what keeps one from being called."""
