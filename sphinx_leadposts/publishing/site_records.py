"""What ``leadposts.json`` is made of: plain values, named as they stand in the file.

A field with a default is left out of the file where it has that value; one without
always stands there. The schema says the same for readers of the file:
``schemas/leadposts.schema.json``.

URLs are encoded. They are absolute where the site has an address, else relative to
its root.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx_leadposts.model.post import SeriesPart
    from sphinx_leadposts.publishing.records import WebAuthor

#: What leads from one page to another: a link in the text, the relation of a post to a
#: guide, to a related post, to the next part of its series, and to a tag.
SiteEdgeKind = Literal["body", "guide", "related", "series", "tag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostData:
    """A post.

    ``date``, ``updated`` are aware. ``description`` is what the author says of it,
    ``summary`` the beginning of its text where that is shown in its place. ``image`` is
    a name among the images of the site, ``image_alt`` is empty where the picture says
    no more than the title. ``tags`` are slugs, ``guides`` keys. ``featured`` is a rank
    from 1. ``redirects`` are the URLs of pages that lead here.
    """

    docname: str
    url: str
    title: str
    words: int
    date: datetime | None = None
    updated: datetime | None = None
    description: str = ""
    summary: str = ""
    image: str = ""
    image_alt: str = ""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[WebAuthor, ...] = ()
    series: SeriesPart | None = None
    featured: int | None = None
    guides: tuple[str, ...] = ()
    external_url: str = ""
    canonical_url: str = ""
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagData:
    """A tag with ``count`` posts; ``docname`` and ``url`` are empty without a page.

    ``parent`` is the slug of a wider tag, ``aliases`` are other spellings.
    """

    slug: str
    label: str
    count: int
    docname: str = ""
    url: str = ""
    description: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideData:
    """A guide, and the docnames of the ``posts`` that lead to it.

    ``docname`` is empty for a page elsewhere. ``tags`` are slugs. ``reviewed`` is an
    aware moment.
    """

    key: str
    title: str
    url: str
    docname: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    reviewed: datetime | None = None
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageData:
    """The picture of a post; of one elsewhere, only the URL is known, also as ``name``.

    ``width`` and ``height`` are in pixels as seen; an unknown size is 0.
    """

    name: str
    url: str
    width: int = 0
    height: int = 0
    mimetype: str = ""
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeData:
    """What leads from the document ``source`` to ``target``.

    That is a docname or a URL, for a tag its slug. ``anchor`` is the part of the page,
    ``line`` where the author wrote it, from 1.
    """

    kind: SiteEdgeKind
    source: str
    target: str
    anchor: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteData:
    """The blog of a site.

    ``base_url`` ends with a slash, and is empty for a site without an address.
    ``language`` is a BCP 47 tag.
    """

    title: str
    language: str
    base_url: str = ""
    posts: tuple[PostData, ...] = ()
    tags: tuple[TagData, ...] = ()
    guides: tuple[GuideData, ...] = ()
    images: tuple[ImageData, ...] = ()
    edges: tuple[EdgeData, ...] = ()
