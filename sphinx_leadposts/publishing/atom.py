"""A feed as Atom 1.0 (RFC 4287), with pictures as Media RSS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from feedgenerator import Atom1Feed, rfc3339_date

from sphinx_leadposts.publishing.forms import FORMS

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx_leadposts.publishing.records import (
        Feed,
        FeedItem,
        WebAuthor,
        WebPicture,
    )

#: Without a version, with which the bytes of all feeds would change.
GENERATOR: Final = "sphinx-leadposts"
MEDIA_NAMESPACE: Final = "http://search.yahoo.com/mrss/"


class AtomFeed(Atom1Feed):  # type: ignore[misc]
    """The document that is made of one feed.

    Of the library's elements only the frame is used: its links have no type, its
    summaries are HTML, its categories have no label, and its entries one author.
    """

    def __init__(self, feed: Feed) -> None:
        super().__init__(
            title=feed.title,
            link=feed.home_url,
            description=feed.description,
            language=feed.language or None,
            feed_url=feed.url,
            feed_guid=feed.url,
        )
        self._feed = feed
        for item in feed.items:
            self.add_item(item.title, item.url, item.summary, record=item)

    def latest_post_date(self) -> datetime:
        """Return the moment of the last change; the library's may be that of now."""
        return self._feed.updated

    def root_attributes(self) -> dict[str, str]:
        """Return the attributes of ``feed``: its language and all namespaces."""
        return {**super().root_attributes(), "xmlns:media": MEDIA_NAMESPACE}

    def add_root_elements(self, handler: Any) -> None:
        """Write what the feed says of itself."""
        feed = self._feed
        handler.addQuickElement("id", feed.url)
        handler.addQuickElement("title", feed.title)
        if feed.description:
            handler.addQuickElement("subtitle", feed.description)
        handler.addQuickElement("updated", rfc3339_date(feed.updated))
        _write_link(handler, "self", FORMS["atom"].mimetype, feed.url)
        _write_link(handler, "alternate", "text/html", feed.home_url)
        _write_author(handler, feed.author)
        handler.addQuickElement("generator", GENERATOR)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry."""
        record: FeedItem = item["record"]
        handler.addQuickElement("id", record.id)
        handler.addQuickElement("title", record.title)
        _write_link(handler, "alternate", "text/html", find_link(record))
        handler.addQuickElement("published", rfc3339_date(record.published))
        updated = record.updated or record.published
        handler.addQuickElement("updated", rfc3339_date(updated))
        for author in record.authors:
            _write_author(handler, author)
        for label in record.labels:
            marks = {"term": label.term, "label": label.label}
            handler.addQuickElement("category", None, marks)
        if record.summary:
            handler.addQuickElement("summary", record.summary, {"type": "text"})
        if record.content:
            handler.addQuickElement("content", record.content, {"type": "html"})
        if record.picture:
            write_picture(handler, record.picture)


def find_link(item: FeedItem) -> str:
    """Return the URL at which ``item`` is read."""
    return item.external_url or item.url


def write_picture(handler: Any, picture: WebPicture) -> None:
    """Write ``picture`` for all to see, without what is not known of it.

    Media RSS 1.5.1, https://www.rssboard.org/media-rss#media-content, which counts in
    bytes and pixels. ``handler`` is a generator of XML from ``feedgenerator``.
    """
    known = {
        "url": picture.url,
        "type": picture.mimetype,
        "fileSize": str(picture.length or ""),
        "width": str(picture.width or ""),
        "height": str(picture.height or ""),
        "medium": "image",
    }
    marks = {name: value for name, value in known.items() if value}
    handler.startElement("media:content", marks)
    if picture.alt:
        handler.addQuickElement("media:description", picture.alt, {"type": "plain"})
    handler.endElement("media:content")


def _write_link(handler: Any, relation: str, mimetype: str, url: str) -> None:
    marks = {"rel": relation, "type": mimetype, "href": url}
    handler.addQuickElement("link", None, marks)


def _write_author(handler: Any, author: WebAuthor) -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", author.name)
    if author.url:
        handler.addQuickElement("uri", author.url)
    handler.endElement("author")
