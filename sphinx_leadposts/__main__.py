"""Lets `python -m sphinx_leadposts` stand for the `sphinx-leadposts` command."""

from __future__ import annotations

import sys

from sphinx_leadposts.commands import main

if __name__ == "__main__":
    sys.exit(main())
