"""From posts and tags to the cards and links that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.shown import Card, TagLink

if TYPE_CHECKING:
    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.tag import Tag


def make_card(
    catalog: Catalog, post: Post, *, image: bool = True, summary: bool = True
) -> Card:
    """Return the card of ``post``, without picture or summary where not wanted."""
    return Card(
        docname=post.docname,
        title=post.title,
        date=post.date,
        summary=catalog.summarize(post) if summary else "",
        picture=catalog.find_card_picture(post) if image else None,
        tags=link_tags(catalog, post),
        external_url=post.external_url,
    )


def link_tags(catalog: Catalog, post: Post) -> tuple[TagLink, ...]:
    """Return the tags of ``post`` as links."""
    return tuple(
        TagLink(label=tag.label, docname=catalog.locate_tag(tag))
        for tag in catalog.list_tags(post)
    )


def link_tag(catalog: Catalog, tag: Tag) -> TagLink:
    """Return ``tag`` as a link, with the number of its posts."""
    return TagLink(
        label=tag.label, docname=catalog.locate_tag(tag), count=len(tag.posts)
    )
