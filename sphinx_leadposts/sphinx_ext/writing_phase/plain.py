"""Answers as plain nodes: headings, lists and links that every builder knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_leadposts.model.leading import GuidePostsPart, ReadingPart
from sphinx_leadposts.model.listing import ListPart, TagsPart
from sphinx_leadposts.model.shown import (
    Call,
    Card,
    Cluster,
    Header,
    Listing,
    Reading,
)
from sphinx_leadposts.sphinx_ext.nodes import PICTURE_KEY, link_page
from sphinx_leadposts.sphinx_ext.writing_phase.reading import (
    READING_CLASS,
    ReadingWriter,
    get_reading_title,
    show_call,
)
from sphinx_leadposts.sphinx_ext.writing_phase.wording import (
    _,
    format_day,
    format_reading_time,
    say_cluster_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_leadposts.config import LeadpostsConfig
    from sphinx_leadposts.model.part import Answer, Part
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.post import Author
    from sphinx_leadposts.model.shown import TagLink
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
        if isinstance(part, TagsPart) and isinstance(answer, tuple):
            return self._write_tags(answer, node.docname)
        if isinstance(answer, Listing):
            intro = self.reading.show_intro(answer.intro, node.docname)
            return [*intro, *self._write_listing(part, answer, node.docname)]
        return []

    def _write_leading(
        self, part: Part, answer: Reading | Cluster | Call, node: placeholder
    ) -> list[nodes.Node]:
        if isinstance(part, ReadingPart) and isinstance(answer, Reading):
            return self._write_reading(part, answer, node)
        if isinstance(part, GuidePostsPart) and isinstance(answer, Cluster):
            return self._write_cluster(part, answer, node.docname)
        return [show_call(answer, node.docname)] if isinstance(answer, Call) else []

    def _write_reading(
        self, part: ReadingPart, answer: Reading, node: placeholder
    ) -> list[nodes.Node]:
        if not answer.leads:
            return []
        heading, written = get_reading_title(part), list(node.children)
        if part.layout == "sentence":
            return [
                self.reading.write_sentence(
                    heading, answer.leads, written, node.docname
                )
            ]
        items = self.reading.list_items(answer.leads, written, node.docname)
        return [_frame(heading, items)]

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
        return [_frame(part.title or say_cluster_title(), *written)]

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
            return _join((link_author(author) for author in header.authors), ", ")
        if name == "reading-time":
            pace = self.config.words_per_minute
            return [nodes.Text(format_reading_time(header.words, pace))]
        if name == "tags":
            return _join((link_tag(tag, docname) for tag in header.tags), ", ")
        return []

    def _write_listing(
        self, part: Part, listing: Listing, docname: str
    ) -> list[nodes.Node]:
        if listing.cards:
            items = (self._write_card(card, docname) for card in listing.cards)
            return [nodes.bullet_list("", *items, classes=["leadposts-list"])]
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

    def _write_tags(self, tags: Iterable[TagLink], docname: str) -> list[nodes.Node]:
        items = []
        for tag in tags:
            line = nodes.paragraph("", "", link_tag(tag, docname))
            line += nodes.Text(f" ({tag.count})")
            items.append(nodes.list_item("", line))
        return [nodes.bullet_list("", *items)] if items else []


def link_card(card: Card, source: str) -> nodes.Node:
    """Return a link to the post of ``card``, which may live elsewhere."""
    if card.external_url:
        return nodes.reference("", card.title, refuri=card.external_url)
    return link_page(card.docname, card.title, source)


def link_author(author: Author) -> nodes.Node:
    """Return a link to the site of ``author``, or the name."""
    if author.url:
        return nodes.reference("", author.name, refuri=author.url)
    return nodes.Text(author.name)


def link_tag(tag: TagLink, source: str) -> nodes.Node:
    """Return a link to the page of ``tag``, or its name where it has none."""
    if tag.docname is None:
        return nodes.Text(tag.label)
    return link_page(tag.docname, tag.label, source)


def make_image(picture: Picture, title: str) -> nodes.image:
    """Return an image that is kept, once the builder is known, if it can be shown.

    A text that only repeats the title says nothing to those who read.
    """
    says_more = picture.alt.strip(" .").casefold() != title.strip(" .").casefold()
    # Sphinx's ImageDownloader would fetch one from elsewhere, by its address.
    uri, key = (picture.path, "*") if picture.source else ("", "?")
    image = nodes.image(
        "", uri=uri, alt=picture.alt if says_more else "", candidates={key: uri}
    )
    image[PICTURE_KEY] = picture
    return image


def _join(items: Iterable[nodes.Node], between: str) -> list[nodes.Node]:
    joined: list[nodes.Node] = []
    for item in items:
        if joined:
            joined.append(nodes.Text(between))
        joined.append(item)
    return joined


def _frame(title: str, *children: nodes.Node) -> nodes.topic:
    return nodes.topic("", nodes.title("", title), *children, classes=[READING_CLASS])
