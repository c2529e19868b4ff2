"""What an expression is, and whether it keeps the protocol of `with` or `async with`."""
