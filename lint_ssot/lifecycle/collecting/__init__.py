"""What of a module is collected as tests, and what is not."""
