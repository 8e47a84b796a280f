"""Parts: what a page asks of the blog, and what it is shown.

A part is planted in a document when the document is read and answered when its page
is written. The answer is a plain value, so that two answers can be compared: a page
needs rewriting exactly when an answer differs from the one it was written with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sphinx_leadposts.model.address import count_pages, number_page
from sphinx_leadposts.model.query import Query, select_posts

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.post import Author, Picture, Post
    from sphinx_leadposts.model.tag import Tag

Layout = Literal["cards", "list", "compact"]
TagLayout = Literal["list", "cloud", "compact"]
TagSort = Literal["name", "count"]


# What is shown ----------------------------------------------------------------------


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
class Listing:
    """Cards in order, with a pager where the run has more than one page."""

    cards: tuple[Card, ...]
    pager: Pager | None = None


Answer = Header | Listing | tuple[TagLink, ...] | tuple[Card | None, ...] | None


# What is asked ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How cards are laid out; ``columns`` and ``gutter`` in the grid's grammar.

    Both hold one value for each width, from narrow to wide: ``("1", "2", "2", "3")``.
    """

    layout: Layout = "cards"
    columns: tuple[str, ...] = ("1", "2", "2", "3")
    gutter: tuple[str, ...] = ("3", "3", "3", "3")
    class_card: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderPart:
    """The header of the post in which it stands."""

    def answer(self, catalog: Catalog, docname: str) -> Header | None:
        """Return the header of ``docname``, ``None`` where it is no post."""
        post = catalog.by_docname.get(docname)
        if post is None:
            return None
        return Header(
            title=post.title,
            date=post.date,
            words=post.words,
            picture=post.picture,
            tags=_link_tags(catalog, post),
            updated=post.updated,
            authors=tuple(catalog.find_author(author) for author in post.authors),
            external_url=post.external_url,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """A list of the posts that answer a query."""

    query: Query
    look: Look = Look()
    image: bool = True
    summary: bool = True
    empty: str = ""

    def answer(self, catalog: Catalog, docname: str) -> Listing:
        """Return the matching posts as cards."""
        posts = select_posts(
            catalog.posts, self.query, asker=docname, index=catalog.tag_index
        )
        return Listing(
            cards=tuple(
                make_card(catalog, post, image=self.image, summary=self.summary)
                for post in posts
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPart:
    """The card of one post, by docname."""

    target: str
    class_card: tuple[str, ...] = ()

    def answer(self, catalog: Catalog, docname: str) -> Listing:
        """Return a listing of that post, empty where there is no such post."""
        post = catalog.find_post(self.target)
        return Listing(cards=(make_card(catalog, post),) if post else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsPart:
    """A list of tags with their counts; tags below ``minimum`` posts are left out."""

    layout: TagLayout = "list"
    sort: TagSort = "name"
    minimum: int = 1
    limit: int = 0

    def answer(self, catalog: Catalog, docname: str) -> tuple[TagLink, ...]:
        """Return the tags in the order asked for."""
        tags = [tag for tag in catalog.tags if len(tag.posts) >= self.minimum]
        if self.sort == "count":
            tags.sort(key=lambda tag: -len(tag.posts))
        return tuple(
            _link_tag(catalog, tag) for tag in (tags[: self.limit or len(tags)])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPart:
    """One page of a paginated run: all posts, or those of the tag ``slug``.

    ``first`` is the docname of the run's first page, ``number`` counts from 1.
    """

    first: str
    number: int
    size: int
    slug: str | None = None

    def answer(self, catalog: Catalog, docname: str) -> Listing:
        """Return the posts of this page, and its neighbours."""
        posts = self._select(catalog)
        start = (self.number - 1) * self.size
        count = count_pages(len(posts), self.size)
        cards = tuple(
            make_card(catalog, post) for post in posts[start : start + self.size]
        )
        if count == 1:
            return Listing(cards=cards)
        pager = Pager(
            number=self.number,
            count=count,
            previous=self._neighbour(-1, count),
            next=self._neighbour(1, count),
        )
        return Listing(cards=cards, pager=pager)

    def _select(self, catalog: Catalog) -> tuple[Post, ...]:
        if self.slug is None:
            return catalog.posts
        tag = catalog.find_tag(self.slug)
        return tag.posts if tag else ()

    def _neighbour(self, step: int, count: int) -> str | None:
        number = self.number + step
        return number_page(self.first, number) if 1 <= number <= count else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPart:
    """A further-reading block; the links themselves stay nodes of the document.

    ``targets`` has the docname, or the name of the post, behind each link; ``None``
    for a link elsewhere.
    """

    targets: tuple[str | None, ...]
    layout: Literal["list", "cards"] = "list"
    title: str = ""

    def answer(self, catalog: Catalog, docname: str) -> tuple[Card | None, ...]:
        """Return the cards of those targets that are posts, for the card layout."""
        if self.layout == "list":
            return ()
        posts = (catalog.find_post(target or "") for target in self.targets)
        return tuple(make_card(catalog, post) if post else None for post in posts)


Part = HeaderPart | ListPart | CardPart | TagsPart | RunPart | ReadingPart


def make_card(
    catalog: Catalog, post: Post, *, image: bool = True, summary: bool = True
) -> Card:
    """Return the card of ``post``, without picture or summary where not wanted."""
    return Card(
        docname=post.docname,
        title=post.title,
        date=post.date,
        summary=post.summary if summary else "",
        picture=post.picture if image else None,
        tags=_link_tags(catalog, post),
        external_url=post.external_url,
    )


def _link_tags(catalog: Catalog, post: Post) -> tuple[TagLink, ...]:
    return tuple(
        TagLink(label=tag.label, docname=catalog.locate_tag(tag))
        for tag in catalog.list_tags(post)
    )


def _link_tag(catalog: Catalog, tag: Tag) -> TagLink:
    return TagLink(
        label=tag.label, docname=catalog.locate_tag(tag), count=len(tag.posts)
    )
