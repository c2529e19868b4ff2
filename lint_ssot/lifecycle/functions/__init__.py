"""What a function is under its decorators: its kind, what it is bound to, what it takes."""
