"""What names mean at run time: blocks run on names alone."""
