"""Parts that show posts and tags: headers, lists, cards, runs of pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sphinx_leadposts.model.address import count_pages, number_page, slice_page
from sphinx_leadposts.model.archive import make_key
from sphinx_leadposts.model.card import (
    link_archive,
    link_authors,
    link_tags,
    list_cards,
    make_card,
)
from sphinx_leadposts.model.lead import lead_to_guide
from sphinx_leadposts.model.query import Query, select_posts
from sphinx_leadposts.model.shown import Header, Intro, Listing, Pager
from sphinx_leadposts.model.tag_tree import grow_tree, list_narrower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_leadposts.model.archive import Archive, ArchiveKind
    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.shown import ArchiveLink

Layout = Literal["cards", "list", "compact"]
TagLayout = Literal["list", "cloud", "compact"]
TagSort = Literal["name", "count"]
ArchiveLayout = Literal["list", "compact"]


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
            tags=link_tags(catalog, post),
            updated=post.updated,
            authors=link_authors(catalog, post),
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
            catalog.posts, self.query, asker=docname, shelves=catalog.shelves
        )
        return list_cards(
            catalog,
            posts,
            is_grid=self.look.layout == "cards",
            image=self.image,
            summary=self.summary,
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
    """A list of tags with their counts; tags below ``minimum`` posts are left out.

    Only the layout ``list`` shows which tags stand below others.
    """

    layout: TagLayout = "list"
    sort: TagSort = "name"
    minimum: int = 1
    limit: int = 0

    def answer(self, catalog: Catalog, docname: str) -> tuple[ArchiveLink, ...]:
        """Return the tags in the order asked for."""
        shown = catalog.shelves["tag"].shown
        tags = [tag for tag in shown if len(tag.posts) >= self.minimum]
        if self.sort == "count":
            tags.sort(key=lambda tag: -len(tag.posts))
        tags = tags[: self.limit or len(tags)]
        if self.layout == "list":
            return grow_tree(catalog, tags)
        return tuple(link_archive(catalog, tag) for tag in tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivesPart:
    """A list of the archives of one kind with their counts."""

    kind: ArchiveKind = "year"
    layout: ArchiveLayout = "list"
    limit: int = 0

    def answer(self, catalog: Catalog, docname: str) -> tuple[ArchiveLink, ...]:
        """Return the archives: the latest year first, others by alphabet."""
        archives = catalog.shelves[self.kind].shown
        return tuple(
            link_archive(catalog, archive)
            for archive in archives[: self.limit or len(archives)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPart:
    """One page of a paginated run: all posts, or those of an archive.

    ``first`` is the docname of the run's first page, ``number`` counts from 1. The
    archive is the one of ``kind`` at the address ``slug``.
    """

    first: str
    number: int
    size: int
    kind: ArchiveKind | None = None
    slug: str = ""

    def answer(self, catalog: Catalog, docname: str) -> Listing:
        """Return the posts of this page, and its neighbours."""
        archive = self.find_archive(catalog)
        posts = self._select(catalog, archive)
        count = count_pages(len(posts), self.size)
        place = slice_page(self.number, len(posts), self.size)
        cards = tuple(make_card(catalog, post) for post in posts[place])
        is_opened = archive is not None and self.number == 1
        intro = introduce(catalog, archive) if is_opened and archive else Intro()
        return Listing(cards=cards, pager=self._make_pager(count), intro=intro)

    def find_archive(self, catalog: Catalog) -> Archive | None:
        """Return the archive whose posts these are, ``None`` for all posts."""
        return catalog.shelves[self.kind].find(self.slug) if self.kind else None

    def find_pager(self, catalog: Catalog) -> Pager | None:
        """Return the pages of the run, ``None`` where it has only one."""
        posts = self._select(catalog, self.find_archive(catalog))
        return self._make_pager(count_pages(len(posts), self.size))

    def _make_pager(self, count: int) -> Pager | None:
        if count == 1:
            return None
        pages = tuple(number_page(self.first, n + 1) for n in range(count))
        return Pager(number=self.number, pages=pages)

    def _select(self, catalog: Catalog, archive: Archive | None) -> Sequence[Post]:
        if self.kind is None:
            return catalog.ranked_posts
        if archive is None:
            return ()
        # A series is read from its beginning, and a year is a record.
        if self.kind in {"series", "year"}:
            return archive.posts
        return catalog.shelves[self.kind].rank(archive)


def _find_own_place(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield where an author is at home: as the registry says, or the latest post."""
    said = (
        author.url
        for post in archive.posts
        for author in post.authors
        if archive.kind == "author" and make_key(author.key) == archive.key
    )
    if url := archive.entry.url or next((url for url in said if url), ""):
        yield url.partition("://")[2].strip("/"), url


def introduce(catalog: Catalog, archive: Archive) -> Intro:
    """Return what opens the page of ``archive``."""
    entry = archive.entry
    intro = Intro(
        description=entry.description,
        picture=entry.picture,
        links=(*_find_own_place(archive), *entry.links),
    )
    if archive.kind != "tag":
        return intro
    guides = catalog.guides.list_of_tag(archive.key)
    return replace(
        intro,
        leads=tuple(lead_to_guide(catalog, g, picture=False) for g in guides),
        narrower=list_narrower(catalog, archive),
    )
