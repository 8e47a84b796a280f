"""What feeds and heads of pages are made of: plain values with absolute addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPicture:
    """A picture on the web: its size in bytes and pixels, 0 where it is not known."""

    url: str
    mimetype: str = ""
    length: int = 0
    width: int = 0
    height: int = 0
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAuthor:
    """Who wrote something, and where they are at home."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A tag or category: ``term`` is what machines know it by, ``label`` is shown."""

    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A post in a feed.

    ``id`` never changes, whatever happens to the post. ``published`` and ``updated``
    are aware. ``summary`` is text, ``content`` HTML whose addresses are absolute, empty
    where the feed gives summaries only. A post that lives elsewhere has an
    ``external_url``.
    """

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime | None = None
    summary: str = ""
    content: str = ""
    authors: tuple[WebAuthor, ...] = ()
    labels: tuple[Label, ...] = ()
    picture: WebPicture | None = None
    external_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed at ``url`` of the posts on the page ``home_url``, the newest first.

    ``author`` is who stands for items that name nobody; ``language`` is a BCP 47 tag,
    such as ``pt-BR``. There is at least one item.
    """

    url: str
    home_url: str
    title: str
    items: tuple[FeedItem, ...]
    author: WebAuthor
    description: str = ""
    language: str = "en"

    @property
    def updated(self) -> datetime:
        """The latest moment at which one of the items appeared or changed."""
        moments = (m for item in self.items for m in (item.published, item.updated))
        return max(moment for moment in moments if moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """Where a page says that a feed is; ``href`` may be relative to the page."""

    title: str
    href: str
    mimetype: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step on the way from the start of the site to a page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The author that a page is about; ``links`` are their other places."""

    name: str
    url: str = ""
    description: str = ""
    picture: WebPicture | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the head of a post says beside what any page says.

    ``series`` is the name of a series, ``part`` counts from 1 and is 0 outside one.
    ``section`` are categories.
    """

    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[WebAuthor, ...] = ()
    tags: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    words: int = 0
    series: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """What the head of a page says to other programs.

    ``url`` is empty where the site has no address; then there are no crumbs, no items
    and no picture either. ``kind`` says which of the other values count: a post has an
    ``article``, a list has ``items`` (the addresses of the posts on this page, of which
    the first stands at ``start``; the whole list has ``total``), the page of an author
    is a list with a ``person``. ``crumbs`` end with the page itself. ``site_name`` is
    the name of the whole site, ``language`` a BCP 47 tag.
    """

    kind: Literal["post", "list"]
    title: str
    url: str = ""
    site_name: str = ""
    site_url: str = ""
    language: str = "en"
    description: str = ""
    picture: WebPicture | None = None
    crumbs: tuple[Crumb, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    article: Article | None = None
    items: tuple[str, ...] = ()
    start: int = 1
    total: int = 0
    person: Person | None = None
