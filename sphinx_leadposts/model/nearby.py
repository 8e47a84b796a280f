"""Parts that show what is near a post: its series, related posts, the next in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sphinx_leadposts.model.card import link_post, list_cards
from sphinx_leadposts.model.shown import Neighbours, SeriesBox, Slot

if TYPE_CHECKING:
    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.shown import Listing

RelatedLayout = Literal["compact", "cards"]
SlotName = Literal["comments", "newsletter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBoxPart:
    """The series that the post is a part of."""

    def answer(self, catalog: Catalog, docname: str) -> SeriesBox | None:
        """Return the series, ``None`` where the post is in none, or alone in it."""
        post = catalog.by_docname.get(docname)
        if post is None or post.series is None:
            return None
        archive = catalog.shelves["series"].find(post.series.name)
        if archive is None or len(archive.posts) < 2:
            return None
        # A part that is not published yet counts where others are numbered past it.
        numbers = [part.series.part or 0 for part in archive.posts if part.series]
        return SeriesBox(
            label=archive.label,
            docname=catalog.locate(archive),
            number=post.series.part or archive.posts.index(post) + 1,
            count=max(len(archive.posts), *numbers),
            parts=tuple(link_post(part) for part in archive.posts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPart:
    """The posts that a post is related to, the closest first."""

    layout: RelatedLayout = "compact"

    def answer(self, catalog: Catalog, docname: str) -> Listing:
        """Return the posts as cards, with pictures where the layout shows them."""
        posts = (catalog.by_docname.get(name) for name in catalog.list_related(docname))
        return list_cards(
            catalog,
            (post for post in posts if post),
            is_grid=self.layout == "cards",
            summary=False,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPart:
    """What a template of the site puts below a post: comments, say, or a form."""

    name: SlotName

    def answer(self, catalog: Catalog, docname: str) -> Slot | None:
        """Return what the template is told, ``None`` where the page is no post."""
        post = catalog.by_docname.get(docname)
        return Slot(name=self.name, post=link_post(post)) if post else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighboursPart:
    """The posts right before and after a post in time."""

    def answer(self, catalog: Catalog, docname: str) -> Neighbours | None:
        """Return the two, ``None`` where the post has no date or is the only one."""
        found = catalog.find_neighbours(docname)
        if found is None:
            return None
        older, newer = (link_post(post) if post else None for post in found)
        return Neighbours(older=older, newer=newer) if older or newer else None
