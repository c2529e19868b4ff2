"""What one file says, held against what Python and libcst say of it."""
