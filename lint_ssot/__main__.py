"""`python -m lint_ssot` is the `lint-ssot` command."""

from __future__ import annotations

import sys

from lint_ssot.surfaces.cli import main

if __name__ == "__main__":
    sys.exit(main())
