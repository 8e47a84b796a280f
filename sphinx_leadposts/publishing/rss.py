"""A feed as RSS 2.0, with the modules that readers know.

RSS: https://www.rssboard.org/rss-specification, read as its Best Practices Profile
says (https://www.rssboard.org/rss-profile). It has no place for names without a
mailbox, for HTML beside a summary, or for changes: Dublin Core, the content module and
Atom have.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from feedgenerator import Rss201rev2Feed, rfc3339_date

from sphinx_leadposts.publishing.atom import (
    GENERATOR,
    MEDIA_NAMESPACE,
    find_link,
    write_picture,
)
from sphinx_leadposts.publishing.forms import FORMS

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx_leadposts.publishing.records import Feed, FeedItem

_NAMESPACES: Final = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": MEDIA_NAMESPACE,
}


class RssFeed(Rss201rev2Feed):  # type: ignore[misc]
    """The document that is made of one feed."""

    def __init__(self, feed: Feed) -> None:
        # No address of the feed: the link that the library makes of it has no type.
        super().__init__(
            title=feed.title,
            link=feed.home_url,
            description=_escape(feed.description or feed.title),
            language=feed.language or None,
        )
        self._feed = feed
        for item in feed.items:
            self.add_item(
                title=item.title,
                link=find_link(item),
                description=_escape(item.summary) or None,
                pubdate=item.published,
                unique_id=item.id,
                unique_id_is_permalink=False,
                categories=[label.label for label in item.labels],
                record=item,
            )

    def latest_post_date(self) -> datetime:
        """Return the moment of the last change; the library's may be that of now."""
        return self._feed.updated

    def rss_attributes(self) -> dict[str, str]:
        """Return the attributes of ``rss``: its version and all namespaces."""
        return {**super().rss_attributes(), **_NAMESPACES}

    def add_root_elements(self, handler: Any) -> None:
        """Write what the channel says of itself."""
        super().add_root_elements(handler)
        marks = {"rel": "self", "type": FORMS["rss"].mimetype, "href": self._feed.url}
        handler.addQuickElement("atom:link", None, marks)
        handler.addQuickElement("dc:creator", self._feed.author.name)
        handler.addQuickElement("generator", GENERATOR)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an item."""
        super().add_item_elements(handler, item)
        record: FeedItem = item["record"]
        for author in record.authors:
            handler.addQuickElement("dc:creator", author.name)
        if record.updated:
            handler.addQuickElement("atom:updated", rfc3339_date(record.updated))
        if record.content:
            handler.addQuickElement("content:encoded", record.content)
        if record.picture:
            write_picture(handler, record.picture)


def _escape(text: str) -> str:
    """Return ``text`` as HTML, for which readers take every description."""
    return escape(text, quote=False)
