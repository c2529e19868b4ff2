"""The project that a file belongs to, by its configuration."""
