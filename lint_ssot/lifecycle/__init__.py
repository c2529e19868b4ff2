"""What the runner will do with it."""
