"""The conductor: calls each part's setup, and holds what it hands to Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_leadposts import __version__
from sphinx_leadposts.sphinx_ext.assets import setup_assets
from sphinx_leadposts.sphinx_ext.companions import setup_companions
from sphinx_leadposts.sphinx_ext.dangling import setup_dangling
from sphinx_leadposts.sphinx_ext.domain import setup_domain
from sphinx_leadposts.sphinx_ext.garbage import setup_garbage
from sphinx_leadposts.sphinx_ext.picture_store import setup_picture_store
from sphinx_leadposts.sphinx_ext.reading_phase.changed_pictures import (
    setup_changed_pictures,
)
from sphinx_leadposts.sphinx_ext.reading_phase.collector import setup_collector
from sphinx_leadposts.sphinx_ext.reading_phase.consistency import setup_consistency
from sphinx_leadposts.sphinx_ext.reading_phase.cut_off import setup_cut_off
from sphinx_leadposts.sphinx_ext.reading_phase.directives import setup_directives
from sphinx_leadposts.sphinx_ext.reading_phase.discovery import setup_discovery
from sphinx_leadposts.sphinx_ext.reading_phase.figure_numbers import (
    setup_figure_numbers,
)
from sphinx_leadposts.sphinx_ext.reading_phase.moved_files import setup_moved_files
from sphinx_leadposts.sphinx_ext.reading_phase.relating import setup_relating
from sphinx_leadposts.sphinx_ext.reading_phase.shaping import setup_shaping
from sphinx_leadposts.sphinx_ext.reading_phase.silence import setup_silence
from sphinx_leadposts.sphinx_ext.reading_phase.sources import setup_sources
from sphinx_leadposts.sphinx_ext.registries import setup_registries
from sphinx_leadposts.sphinx_ext.registry_pictures import setup_registry_pictures
from sphinx_leadposts.sphinx_ext.settings import setup_settings
from sphinx_leadposts.sphinx_ext.stemmer import setup_stemmer
from sphinx_leadposts.sphinx_ext.writing_phase.addresses import setup_addresses
from sphinx_leadposts.sphinx_ext.writing_phase.body_images import setup_body_images
from sphinx_leadposts.sphinx_ext.writing_phase.closing_line import setup_closing_line
from sphinx_leadposts.sphinx_ext.writing_phase.feed_bodies import setup_feed_bodies
from sphinx_leadposts.sphinx_ext.writing_phase.footers import setup_footers
from sphinx_leadposts.sphinx_ext.writing_phase.gallery import setup_gallery
from sphinx_leadposts.sphinx_ext.writing_phase.generated_pages import (
    setup_generated_pages,
)
from sphinx_leadposts.sphinx_ext.writing_phase.head_lines import setup_head_lines
from sphinx_leadposts.sphinx_ext.writing_phase.html import setup_html
from sphinx_leadposts.sphinx_ext.writing_phase.links import setup_links
from sphinx_leadposts.sphinx_ext.writing_phase.pages import setup_pages
from sphinx_leadposts.sphinx_ext.writing_phase.sidebars import setup_sidebars
from sphinx_leadposts.sphinx_ext.writing_phase.transforms import setup_transforms
from sphinx_leadposts.sphinx_ext.writing_phase.website import setup_website

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_leadposts.sphinx_ext.picture_store import StoreDoor

#: Raised whenever doctrees or records change, so that old ones are not used.
ENV_VERSION: Final = 4


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Set up all parts, in the order in which a document meets them."""
    setup_garbage(app)
    # MyST-NB registers the suffix ``.md`` itself, and loads MyST's own settings.
    if "myst_nb" not in app.extensions and "myst_nb" not in app.config.extensions:
        app.setup_extension("myst_parser")
    app.setup_extension("sphinx_design")

    door = _setup_common(app)
    _setup_reading(app, door)
    _setup_writing(app, door)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _setup_common(app: Sphinx) -> StoreDoor:
    """Set up what both phases share; return the door to the store of pictures."""
    setup_settings(app)
    setup_companions(app)
    setup_website(app)
    setup_registries(app)
    door = setup_picture_store(app)
    setup_registry_pictures(app, door)
    setup_domain(app)
    setup_dangling(app)
    setup_assets(app)
    return door


def _setup_reading(app: Sphinx, door: StoreDoor) -> None:
    """Set up what happens until every document has been read."""
    stemmer = setup_stemmer(app)
    reader = setup_sources(app, door)
    setup_discovery(app, reader)
    setup_cut_off(app)
    setup_silence(app)
    setup_changed_pictures(app, door)
    setup_moved_files(app)
    setup_shaping(app)
    setup_directives(app)
    setup_collector(app, stemmer)
    setup_figure_numbers(app)
    setup_relating(app, stemmer)
    setup_consistency(app)


def _setup_writing(app: Sphinx, door: StoreDoor) -> None:
    """Set up what happens while pages are written, and after them."""
    setup_links(app)
    setup_footers(app)
    setup_transforms(app)
    setup_addresses(app)
    gallery = setup_gallery(app, door)
    setup_html(app, gallery)
    setup_body_images(app)
    setup_sidebars(app)
    setup_generated_pages(app)
    setup_head_lines(app, gallery)
    setup_feed_bodies(app)
    setup_pages(app, gallery)
    setup_closing_line(app, gallery)
