"""Answers as plain nodes: headings, lists and links that every builder knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_leadposts.model.part import (
    Answer,
    Card,
    Header,
    Listing,
    ListPart,
    Part,
    ReadingPart,
    TagLink,
    TagsPart,
)
from sphinx_leadposts.sphinx_ext.domain import PAGE_TYPE
from sphinx_leadposts.sphinx_ext.writing_phase.wording import (
    _,
    format_day,
    format_reading_time,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_leadposts.config import LeadpostsConfig
    from sphinx_leadposts.model.post import Author, Picture
    from sphinx_leadposts.sphinx_ext.nodes import placeholder


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWriter:
    """Makes nodes of answers; none has a source, so that gettext takes no text."""

    config: LeadpostsConfig
    language: str

    def write(self, part: Part, answer: Answer, node: placeholder) -> list[nodes.Node]:
        """Return what stands in place of ``node``."""
        if isinstance(part, ReadingPart):
            title = nodes.title("", get_reading_title(part))
            return [nodes.topic("", title, *node.children)]
        if isinstance(answer, Header):
            return self._write_header(answer, node.docname)
        if isinstance(part, TagsPart) and isinstance(answer, tuple):
            links = (link for link in answer if isinstance(link, TagLink))
            return self._write_tags(links, node.docname)
        if isinstance(answer, Listing):
            return self._write_listing(part, answer, node.docname)
        return []

    def _write_header(self, header: Header, docname: str) -> list[nodes.Node]:
        written: list[nodes.Node] = []
        if header.picture and "image" in self.config.header:
            written.append(make_image(header.picture))
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


def get_reading_title(part: ReadingPart) -> str:
    """Return the title of a further-reading block."""
    return part.title or _("Further reading")


def link_page(target: str, text: str, source: str) -> nodes.Node:
    """Return a link from the document ``source`` to ``target`` that says ``text``."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="blog",
        reftype=PAGE_TYPE,
        reftarget=target,
        refdoc=source,
        refexplicit=True,
    )


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


def make_image(picture: Picture) -> nodes.image:
    """Return an image that is kept, once the builder is known, if it can be shown."""
    uri = picture.path
    key = "*" if picture.name else "?"
    image = nodes.image("", uri=uri, alt=picture.alt, candidates={key: uri})
    image["leadposts_picture"] = picture
    return image


def _join(items: Iterable[nodes.Node], between: str) -> list[nodes.Node]:
    joined: list[nodes.Node] = []
    for item in items:
        if joined:
            joined.append(nodes.Text(between))
        joined.append(item)
    return joined
