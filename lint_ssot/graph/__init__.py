"""What the files mean together."""
