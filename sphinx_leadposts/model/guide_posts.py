"""The part that shows the posts which lead to a guide."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sphinx_leadposts.model.card import list_cards
from sphinx_leadposts.model.doubt import ask_for
from sphinx_leadposts.model.listing import Look
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.query import Query, select_posts
from sphinx_leadposts.model.shown import Cluster, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.post import Post

_COMPACT: Final = Look(layout="compact")

Grouping = Literal["tag", "year", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePostsPart:
    """The posts that lead to a guide; the document itself where none is named.

    ``tags`` leave out posts that have none of them.
    """

    guide: str = ""
    tags: tuple[str, ...] = ()
    group: Grouping = "none"
    look: Look = _COMPACT
    image: bool = True
    summary: bool = False
    limit: int = 0
    title: str = ""
    empty: str = ""

    def answer(self, catalog: Catalog, docname: str) -> Cluster:
        """Return the posts, newest first in each group."""
        guide = catalog.guides.find_or_make(self.guide or docname)
        if guide is None:
            return Cluster()
        query = Query(tags=self.tags, limit=self.limit)
        posts = select_posts(
            catalog.guides.list_posts(guide.target),
            query,
            asker=docname,
            shelves=catalog.shelves,
        )
        groups: defaultdict[str, list[Post]] = defaultdict(list)
        for post in posts:
            groups[self._label(catalog, post)].append(post)
        labels = self._sort(catalog, groups)
        return Cluster(groups=tuple(self._show(catalog, n, groups[n]) for n in labels))

    def doubt(self, catalog: Catalog, docname: str) -> Iterator[Problem]:
        """Yield that there is no such guide."""
        if self.guide and catalog.guides.is_nowhere(self.guide):
            hint = ask_for(catalog.guess("name", self.guide))
            message = "guide-posts: there is no guide %r%s"
            yield Problem(
                subtype=Subtype.GUIDE, message=message, args=(self.guide[:80], hint)
            )

    def _label(self, catalog: Catalog, post: Post) -> str:
        if self.group == "year":
            return str(post.date.year) if post.date else ""
        if self.group == "none" or not post.tags:
            return ""
        keys = [catalog.tag_index.find_key(tag) for tag in post.tags]
        wanted = [catalog.tag_index.find_key(tag) for tag in self.tags]
        key = next((key for key in wanted if key in keys), keys[0])
        tag = catalog.find_tag(key)
        return tag.label if tag else ""

    def _sort(self, catalog: Catalog, groups: Iterable[str]) -> list[str]:
        """Return the labels in order; posts without one come last."""
        if self.group == "year":
            return sorted(groups, reverse=True)
        wanted = [catalog.tag_index.find_key(tag) for tag in self.tags]

        def rank(label: str) -> tuple[bool, int, str]:
            key = catalog.tag_index.find_key(label)
            place = wanted.index(key) if key in wanted else len(wanted)
            return (not label, place, label.casefold())

        return sorted(groups, key=rank)

    def _show(self, catalog: Catalog, label: str, posts: Sequence[Post]) -> Group:
        listing = list_cards(
            catalog,
            posts,
            is_grid=self.look.layout == "cards",
            image=self.image,
            summary=self.summary,
        )
        return Group(label=label, listing=listing)
