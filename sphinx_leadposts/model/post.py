"""A post: what is known of it once its document has been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx_leadposts.model.link import Link
    from sphinx_leadposts.model.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote a post; ``key`` is how posts name them, ``url`` may be empty."""

    key: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPart:
    """The place of a post in a series; ``part`` is ``None`` where it goes by date."""

    name: str
    part: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The text of a paragraph, cut to the length of a summary, and its links."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, as lists, cards, headers and feeds need it.

    ``date`` is aware and in the zone of the blog, ``None`` where the post has none.
    ``tags`` are the labels as the post spells them, without marker tags. ``words``
    counts the words of the body. ``featured`` is a rank from 1. A post with an
    ``external_url`` lives there.

    ``description`` is what the author says of the post. Where that is empty, the first
    of ``excerpts`` that does not lead to a guide is shown; the last of them has no
    links. ``guides`` are names as the post gives them, ``None`` where it gives none,
    and ``guide_for`` the tags whose guide it says it is. ``related`` are names of posts
    to read next. ``old_paths`` are addresses of the post before, or elsewhere, from the
    root of the site.
    """

    docname: str
    title: str
    date: datetime | None = None
    picture: Picture | None = None
    tags: tuple[str, ...] = ()
    description: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    words: int = 0
    updated: datetime | None = None
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    featured: int | None = None
    series: SeriesPart | None = None
    external_url: str = ""
    canonical_url: str = ""
    guides: tuple[str, ...] | None = None
    guide_for: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    old_paths: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[float, str]:
        """Sort key that puts the newest post first and undated posts last."""
        return (-self.date.timestamp() if self.date else float("inf"), self.docname)

    @property
    def rank(self) -> float:
        """Sort key that puts featured posts first; the order of others is kept."""
        return self.featured or float("inf")
