"""The plug-in inside python-lsp-server: quick fixes, stories on hover and, if wanted, the findings themselves."""
