"""Edges: where the documents of a site lead, from what was recorded of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.leading import GuidePostsPart, ReadingPart
from sphinx_leadposts.model.link import Edge
from sphinx_leadposts.model.listing import CardPart, ListPart, RunPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.model.shown import Listing
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain


def find_edges(blog: BlogDomain, docname: str) -> Iterator[Edge]:
    """Yield the edges of ``docname``: of its text, to its guides, of its lists."""
    for link in blog.list_body_links(docname):
        if target := blog.catalog.find_target(link):
            yield Edge(
                kind="body",
                source=docname,
                line=link.line,
                target=target.name,
                anchor=target.anchor or link.anchor,
            )
    yield from _find_relations(blog, docname)
    for part, line in blog.list_parts(docname):
        yield from _find_part_edges(blog, docname, part, line)


def _find_relations(blog: BlogDomain, docname: str) -> Iterator[Edge]:
    """Yield the edges of a post to its guides, whether a block shows them or not."""
    post = blog.posts.get(docname)
    if post is None:
        return
    guides = blog.catalog.guides
    named = {
        guide.target.key
        for name in post.guides or ()
        if (guide := guides.find_or_make(name))
    }
    for guide in guides.list_of_post(post):
        key = "guides" if guide.target.key in named else "tags"
        yield Edge(
            kind="guide",
            source=docname,
            line=blog.find_line(docname, key),
            target=guide.target.name,
            anchor=guide.target.anchor,
        )


def _find_part_edges(
    blog: BlogDomain, docname: str, part: Part, line: int | None
) -> Iterator[Edge]:
    if isinstance(part, ReadingPart):
        # The post's own guides are related to it, wherever they are shown.
        answer = part.without_own_guides().answer(blog.catalog, docname)
        for lead in answer.leads:
            if not (lead.docname or lead.url):
                continue
            item = part.items[lead.item] if lead.item is not None else None
            yield Edge(
                kind="guide",
                source=docname,
                line=item.line if item and item.line else line,
                target=lead.docname or lead.url,
                anchor=lead.anchor,
            )
        return
    for listing in _list_listings(blog, docname, part):
        for card in listing.cards:
            yield Edge(kind="list", source=docname, line=line, target=card.docname)


def _list_listings(blog: BlogDomain, docname: str, part: Part) -> Iterable[Listing]:
    if isinstance(part, ListPart | CardPart | RunPart):
        return [part.answer(blog.catalog, docname)]
    if isinstance(part, GuidePostsPart):
        groups = part.answer(blog.catalog, docname).groups
        return [group.listing for group in groups]
    return []
