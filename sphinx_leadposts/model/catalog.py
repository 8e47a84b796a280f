"""The whole blog at one moment: posts, tags, guides, and where their pages stand."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.archive import KINDS, Shelf, make_index
from sphinx_leadposts.model.directory import Directory, Site
from sphinx_leadposts.model.doubt import find_neighbour
from sphinx_leadposts.model.guide import GuideBook
from sphinx_leadposts.model.lead import lead_to_guide
from sphinx_leadposts.model.link import Link, Target
from sphinx_leadposts.model.post import Post
from sphinx_leadposts.model.registry import Registries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx_leadposts.model.archive import Archive, ArchiveIndex
    from sphinx_leadposts.model.document import Document
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.registry import CallEntry
    from sphinx_leadposts.model.shown import Card, Lead

#: The name of the call to action that is for posts of any tag.
ANY_TAG: Final = "*"


class Catalog:
    """A read-only index over the posts of a site.

    :param posts: the posts, in any order.
    :param site: the documents of the site; a page that is not among them is not
        linked.
    :param registries: what the site says of tags, authors and guides.
    :param documents: the documents that are no posts.
    :param links: returns the links in the text of a document.
    :param cover: returns what cards show of a post that has no picture.
    :param related: returns the docnames of the posts that a post is related to, the
        closest first.
    """

    def __init__(
        self,
        posts: Iterable[Post],
        *,
        site: Site,
        registries: Registries | None = None,
        documents: Mapping[str, Document] | None = None,
        links: Callable[[str], Sequence[Link]] = lambda _: (),
        cover: Callable[[Post], Picture | None] = lambda _: None,
        related: Callable[[str], Sequence[str]] = lambda _: (),
    ) -> None:
        self._registries = registries or Registries()
        self.posts: tuple[Post, ...] = tuple(sorted(posts, key=lambda p: p.order))
        self.by_docname: Mapping[str, Post] = {p.docname: p for p in self.posts}
        self.documents: Mapping[str, Document] = documents or {}
        self.directory = Directory(self.posts, site)
        self.shelves: Mapping[str, Shelf] = {
            kind: Shelf(kind, self.posts, make_index(kind, self._registries))
            for kind in KINDS
        }
        #: Cards that were made, by what makes one: see `make_card`.
        self.cards: dict[tuple[str, bool, bool, bool], Card] = {}
        self._links = links
        self._cover = cover
        self._related = related
        self._pages = {
            kind: self.shelves[kind].locate(site.folders.get(kind), site.docnames)
            for kind in KINDS
        }

    @functools.cached_property
    def ranked_posts(self) -> Sequence[Post]:
        """The posts, featured ones first."""
        return sorted(self.posts, key=lambda post: post.rank)

    # Archives ------------------------------------------------------------------------

    @property
    def tags(self) -> Sequence[Archive]:
        """The tags in alphabetical order, with those that readers do not see."""
        return self.shelves["tag"].archives

    @property
    def tag_index(self) -> ArchiveIndex:
        """Which spellings are one tag."""
        return self.shelves["tag"].index

    def find_tag(self, name: str) -> Archive | None:
        """Return the tag that ``name`` spells, or whose slug it is."""
        return self.shelves["tag"].find(name)

    def locate(self, archive: Archive) -> str | None:
        """Return the docname of the page of ``archive``, ``None`` for none."""
        return self._pages[archive.kind].get(archive.key)

    def find_archive_page(self, kind: str, name: str) -> tuple[str, str] | None:
        """Return label and docname of the archive of ``kind`` that ``name`` spells.

        ``None`` where there is none, or it has no page.
        """
        shelf = self.shelves.get(kind)
        archive = shelf.find(name) if shelf else None
        docname = self.locate(archive) if archive else None
        return (archive.label, docname) if archive and docname else None

    # Pictures ------------------------------------------------------------------------

    def find_card_picture(self, post: Post) -> Picture | None:
        """Return the picture of ``post``, or else its cover, ``None`` for neither.

        Covers keep a grid of pictures even; a blog without pictures has none.
        """
        if post.picture or not self._has_pictures:
            return post.picture
        return self._cover(post)

    @functools.cached_property
    def _has_pictures(self) -> bool:
        return any(post.picture for post in self.posts)

    # Posts and guides ----------------------------------------------------------------

    @functools.cached_property
    def guides(self) -> GuideBook:
        """The guides of the site."""
        return GuideBook(
            self._registries.guides,
            posts=self.posts,
            documents=self.documents,
            links=self._links,
            directory=self.directory,
            index=self.tag_index,
        )

    def find_call(self, post: Post) -> CallEntry | None:
        """Return the call for the first tag of ``post`` that has one, or for all."""
        keys = [self.tag_index.find_key(tag) for tag in post.tags]
        calls = (self._calls.get(key) for key in (*keys, ANY_TAG))
        return next((call for call in calls if call), None)

    @functools.cached_property
    def _calls(self) -> Mapping[str, CallEntry]:
        """The calls to action of the site by the key of their tag."""
        return {
            name if name == ANY_TAG else self.tag_index.find_key(name): entry
            for name, entry in self._registries.calls.items()
        }

    def list_related(self, docname: str) -> Sequence[str]:
        """Return the docnames of the posts that ``docname`` is related to."""
        return self._related(docname)

    def find_neighbours(self, docname: str) -> tuple[Post | None, Post | None] | None:
        """Return the posts before and after a post in time, ``None`` without a date."""
        return self._neighbours.get(docname)

    @functools.cached_property
    def _neighbours(self) -> Mapping[str, tuple[Post | None, Post | None]]:
        dated = [post for post in self.posts if post.date]
        newer, older = [None, *dated], [*dated[1:], None]
        return {
            post.docname: (before, after)
            for post, before, after in zip(dated, older, newer, strict=False)
        }

    def find_post(self, name: str) -> Post | None:
        """Return the post that roles and directives call ``name``."""
        return self.directory.find_post(name)

    def find_target(self, link: Link) -> Target | None:
        """Return what ``link`` leads to, ``None`` where nothing is there."""
        if link.kind in self.shelves:
            page = self.find_archive_page(link.kind, link.target)
            return Target(docname=page[1]) if page else None
        return self.guides.find_target(link)

    def find_post_target(self, name: str) -> Target | None:
        """Return where the post called ``name`` stands."""
        post = self.find_post(name.strip("/"))
        return Target(docname=post.docname) if post else None

    def find_lead(self, name: str) -> Lead | None:
        """Return a link to the guide, document, post or URL called ``name``."""
        guide = self.guides.find_or_make(name)
        return lead_to_guide(self, guide, picture=False) if guide else None

    def guess(self, kind: str, name: str) -> str | None:
        """Return the name of a thing of ``kind`` that ``name`` was meant to be.

        ``post``, ``guide``, or a kind of archive; by any other word, all that has a
        name is meant.
        """
        if shelf := self.shelves.get(kind):
            return find_neighbour(name, {a.label for a in shelf.shown})
        if kind == "post":
            return find_neighbour(name, self.by_docname)
        names = {guide.key for guide in self.guides.guides}
        others = () if kind == "guide" else self.directory.site.docnames
        return find_neighbour(name, {*names, *others})

    def summarize(self, page: Post | Document) -> str:
        """Return what lists say of ``page``: its description, or its first words.

        A paragraph that leads to a guide says nothing of the page itself.
        """
        if page.description or not isinstance(page, Post):
            return page.description or next((e.text for e in page.excerpts), "")
        for excerpt in page.excerpts:
            leads = (self.guides.leads_to_guide(link, page) for link in excerpt.links)
            if not any(leads):
                return excerpt.text
        return ""
