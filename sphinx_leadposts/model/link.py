"""Links: what a document says of where it leads, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sphinx_leadposts.model.web import normalize_url

#: How a link names what it leads to. ``name`` is any name that lists take: the key of
#: a guide, a docname, the last part of a post's docname, or a URL. Where an ``other``
#: one leads is known to another domain only. A ``path`` is an address of the site
#: without its host, as ``/old/post/``.
LinkKind = Literal[
    "document",
    "post",
    "tag",
    "category",
    "author",
    "series",
    "guide",
    "label",
    "name",
    "path",
    "url",
    "other",
]
#: Who made an edge: the author in the text, the relation of a post to its guide (or a
#: block of further reading), or a list of posts.
EdgeKind = Literal["body", "guide", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as it stands in a document.

    ``target`` is the name it was given, ``line`` that of the source, ``None`` where
    none can be told. ``is_titled`` where the link has a text of its own.
    ``is_in_toctree`` for the entries of a toctree, which are navigation, not text.
    """

    kind: LinkKind
    target: str
    anchor: str = ""
    line: int | None = None
    is_titled: bool = True
    is_in_toctree: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a link leads to: a document of this site, or else a URL.

    ``is_own`` marks a URL of this site at which no document stands.
    """

    docname: str = ""
    url: str = ""
    anchor: str = ""
    is_own: bool = False

    @property
    def name(self) -> str:
        """The docname, or the URL."""
        return self.docname or self.url

    @property
    def key(self) -> str:
        """What is the same for all links to one page, whatever part they lead to."""
        return self.docname or normalize_url(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A link of the blog once it is known where it leads.

    ``source`` is a docname, ``line`` a line of its source or ``None``, ``target`` a
    docname or a URL, ``anchor`` the part of it behind ``#``.
    """

    kind: EdgeKind
    source: str
    line: int | None
    target: str
    anchor: str = ""
