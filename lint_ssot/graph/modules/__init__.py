"""The files of a project as modules: where they are found, and when one is surely absent."""
