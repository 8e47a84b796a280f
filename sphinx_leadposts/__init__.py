"""A blog inside a Sphinx site, made from a folder of ordinary Markdown posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the extension; its parts are imported only when Sphinx asks for them."""
    from sphinx_leadposts.extension import setup_extension  # noqa: PLC0415

    return setup_extension(app)
