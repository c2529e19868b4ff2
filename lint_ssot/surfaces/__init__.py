"""Where people meet the linter."""
