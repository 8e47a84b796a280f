"""What search engines are told of a page, in the terms of schema.org.

https://schema.org says what the terms mean, and
https://developers.google.com/search/docs/appearance/structured-data/search-gallery
which of them a search engine asks for (article, breadcrumb, carousel, profile page).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sphinx_leadposts.publishing.records import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_leadposts.publishing.records import (
        Crumb,
        PageHead,
        Person,
        WebAuthor,
        WebPicture,
    )

#: A thing as JSON-LD writes it; empty where nothing is known of it.
Node: TypeAlias = dict[str, Any]


def describe_page(head: PageHead) -> dict[str, Any] | None:
    """Return the structured data of a page as JSON-LD, None where it would say nothing.

    What is not known is left out. A page without an address can say who wrote what, or
    who somebody is; a list has nothing to say then.
    https://www.w3.org/TR/json-ld11/
    """
    is_list = head.kind == "list" and head.person is None
    if not head.url and (is_list or not head.title):
        return None
    trail = _describe_trail(head.crumbs, _point(head, "breadcrumb"))
    if head.kind == "post":
        nodes = [_describe_post(head)]
    elif head.person is None:
        nodes = [_describe_list(head, trail)]
    else:
        nodes = _describe_profile(head, head.person, trail)
    graph = [node for node in (*nodes, trail) if node]
    return {"@context": "https://schema.org", "@graph": graph}


def _describe_post(head: PageHead) -> Node:
    article = head.article or Article()
    authors = map(_describe_author, article.authors)
    publisher = {"name": head.site_name, "url": head.site_url}
    return _make(
        "BlogPosting",
        {
            "@id": _point(head, "article"),
            "headline": head.title,
            "description": head.description,
            "url": head.url,
            "mainEntityOfPage": _make("WebPage", {"@id": head.url}),
            "datePublished": article.published and article.published.isoformat(),
            "dateModified": article.updated and article.updated.isoformat(),
            "author": [author for author in authors if author],
            "image": _describe_picture(head.picture),
            "publisher": _make("Organization", publisher),
            "keywords": list(article.tags),
            "articleSection": list(article.section),
            "inLanguage": head.language,
            "wordCount": article.words,
            "isPartOf": _make("CreativeWorkSeries", {"name": article.series}),
            # Of a work, it is its place in what it is part of. Of the series it would
            # be the place of that in something larger.
            "position": article.part,
        },
    )


def _describe_list(head: PageHead, trail: Node) -> Node:
    page = _introduce_page(head, trail)
    return _make("CollectionPage", page | {"mainEntity": _describe_items(head)})


def _describe_profile(head: PageHead, person: Person, trail: Node) -> list[Node]:
    """Return the page of an author, which is about them, and the list on it."""
    items = _describe_items(head)
    page = _introduce_page(head, trail)
    page["mainEntity"] = _describe_person(person, _point(head, "person"))
    page["mentions"] = _refer(items)
    return [_make("ProfilePage", page), items]


def _introduce_page(head: PageHead, trail: Node) -> Node:
    site = {"name": head.site_name, "url": head.site_url}
    return {
        "@id": head.url,
        "name": head.title,
        "description": head.description,
        "url": head.url,
        "inLanguage": head.language,
        "isPartOf": _make("WebSite", site),
        "breadcrumb": _refer(trail),
    }


def _describe_items(head: PageHead) -> Node:
    """Return the list of the posts on one page; further pages go on counting."""
    if not head.items:
        return {}
    places = enumerate(head.items, head.start)
    return _make(
        "ItemList",
        {
            "@id": _point(head, "list"),
            "numberOfItems": head.total or len(head.items),
            "itemListElement": [
                _make("ListItem", {"position": place, "url": url})
                for place, url in places
            ],
        },
    )


def _describe_trail(crumbs: Sequence[Crumb], identifier: str) -> Node:
    """Return the way to a page, which has two steps at least.

    Only the last step may lack an address: it is the page itself.
    """
    steps = [*(crumb for crumb in crumbs[:-1] if crumb.url), *crumbs[-1:]]
    if len(steps) < 2:
        return {}
    elements = [
        _make("ListItem", {"position": place, "name": step.name, "item": step.url})
        for place, step in enumerate(steps, 1)
    ]
    return _make("BreadcrumbList", {"@id": identifier, "itemListElement": elements})


def _describe_author(author: WebAuthor) -> Node:
    return _make("Person", {"name": author.name, "url": author.url})


def _describe_person(person: Person, identifier: str) -> Node:
    return _make(
        "Person",
        {
            "@id": identifier,
            "name": person.name,
            "url": person.url,
            "description": person.description,
            "image": _describe_picture(person.picture),
            "sameAs": list(person.links),
        },
    )


def _describe_picture(picture: WebPicture | None) -> Node:
    if picture is None:
        return {}
    return _make(
        "ImageObject",
        {
            "url": picture.url,
            "width": picture.width,
            "height": picture.height,
            "caption": picture.alt,
        },
    )


def _make(kind: str, values: Node) -> Node:
    """Return a thing with what is known of it, nothing where nothing is."""
    known = {key: value for key, value in values.items() if value}
    return {"@type": kind, **known} if known else {}


def _refer(node: Node) -> Node:
    return {"@id": node["@id"]} if "@id" in node else {}


def _point(head: PageHead, anchor: str) -> str:
    return f"{head.url}#{anchor}" if head.url else ""
