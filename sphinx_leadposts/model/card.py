"""From posts and tags to the cards and links that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.shown import ArchiveLink, Byline, Card, Listing, PostLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_leadposts.model.archive import Archive
    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.post import Post


def make_card(
    catalog: Catalog,
    post: Post,
    *,
    image: bool = True,
    summary: bool = True,
    tags: bool = True,
) -> Card:
    """Return the card of ``post``, without what is not shown of it.

    What is not shown must not make a page stale. A post stands in many lists, but its
    card is made once.
    """
    key = (post.docname, image, summary, tags)
    if key not in catalog.cards:
        catalog.cards[key] = Card(
            docname=post.docname,
            title=post.title,
            date=post.date,
            summary=catalog.summarize(post) if summary else "",
            picture=catalog.find_card_picture(post) if image else None,
            tags=link_tags(catalog, post) if tags else (),
            external_url=post.external_url,
        )
    return catalog.cards[key]


def list_cards(
    catalog: Catalog,
    posts: Iterable[Post],
    *,
    is_grid: bool,
    image: bool = True,
    summary: bool,
) -> Listing:
    """Return the cards of ``posts``; only in a grid have they pictures and tags."""
    cards = (
        make_card(catalog, post, image=image and is_grid, summary=summary, tags=is_grid)
        for post in posts
    )
    return Listing(cards=tuple(cards))


def link_tags(catalog: Catalog, post: Post) -> tuple[ArchiveLink, ...]:
    """Return the tags of ``post`` as links, without those that readers do not see."""
    return tuple(
        ArchiveLink(label=tag.label, docname=catalog.locate(tag))
        for tag in catalog.shelves["tag"].list_of(post)
        if not tag.entry.is_hidden
    )


def link_authors(catalog: Catalog, post: Post) -> tuple[Byline, ...]:
    """Return who wrote ``post``, in the order of the post."""
    shelf = catalog.shelves["author"]
    bylines = []
    for author in post.authors:
        archive = shelf.find(author.key)
        name = archive.label if archive else author.name
        page = catalog.locate(archive) if archive else None
        url = archive.entry.url if archive else ""
        bylines.append(Byline(name=name, docname=page, url=url or author.url))
    return tuple(dict.fromkeys(bylines))


def link_archive(catalog: Catalog, archive: Archive) -> ArchiveLink:
    """Return ``archive`` as a link, with the number of its posts."""
    return ArchiveLink(
        label=archive.label,
        docname=catalog.locate(archive),
        count=len(archive.posts),
    )


def link_post(post: Post) -> PostLink:
    """Return ``post`` as a link that says its title."""
    return PostLink(title=post.title, docname=post.docname, url=post.external_url)
