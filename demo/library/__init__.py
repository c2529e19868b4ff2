"""A small lending library: the product that the tests of this demo never reach."""
