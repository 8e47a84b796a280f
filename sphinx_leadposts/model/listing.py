"""Parts that show posts and tags: headers, lists, cards, runs of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sphinx_leadposts.model.address import count_pages, number_page
from sphinx_leadposts.model.card import link_tag, link_tags, make_card
from sphinx_leadposts.model.lead import lead_to_guide
from sphinx_leadposts.model.query import Query, select_posts
from sphinx_leadposts.model.shown import Header, Intro, Listing, Pager, TagLink

if TYPE_CHECKING:
    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.post import Post

Layout = Literal["cards", "list", "compact"]
TagLayout = Literal["list", "cloud", "compact"]
TagSort = Literal["name", "count"]


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
            link_tag(catalog, tag) for tag in (tags[: self.limit or len(tags)])
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
        intro = self._introduce(catalog)
        if count == 1:
            return Listing(cards=cards, intro=intro)
        pager = Pager(
            number=self.number,
            count=count,
            previous=self._neighbour(-1, count),
            next=self._neighbour(1, count),
        )
        return Listing(cards=cards, pager=pager, intro=intro)

    def _introduce(self, catalog: Catalog) -> Intro:
        tag = catalog.find_tag(self.slug) if self.slug else None
        if tag is None or self.number > 1:
            return Intro()
        guides = catalog.guides.list_of_tag(tag.key)
        leads = tuple(lead_to_guide(catalog, g, picture=False) for g in guides)
        return Intro(description=tag.description, leads=leads)

    def _select(self, catalog: Catalog) -> tuple[Post, ...]:
        if self.slug is None:
            return catalog.posts
        tag = catalog.find_tag(self.slug)
        return tag.posts if tag else ()

    def _neighbour(self, step: int, count: int) -> str | None:
        number = self.number + step
        return number_page(self.first, number) if 1 <= number <= count else None
