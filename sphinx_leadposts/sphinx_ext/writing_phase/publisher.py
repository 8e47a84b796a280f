"""When the files beside the pages are made again, and how the ledger knows of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.sphinx_ext.links import is_website
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.writing_phase.freshness import digest_published
from sphinx_leadposts.sphinx_ext.writing_phase.leftovers import find_gone
from sphinx_leadposts.sphinx_ext.writing_phase.website import say_what_is_missing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from sphinx_leadposts.sphinx_ext.writing_phase.freshness import State
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery
    from sphinx_leadposts.sphinx_ext.writing_phase.ledger import Ledger, LedgerFile


class Publisher:
    """Brings the files beside the pages of one output up to date.

    :param gallery: knows the files of pictures.
    :param file: the file of the ledger, which is told before the first is written.
    :param before: the ledger as the build found it.
    """

    def __init__(self, gallery: Gallery, file: LedgerFile, before: Ledger) -> None:
        self._gallery = gallery
        self._file = file
        self._before = before

    def publish(
        self, builder: Builder, ledger: Ledger, state: State, *, has_written: bool
    ) -> Ledger:
        """Return ``ledger`` with the files that there are now.

        :param state: what the pages follow from.
        :param has_written: whether this build has written pages.
        """
        if not is_website(builder):
            return ledger
        say_what_is_missing(builder.config)
        digest = digest_published(builder.config, state)
        is_full = read_config(builder.config).feed_content == "full"
        # A text may change where nothing does that the blog records of it.
        may_differ = is_full and has_written
        there = (Path(builder.outdir, path).is_file() for path in ledger.published)
        if ledger.published_state == digest and not may_differ and all(there):
            return ledger
        # Loaded late: where nothing has changed, nothing is published.
        from sphinx_leadposts.sphinx_ext.writing_phase.publication import (  # noqa: PLC0415
            Publication,
        )

        gone = find_gone(builder, self._before).values()
        leftovers = {file for page in gone for file in page.files}
        known = ledger.published
        publication = Publication(builder, self._gallery, leftovers, known)
        published = publication.publish(mark=self._doubt)
        return replace(ledger, published=published, published_state=digest)

    def _doubt(self, paths: Iterable[str]) -> None:
        """Say in the file that these are being written, should the build be cut off."""
        self._file.save(self._file.saved.doubt_published(paths))
