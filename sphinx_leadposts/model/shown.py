"""What pages are shown: plain values, ready for a template or for a writer of nodes.

Two of them can be compared, so it can be told whether a page would come out as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx_leadposts.model.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLink:
    """An archive with the docname of its page, ``None`` where it has none.

    ``count`` is the number of its posts, ``narrower`` are those below it.
    """

    label: str
    docname: str | None
    count: int = 0
    narrower: tuple[ArchiveLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who wrote a post, with the page of their posts, or their own address."""

    name: str
    docname: str | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLink:
    """A post by its title: its page, and the ``url`` at which it lives elsewhere."""

    title: str
    docname: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card or a line of a list says of a post."""

    docname: str
    title: str
    date: datetime | None
    summary: str
    picture: Picture | None
    tags: tuple[ArchiveLink, ...]
    external_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands below the title of a post."""

    title: str
    date: datetime | None
    words: int
    picture: Picture | None
    tags: tuple[ArchiveLink, ...]
    updated: datetime | None = None
    authors: tuple[Byline, ...] = ()
    external_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where a page stands in its run: ``number`` (from 1) among the docnames."""

    number: int
    pages: tuple[str, ...]

    @property
    def previous(self) -> str | None:
        """The page before this one."""
        return self.pages[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The page after this one."""
        return self.pages[self.number] if self.number < len(self.pages) else None

    @property
    def places(self) -> tuple[int | None, ...]:
        """The numbers that are shown, ``None`` where some between are left out.

        The first, the last, and those around this page; one number alone is not left
        out, since a gap takes as much room.
        """
        last = len(self.pages)
        near = {1, self.number - 1, self.number, self.number + 1, last}
        shown = sorted(number for number in near if 1 <= number <= last)
        places: list[int | None] = []
        for number in shown:
            before = places[-1] if places else 0
            if before is not None and number - before == 2:
                places.append(number - 1)
            elif before is not None and number - before > 2:
                places.append(None)
            places.append(number)
        return tuple(places)


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
    """What opens the page of an archive: what it is about, and where to go on.

    ``links`` (label, URL) are those of an author, ``leads`` the guides of a tag, and
    ``narrower`` the tags below it.
    """

    description: str = ""
    picture: Picture | None = None
    links: tuple[tuple[str, str], ...] = ()
    leads: tuple[Lead, ...] = ()
    narrower: tuple[ArchiveLink, ...] = ()


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
class SeriesBox:
    """The series of a post: ``number`` of ``count`` is the part that it is.

    ``parts`` are all posts of the series in order, ``docname`` is its page.
    """

    label: str
    docname: str | None
    number: int
    count: int
    parts: tuple[PostLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The posts before and after a post in time."""

    older: PostLink | None
    newer: PostLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place at the end of a post that the site fills itself."""

    name: str
    post: PostLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call to action: the first button stands out."""

    title: str
    text: str
    buttons: tuple[Lead, ...]
