"""What pages are shown: plain values, ready for a template or for a writer of nodes.

Two of them can be compared, so it can be told whether a page would come out as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.post import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class TagLink:
    """A tag with the docname of its page, ``None`` where it has none."""

    label: str
    docname: str | None
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card or a line of a list says of a post."""

    docname: str
    title: str
    date: datetime | None
    summary: str
    picture: Picture | None
    tags: tuple[TagLink, ...]
    external_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands below the title of a post."""

    title: str
    date: datetime | None
    words: int
    picture: Picture | None
    tags: tuple[TagLink, ...]
    updated: datetime | None = None
    authors: tuple[Author, ...] = ()
    external_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where a page stands in its run; the neighbours are docnames."""

    number: int
    count: int
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A link to read next, and what is known of the page behind it.

    ``docname`` is empty for a page elsewhere, which has a ``url``. ``item`` is the
    place of the link in the content of its block, counted from 0, ``None`` where no
    author wrote it.
    """

    title: str
    docname: str = ""
    url: str = ""
    anchor: str = ""
    description: str = ""
    picture: Picture | None = None
    reviewed: datetime | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A block of links to read next, in order."""

    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intro:
    """What opens the page of a tag: what the tag is about, and its guides."""

    description: str = ""
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Cards in order, with a pager where the run has more than one page."""

    cards: tuple[Card, ...]
    pager: Pager | None = None
    intro: Intro = Intro()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some of the posts that lead to a guide; ``label`` is empty for all of them."""

    label: str
    listing: Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The posts that lead to a guide, in groups."""

    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call to action: the first button stands out."""

    title: str
    text: str
    buttons: tuple[Lead, ...]
