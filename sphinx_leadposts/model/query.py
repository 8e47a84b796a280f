"""Which posts a list holds, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.tag import TagIndex

Sort = Literal["date", "title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to the blog.

    A post matches when it has at least one of ``tags`` (or none are asked for),
    none of ``exclude``, and was published in ``year`` (or none is asked for).
    ``limit`` 0 means all.
    """

    tags: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    year: int | None = None
    sort: Sort = "date"
    reverse: bool = False
    limit: int = 0


def select_posts(
    posts: Iterable[Post], query: Query, *, asker: str, index: TagIndex
) -> list[Post]:
    """Return the posts that answer ``query``, in its order.

    ``asker`` is the docname of the page that asks; it never lists itself. ``index``
    knows which spellings are one tag.
    """
    wanted = {index.find_key(tag) for tag in query.tags}
    unwanted = {index.find_key(tag) for tag in query.exclude}
    chosen = [
        post
        for post in posts
        if post.docname != asker
        and _matches({index.find_key(tag) for tag in post.tags}, wanted, unwanted)
        and (query.year is None or (post.date and post.date.year == query.year))
    ]
    if query.sort == "title":
        chosen.sort(key=lambda post: (post.title.casefold(), post.docname))
    else:
        chosen.sort(key=lambda post: post.order)
    if query.reverse:
        chosen.reverse()
    return chosen[: query.limit] if query.limit else chosen


def _matches(keys: set[str], wanted: set[str], unwanted: set[str]) -> bool:
    return (not wanted or bool(keys & wanted)) and not keys & unwanted
