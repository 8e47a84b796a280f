"""What the heads of posts and of generated pages say to other programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.address import slice_page
from sphinx_leadposts.model.card import link_authors, link_tags
from sphinx_leadposts.model.nearby import SeriesBoxPart
from sphinx_leadposts.publishing.records import Article, Crumb, PageHead, Person
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.writing_phase.feed_places import (
    find_archive,
    list_feed_links,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_leadposts.model.archive import Archive
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.writing_phase.website import Website

#: How many characters of a description search engines show, more or less.
_ROOM: Final = 160


def make_head(website: Website, docname: str) -> PageHead | None:
    """Return what the head of a page says, ``None`` where it says nothing of ours.

    That is for posts and generated pages; of other documents, only where feeds are.
    """
    blog = get_blog(website.builder.env)
    head = None
    if post := blog.posts.get(docname):
        head = _describe_post(website, post)
    elif docname in blog.generated:
        head = _describe_list(website, docname)
    if head is None:
        return None
    return replace(
        head,
        site_name=website.name,
        site_url=website.base,
        language=website.language,
        feeds=list_feed_links(website, docname),
    )


def find_head_picture(blog: BlogDomain, docname: str) -> Picture | None:
    """Return the picture that stands for a post, or for the archive on a page of ours.

    Of a post without one the cover, where cards have covers.
    """
    if post := blog.posts.get(docname):
        return blog.catalog.find_card_picture(post)
    archive = find_archive(blog, docname)
    return archive.entry.picture if archive else None


def _describe_post(website: Website, post: Post) -> PageHead:
    blog = get_blog(website.builder.env)
    catalog = blog.catalog
    url = website.locate(post.docname)
    series = SeriesBoxPart().answer(catalog, post.docname)
    return PageHead(
        kind="post",
        title=post.title,
        url=post.canonical_url or url,
        description=catalog.summarize(post),
        picture=website.show_social(find_head_picture(blog, post.docname), post.title),
        crumbs=_lead_to_post(website, post) if url else (),
        article=Article(
            published=post.date,
            updated=post.updated,
            authors=tuple(
                website.name_author(byline) for byline in link_authors(catalog, post)
            ),
            tags=tuple(tag.label for tag in link_tags(catalog, post)),
            section=tuple(a.label for a in catalog.shelves["category"].list_of(post)),
            words=post.words,
            series=series.label if series else "",
            part=series.number if series else 0,
        ),
    )


def _describe_list(website: Website, docname: str) -> PageHead:
    title = website.find_title(docname)
    url = website.locate(docname)
    blog = get_blog(website.builder.env)
    run = blog.find_run(docname)
    head = PageHead(kind="list", title=title, url=url)
    catalog = blog.catalog
    if run is None:
        tags = (tag.label for tag in catalog.shelves["tag"].shown)
        return replace(
            head,
            description=_join_names(tags),
            crumbs=_lead_to_list(website, docname, title),
        )
    archive = run.find_archive(catalog)
    listing = run.answer(catalog, docname)
    count = len(archive.posts) if archive else len(catalog.posts)
    posts = slice_page(run.number, count, run.size)
    links = (website.locate(card.docname) for card in listing.cards)
    names = _join_names(card.title for card in listing.cards)
    return replace(
        head,
        description=listing.intro.description or names,
        picture=website.show_social(find_head_picture(blog, docname), title),
        crumbs=_lead_to_list(website, docname, title, archive),
        items=tuple(link for link in links if link),
        start=posts.start + 1,
        total=count,
        person=_describe_person(website, archive) if archive else None,
    )


def _join_names(names: Iterable[str]) -> str:
    """Describe a list by what stands in it: the first names, as many as fit, in full.

    Other words would have to be in the language of the site.
    """
    first, *others = [*names] or [""]
    text = first
    for name in others:
        if len(longer := f"{text} · {name}") > _ROOM:
            break
        text = longer
    return text


def _describe_person(website: Website, archive: Archive) -> Person | None:
    if archive.kind != "author":
        return None
    entry = archive.entry
    return Person(
        name=archive.label,
        url=entry.url,
        description=entry.description,
        picture=website.show_social(entry.picture, archive.label),
        links=tuple(url for _, url in entry.links),
    )


def _lead_to_post(website: Website, post: Post) -> tuple[Crumb, ...]:
    """Return the way to a post: by the blog, and by its category or its first tag."""
    catalog = get_blog(website.builder.env).catalog
    archives = [
        *catalog.shelves["category"].list_of(post),
        *catalog.shelves["tag"].list_of(post),
    ]
    pages = ((archive.label, catalog.locate(archive)) for archive in archives)
    way = [*_start(website)]
    if found := next(((label, page) for label, page in pages if page), None):
        way.append(Crumb(name=found[0], url=website.locate(found[1])))
    return (*way, Crumb(name=post.title, url=website.locate(post.docname)))


def _lead_to_list(
    website: Website, docname: str, title: str, archive: Archive | None = None
) -> tuple[Crumb, ...]:
    if not website.base:
        return ()
    way = [crumb for crumb in _start(website) if docname != website.find_blog_page()]
    page = get_blog(website.builder.env).catalog.locate(archive) if archive else None
    if archive and page and page != docname:
        way.append(Crumb(name=archive.label, url=website.locate(page)))
    return (*way, Crumb(name=title, url=website.locate(docname)))


def _start(website: Website) -> Iterator[Crumb]:
    if page := website.find_blog_page():
        yield Crumb(name=website.find_title(page), url=website.locate(page))
