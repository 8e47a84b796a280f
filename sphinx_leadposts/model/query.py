"""Which posts a list holds, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_leadposts.model.archive import ArchiveKind, Shelf
    from sphinx_leadposts.model.post import Post

Sort = Literal["date", "updated", "title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to the blog.

    A post matches when it has at least one of ``tags``, of ``categories``, of
    ``authors``, of ``series`` (or none are asked for), none of the tags in
    ``exclude``, and was published in ``year`` (or none is asked for). ``featured``
    asks for featured posts, or for the others. ``limit`` 0 means all.
    """

    tags: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    year: int | None = None
    featured: bool | None = None
    sort: Sort = "date"
    reverse: bool = False
    limit: int = 0

    def list_wishes(self) -> Mapping[ArchiveKind, tuple[str, ...]]:
        """Return the names that are asked for, by kind."""
        return {
            "tag": self.tags,
            "category": self.categories,
            "author": self.authors,
            "series": self.series,
            "year": (str(self.year),) if self.year is not None else (),
        }


def select_posts(
    posts: Iterable[Post],
    query: Query,
    *,
    asker: str,
    shelves: Mapping[str, Shelf],
) -> list[Post]:
    """Return the posts that answer ``query``, in its order.

    Featured posts come first where the order is that of dates. ``asker`` is the
    docname of the page that asks; it never lists itself. ``shelves`` know which posts
    are of which archive.
    """
    wished = [
        _gather(shelves[kind], names)
        for kind, names in query.list_wishes().items()
        if names
    ]
    unwanted = _gather(shelves["tag"], query.exclude)
    chosen = [
        post
        for post in posts
        if post.docname != asker
        and post.docname not in unwanted
        and all(post.docname in docnames for docnames in wished)
        and query.featured in {None, post.featured is not None}
    ]
    chosen.sort(key=lambda post: _order(post, query.sort))
    if query.reverse:
        chosen.reverse()
    if query.sort == "date":
        chosen.sort(key=lambda post: post.rank)
    return chosen[: query.limit] if query.limit else chosen


def _gather(shelf: Shelf, names: Iterable[str]) -> set[str]:
    """Return the docnames of all posts in the archives called ``names``."""
    found = (shelf.find(name) for name in names)
    return {post.docname for archive in found if archive for post in archive.posts}


def _order(post: Post, sort: Sort) -> tuple[str, str] | tuple[float, str]:
    if sort == "title":
        return (post.title.casefold(), post.docname)
    if sort == "updated" and post.updated:
        return (-post.updated.timestamp(), post.docname)
    return post.order
