"""The commands of `lint-ssot`: one module each, with `add_arguments(parser)` and `run(arguments)`."""
