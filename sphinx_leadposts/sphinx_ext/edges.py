"""Edges: where the documents of a site lead, from what was recorded of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.guide_posts import GuidePostsPart
from sphinx_leadposts.model.leading import ReadingPart
from sphinx_leadposts.model.link import Edge
from sphinx_leadposts.model.listing import CardPart, ListPart, RunPart
from sphinx_leadposts.model.web import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_leadposts.model.link import EdgeKind
    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.model.shown import Listing
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain


def find_edges(blog: BlogDomain, docname: str, *, lists: bool = True) -> Iterator[Edge]:
    """Yield the edges of ``docname``: of its text, to its guides, of its lists.

    :param lists: whether those of lists are asked for, which are many.
    """
    for link in blog.list_body_links(docname):
        if target := blog.catalog.find_target(link):
            anchor = target.anchor or link.anchor
            yield _make_edge("body", docname, link.line, target.name, anchor)
    yield from _find_relations(blog, docname)
    for part, line in blog.list_parts(docname):
        if lists or isinstance(part, ReadingPart):
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
        line, target = blog.find_line(docname, key), guide.target
        yield _make_edge("guide", docname, line, target.name, target.anchor)


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
            where = item.line if item and item.line else line
            target = lead.docname or lead.url
            yield _make_edge("guide", docname, where, target, lead.anchor)
        return
    # No author wrote the pages of ours, so no line of theirs helps anybody.
    where = None if docname in blog.generated else line
    for listing in _list_listings(blog, docname, part):
        for card in listing.cards:
            yield _make_edge("list", docname, where, card.docname, "")


def _make_edge(
    kind: EdgeKind, source: str, line: int | None, name: str, anchor: str
) -> Edge:
    """Return the edge to ``name``, a docname, or a URL which may hold the anchor."""
    target, _, rest = name.partition("#") if is_web_address(name) else (name, "", "")
    return Edge(
        kind=kind, source=source, line=line, target=target, anchor=anchor or rest
    )


def _list_listings(blog: BlogDomain, docname: str, part: Part) -> Iterable[Listing]:
    if isinstance(part, ListPart | CardPart | RunPart):
        return [part.answer(blog.catalog, docname)]
    if isinstance(part, GuidePostsPart):
        groups = part.answer(blog.catalog, docname).groups
        return [group.listing for group in groups]
    return []
