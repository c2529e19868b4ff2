"""What would mend what the rules tell: cures, named with all that is known here and written elsewhere."""
