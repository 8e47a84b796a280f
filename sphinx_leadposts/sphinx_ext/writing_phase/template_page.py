"""The page that templates are rendered into, and what they may ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_leadposts.imaging.places import CARD, HEADER
from sphinx_leadposts.model.listing import Look
from sphinx_leadposts.sphinx_ext.links import find_uri, is_book, is_website
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.writing_phase.srcset import (
    Offer,
    find_column,
    make_offer,
    measure_card,
    measure_column,
)
from sphinx_leadposts.sphinx_ext.writing_phase.website import Website
from sphinx_leadposts.sphinx_ext.writing_phase.wording import (
    _,
    format_day,
    format_machine_date,
    format_reading_time,
    say_part,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.shown import Header, Pager, SeriesBox
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery

_PLACES: Final = {place.name: place for place in (HEADER, CARD)}


class Page:
    """What templates ask of the page they are rendered into.

    :param builder: the builder at work.
    :param docname: the document whose page it is; links are relative to it.
    :param gallery: knows the files of each picture.
    """

    def __init__(
        self, builder: StandaloneHTMLBuilder, docname: str, gallery: Gallery
    ) -> None:
        self._builder = builder
        self._docname = docname
        self._gallery = gallery
        self._column = find_column(builder.config.html_theme)
        self.config = read_config(builder.config)

    @property
    def docname(self) -> str:
        """The document whose page it is."""
        return self._docname

    @property
    def address(self) -> str:
        """Where the page stands on the web, empty where the site has no address."""
        website = Website(self._builder) if is_website(self._builder) else None
        return website.locate(self._docname) if website else ""

    @property
    def prints_addresses(self) -> bool:
        """Whether links elsewhere show where they lead, since the page is a book's."""
        return is_book(self._builder)

    def link(self, docname: str | None) -> str:
        """Return the address of ``docname``, empty where the output has none."""
        if docname is None:
            return ""
        return find_uri(self._builder, self._builder.env, self._docname, docname) or ""

    def show(
        self,
        picture: Picture,
        place: str,
        look: Look | None = None,
        width: int | None = None,
    ) -> Offer | None:
        """Return what a browser is told of ``picture``, ``None`` where none shows it.

        :param place: ``header`` or ``card``.
        :param look: how the grid is laid out that a card stands in.
        :param width: how wide it is shown at most, in CSS pixels; as wide as it is
            where nothing is said.
        """
        candidates = self._gallery.show(self._builder, picture, _PLACES[place])
        if not candidates:
            return None if picture.source else Offer(src=picture.path)
        if place == CARD.name:
            sizes = measure_card(self._column, look or Look())
        else:
            sizes = measure_column(self._column, min(picture.width, width or 10_000))
        folder, formats = self._builder.imgpath, self.config.image_formats
        return make_offer(folder, candidates, sizes, formats)

    def say_day(self, date: datetime) -> str:
        """Return ``date`` in words."""
        language = self._builder.config.language
        return format_day(date, self.config.date_format, language)

    def say_moment(self, date: datetime) -> str:
        """Return ``date`` for machines."""
        return format_machine_date(date)

    def say_reading_time(self, header: Header) -> str:
        """Return the reading time of a post in words."""
        return format_reading_time(header.words, self.config.words_per_minute)

    def say_part(self, series: SeriesBox) -> str:
        """Return which part of its series the post is, to stand before its name."""
        return say_part(series.number, series.count)

    def say_place(self, pager: Pager, number: int = 0) -> str:
        """Return where in a run the page stands, or the page of that number."""
        return _("Page %(number)d of %(count)d") % {
            "number": number or pager.number,
            "count": len(pager.pages),
        }
