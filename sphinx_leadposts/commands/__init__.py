"""The `sphinx-leadposts` command: it calls Sphinx as a user would."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts import __version__
from sphinx_leadposts.commands.quickstart import (
    QuickstartError,
    choose_theme,
    run_quickstart,
)
from sphinx_leadposts.commands.schemas import NAMES, read_schema

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    :param argv: its arguments; those of the process when None.
    :return: the exit code: 0, or Sphinx's own when the build fails, 1 when a file
        could not be written, 2 when the folder is not free to be used.
    """
    options = make_parser().parse_args(argv)
    if options.command == "schema":
        print(read_schema(options.name), end="")
        return 0
    try:
        return run_quickstart(options.folder, theme=options.theme, build=options.build)
    except QuickstartError as error:
        print(f"sphinx-leadposts: {error}", file=sys.stderr)
        return error.exit_code


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="sphinx-leadposts",
        description="Make a blog of a folder of Markdown posts, inside a Sphinx site.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    quickstart = commands.add_parser(
        "quickstart",
        help="write a small blog that works, and build it",
        description="Write a small blog that works into a new folder, and build it.",
    )
    quickstart.add_argument(
        "folder", type=Path, metavar="FOLDER", help="a folder that is new or empty"
    )
    quickstart.add_argument(
        "--theme",
        default=choose_theme(),
        metavar="NAME",
        help="the Sphinx theme of the blog (default: %(default)s)",
    )
    quickstart.add_argument(
        "--no-build",
        action="store_false",
        dest="build",
        help="write the files only",
    )
    schema = commands.add_parser(
        "schema",
        help="print a JSON Schema for your editor",
        description="Print the JSON Schema of front matter, or of a registry in YAML.",
    )
    schema.add_argument("name", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    return parser
