"""The directory of a site: which page a link means, however it names it."""

from __future__ import annotations

import functools
import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_leadposts.model.address import find_stand_in
from sphinx_leadposts.model.link import Link, Target
from sphinx_leadposts.model.web import (
    Domain,
    find_own_path,
    is_web_address,
    strip_page,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sphinx_leadposts.model.archive import ArchiveKind
    from sphinx_leadposts.model.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the directory must know of a site beside its posts.

    ``docnames`` are all documents; ``held_back`` those left out of this build, which
    can be found but not linked, with where each stood before. ``domains`` are the
    addresses of the site on the web, ``root`` is its first document. ``labels`` name
    parts of documents, by docname. ``folders`` are where the pages of each kind of
    archive stand; archives of a kind that is not among them have none.
    """

    docnames: Collection[str] = frozenset()
    held_back: Mapping[str, Sequence[str]] = field(default_factory=dict)
    domains: tuple[Domain, ...] = ()
    root: str = "index"
    labels: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[ArchiveKind, str] = field(default_factory=dict)


class Directory:
    """Finds documents by the names that links and lists give them."""

    def __init__(self, posts: Sequence[Post], site: Site) -> None:
        self.site = site
        self._posts = posts
        self._by_docname = {post.docname: post for post in posts}
        self._by_last_part: defaultdict[str, list[Post]] = defaultdict(list)
        for post in posts:
            self._by_last_part[posixpath.basename(post.docname)].append(post)
        self._urls: dict[str, Target] = {}

    def find_post(self, name: str) -> Post | None:
        """Return the post with docname ``name``, or the one whose docname ends so.

        An ending that several posts share names none of them.
        """
        if post := self._by_docname.get(name):
            return post
        same_end = self._by_last_part.get(posixpath.basename(name), ())
        matches = [p for p in same_end if p.docname.endswith(f"/{name}")]
        return matches[0] if name and len(matches) == 1 else None

    def find_document(self, name: str) -> str | None:
        """Return the docname that ``name`` is; slashes and a suffix may be there."""
        docname = name.strip("/")
        for suffix in ("", ".md", ".rst", ".ipynb"):
            known = docname.removesuffix(suffix)
            if known in self.site.docnames or known in self.site.held_back:
                return known
        return None

    def find_held_back(self, name: str) -> str | None:
        """Return the docname of the post called ``name``, if that one is held back.

        It is called as any other post: by docname, the last part of it, or URL.
        """
        if not name or not self.site.held_back:
            return None
        if is_web_address(name):
            docname = self.find_url(name).docname
        else:
            docname = self.find_document(name) or ""
        if docname or self.find_post(name.strip("/")):
            return docname if docname in self.site.held_back else None
        ending = f"/{name.strip('/')}"
        matches = [held for held in self.site.held_back if held.endswith(ending)]
        return matches[0] if len(matches) == 1 else None

    def find_name(self, name: str) -> Target | None:
        """Return what ``name`` means: a document, a post, or a URL."""
        if is_web_address(name):
            return self.find_url(name)
        if docname := self.find_document(name):
            return Target(docname=docname)
        post = self.find_post(name.strip("/"))
        return Target(docname=post.docname) if post else None

    def find_url(self, url: str) -> Target:
        """Return the document that stands at ``url``, else the URL itself."""
        # Most posts of a blog link to the same few pages.
        if url not in self._urls:
            self._urls[url] = self._find_url(url)
        return self._urls[url]

    def find(self, link: Link) -> Target | None:
        """Return what ``link`` leads to, ``None`` where that is not known here."""
        if link.kind == "url":
            return self.find_url(link.target)
        if link.kind == "document":
            docname = link.target
            is_known = docname in self.site.docnames or docname in self.site.held_back
            return Target(docname=docname, anchor=link.anchor) if is_known else None
        if link.kind == "post":
            post = self.find_post(link.target.strip("/"))
            found = post.docname if post else self.find_held_back(link.target)
            return Target(docname=found) if found else None
        if link.kind == "label" and link.target in self.site.labels:
            return Target(docname=self.site.labels[link.target], anchor=link.target)
        if link.kind == "path":
            path, _, anchor = link.target.partition("#")
            page = self._find_page(strip_page(path))
            return Target(docname=page, anchor=anchor) if page else None
        return self.find_name(link.target) if link.kind == "name" else None

    def _find_url(self, url: str) -> Target:
        own = find_own_path(url, self.site.domains)
        if own is None:
            return Target(url=url)
        path, anchor = own
        if docname := self._find_page(path):
            return Target(docname=docname, anchor=anchor)
        return Target(url=url, anchor=anchor, is_own=True)

    def _find_page(self, path: str) -> str | None:
        """Return the document at ``path``, which is below the root of the site."""
        if not path:
            return self.site.root
        return (
            find_stand_in(path, self.site.docnames)
            or find_stand_in(path, self.site.held_back)
            or self._old_paths.get(path)
        )

    @functools.cached_property
    def _old_paths(self) -> Mapping[str, str]:
        """Where posts stood before; of two posts at one address, the newer counts.

        Those that are held back come last, whatever their date.
        """
        shown = ((post.docname, post.old_paths) for post in self._posts)
        paths: dict[str, str] = {}
        for docname, old_paths in (*shown, *self.site.held_back.items()):
            for path in old_paths:
                paths.setdefault(strip_page(path), docname)
        return paths
