"""The style sheet: it gives the package's elements the colours of the theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

STATIC_FOLDER: Final = Path(__file__).parent.parent / "static"
STYLE_SHEET: Final = "leadposts.css"


def _add_folder(_app: Sphinx, config: Config) -> None:
    # A new list: at ``builder-inited``, or by ``append`` to the list of ``conf.py``,
    # every later build would report a changed configuration.
    config.html_static_path = [*config.html_static_path, str(STATIC_FOLDER)]


def setup_assets(app: Sphinx) -> None:
    """Register the style sheet; only builders of HTML take notice."""
    app.connect("config-inited", _add_folder)
    app.add_css_file(STYLE_SHEET)
