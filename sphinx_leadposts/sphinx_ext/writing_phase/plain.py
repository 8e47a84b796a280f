"""Answers as plain nodes: headings, lists and links that every builder knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_leadposts.model.guide_posts import GuidePostsPart
from sphinx_leadposts.model.leading import ReadingPart
from sphinx_leadposts.model.listing import ListPart
from sphinx_leadposts.model.nearby import RelatedPart
from sphinx_leadposts.model.shown import (
    Call,
    Card,
    Cluster,
    Header,
    Listing,
    Reading,
    SeriesBox,
)
from sphinx_leadposts.sphinx_ext.nodes import (
    join_nodes,
    link_archive,
    link_page,
    make_image,
)
from sphinx_leadposts.sphinx_ext.writing_phase.reading import (
    READING_CLASS,
    ReadingWriter,
    show_call,
)
from sphinx_leadposts.sphinx_ext.writing_phase.wording import (
    _,
    format_day,
    format_reading_time,
    say_cluster_title,
    say_part,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_leadposts.config import LeadpostsConfig
    from sphinx_leadposts.model.part import Answer, Part
    from sphinx_leadposts.model.shown import ArchiveLink, Byline
    from sphinx_leadposts.sphinx_ext.nodes import placeholder


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWriter:
    """Makes nodes of answers; none has a source, so that gettext takes no text."""

    config: LeadpostsConfig
    language: str
    reading: ReadingWriter

    def write(self, part: Part, answer: Answer, node: placeholder) -> list[nodes.Node]:
        """Return what stands in place of ``node``."""
        if isinstance(answer, Reading | Cluster | Call):
            return self._write_leading(part, answer, node)
        if isinstance(answer, Header):
            return self._write_header(answer, node.docname)
        if isinstance(answer, SeriesBox):
            return self._write_series(answer, node.docname)
        if isinstance(answer, tuple):
            return self._write_archives(answer, node.docname)
        if isinstance(answer, Listing):
            picture = answer.intro.picture
            return [
                *([make_image(picture, "")] if picture else []),
                *self.reading.show_intro(answer.intro, node.docname),
                *self._write_listing(part, answer, node.docname),
            ]
        return []

    def _write_leading(
        self, part: Part, answer: Reading | Cluster | Call, node: placeholder
    ) -> list[nodes.Node]:
        if isinstance(part, ReadingPart) and isinstance(answer, Reading):
            return self.reading.write(part, answer, node)
        if isinstance(part, GuidePostsPart) and isinstance(answer, Cluster):
            return self._write_cluster(part, answer, node.docname)
        return [show_call(answer, node.docname)] if isinstance(answer, Call) else []

    def _write_series(self, series: SeriesBox, docname: str) -> list[nodes.Node]:
        name: nodes.Node = nodes.Text(series.label)
        if series.docname:
            name = link_page(series.docname, series.label, docname)
        line = nodes.paragraph("", f"{say_part(series.number, series.count)} ", name)
        parts = nodes.enumerated_list("", enumtype="arabic", prefix="", suffix=".")
        for part in series.parts:
            link = link_page(part.docname, part.title, docname)
            is_this = part.docname == docname
            shown = nodes.strong("", part.title) if is_this else link
            parts += nodes.list_item("", nodes.paragraph("", "", shown))
        return [line, parts]

    def _write_cluster(
        self, part: GuidePostsPart, cluster: Cluster, docname: str
    ) -> list[nodes.Node]:
        if not cluster.groups:
            return [nodes.paragraph("", part.empty)] if part.empty else []
        written: list[nodes.Node] = []
        for group in cluster.groups:
            if group.label:
                written.append(nodes.paragraph("", "", nodes.strong("", group.label)))
            written += self._write_listing(part, group.listing, docname)
        return [frame_links(part.title or say_cluster_title(), *written)]

    def _write_header(self, header: Header, docname: str) -> list[nodes.Node]:
        written: list[nodes.Node] = []
        if header.picture and "image" in self.config.header:
            written.append(make_image(header.picture, header.title))
        line = nodes.paragraph("", classes=["leadposts-header"])
        for name in self.config.header:
            words = self._write_header_part(name, header, docname)
            if words:
                if len(line):
                    line += nodes.Text(" · ")
                line += words
        return [*written, line] if len(line) else written

    def _write_header_part(
        self, name: str, header: Header, docname: str
    ) -> list[nodes.Node]:
        if name == "date" and header.date:
            day = format_day(header.date, self.config.date_format, self.language)
            return [nodes.Text(day)]
        if name == "updated" and header.updated:
            day = format_day(header.updated, self.config.date_format, self.language)
            return [nodes.Text(f"{_('Updated')} {day}")]
        if name == "authors":
            return join_nodes(
                (link_author(author, docname) for author in header.authors), ", "
            )
        if name == "reading-time":
            pace = self.config.words_per_minute
            return [nodes.Text(format_reading_time(header.words, pace))]
        if name == "tags":
            return join_nodes((link_archive(tag, docname) for tag in header.tags), ", ")
        return []

    def _write_listing(
        self, part: Part, listing: Listing, docname: str
    ) -> list[nodes.Node]:
        if listing.cards:
            items = (self._write_card(card, docname) for card in listing.cards)
            made = nodes.bullet_list("", *items, classes=["leadposts-list"])
            is_related = isinstance(part, RelatedPart)
            return [frame_links(_("Related posts"), made)] if is_related else [made]
        empty = part.empty if isinstance(part, ListPart) else ""
        return [nodes.paragraph("", empty)] if empty else []

    def _write_card(self, card: Card, docname: str) -> nodes.list_item:
        line = nodes.paragraph("", "", link_card(card, docname))
        if card.date:
            day = format_day(card.date, self.config.date_format, self.language)
            line += nodes.Text(f" – {day}")
        item = nodes.list_item("", line)
        if card.summary:
            item += nodes.paragraph("", card.summary)
        return item

    def _write_archives(
        self, archives: Iterable[ArchiveLink], docname: str
    ) -> list[nodes.Node]:
        items = []
        for archive in archives:
            line = nodes.paragraph("", "", link_archive(archive, docname))
            if archive.count:
                line += nodes.Text(f" ({archive.count})")
            narrower = self._write_archives(archive.narrower, docname)
            items.append(nodes.list_item("", line, *narrower))
        return [nodes.bullet_list("", *items)] if items else []


def link_card(card: Card, source: str) -> nodes.Node:
    """Return a link to the post of ``card``, which may live elsewhere."""
    if card.external_url:
        return nodes.reference("", card.title, refuri=card.external_url)
    return link_page(card.docname, card.title, source)


def link_author(author: Byline, source: str) -> nodes.Node:
    """Return a link to the page or the site of ``author``, or the name."""
    if author.docname:
        return link_page(author.docname, author.name, source)
    if author.url:
        return nodes.reference("", author.name, refuri=author.url)
    return nodes.Text(author.name)


def frame_links(title: str, *children: nodes.Node) -> nodes.topic:
    """Return ``children`` below ``title``."""
    return nodes.topic("", nodes.title("", title), *children, classes=[READING_CLASS])
