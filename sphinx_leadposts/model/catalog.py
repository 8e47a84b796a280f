"""The whole blog at one moment: posts, tags, guides, and where their pages stand."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.address import find_stand_in
from sphinx_leadposts.model.directory import Directory, Site
from sphinx_leadposts.model.doubt import find_neighbour
from sphinx_leadposts.model.guide import GuideBook
from sphinx_leadposts.model.lead import lead_to_guide
from sphinx_leadposts.model.link import Link, Target
from sphinx_leadposts.model.post import Author, Post
from sphinx_leadposts.model.registry import Registries
from sphinx_leadposts.model.tag import Tag, TagIndex, collect_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx_leadposts.model.document import Document
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.registry import CallEntry
    from sphinx_leadposts.model.shown import Lead

#: The name of the call to action that is for posts of any tag.
ANY_TAG: Final = "*"
#: As roles write a text of their own: ``text <target>``.
_TITLED: Final = re.compile(r"^(?P<title>.+?)\s*<(?P<name>[^<>]+)>$", re.DOTALL)


class Catalog:
    """A read-only index over the posts of a site.

    :param posts: the posts, in any order.
    :param site: the documents of the site; a page that is not among them is not
        linked.
    :param tags_path: the folder of the tag pages, as ``leadposts_tags_path``.
    :param registries: what the site says of tags, authors and guides.
    :param documents: the documents that are no posts.
    :param links: returns the links in the text of a document.
    :param cover: returns what cards show of a post that has no picture.
    """

    def __init__(
        self,
        posts: Iterable[Post],
        *,
        site: Site,
        tags_path: str,
        registries: Registries | None = None,
        documents: Mapping[str, Document] | None = None,
        links: Callable[[str], Sequence[Link]] = lambda _: (),
        cover: Callable[[Post], Picture | None] = lambda _: None,
    ) -> None:
        self._registries = registries or Registries()
        self.tag_index = TagIndex(self._registries.tags)
        self.posts: tuple[Post, ...] = tuple(sorted(posts, key=lambda p: p.order))
        self.by_docname: Mapping[str, Post] = {p.docname: p for p in self.posts}
        self.documents: Mapping[str, Document] = documents or {}
        self.directory = Directory(self.posts, site)
        self.tags: Sequence[Tag] = collect_tags(self.posts, self.tag_index)
        self._links = links
        self._cover = cover
        self._tags_by_key = {tag.key: tag for tag in self.tags}
        self._tags_by_slug = {tag.slug: tag for tag in self.tags}
        tags_of: dict[str, list[Tag]] = {}
        for tag in self.tags:
            for post in tag.posts:
                tags_of.setdefault(post.docname, []).append(tag)
        self._tags_of: Mapping[str, Sequence[Tag]] = tags_of
        self._tag_pages = {
            tag.key: find_stand_in(f"{tags_path}/{tag.slug}", site.docnames)
            for tag in self.tags
        }

    # Tags and authors ----------------------------------------------------------------

    def find_tag(self, name: str) -> Tag | None:
        """Return the tag that ``name`` spells, or whose slug it is."""
        key = self.tag_index.find_key(name)
        return self._tags_by_key.get(key) or self._tags_by_slug.get(name)

    def find_author(self, author: Author) -> Author:
        """Return ``author`` as the registry knows them, or as the post says."""
        key = author.key.casefold()
        for name, entry in self._registries.authors.items():
            if key in {name.casefold(), entry.name.casefold()}:
                return Author(
                    key=name, name=entry.name or name, url=entry.url or author.url
                )
        return author

    def locate_tag(self, tag: Tag) -> str | None:
        """Return the docname of the page of ``tag``, ``None`` where it has none."""
        return self._tag_pages.get(tag.key)

    def list_tags(self, post: Post) -> Sequence[Tag]:
        """Return the tags of ``post`` in alphabetical order, each once."""
        return self._tags_of.get(post.docname, ())

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

    def find_post(self, name: str) -> Post | None:
        """Return the post that roles and directives call ``name``."""
        return self.directory.find_post(name)

    def find_target(self, link: Link) -> Target | None:
        """Return what ``link`` leads to, ``None`` where nothing is there."""
        if link.kind == "tag":
            tag = self.find_tag(link.target)
            docname = self.locate_tag(tag) if tag else None
            return Target(docname=docname) if docname else None
        return self.guides.find_target(link)

    def find_post_target(self, name: str) -> Target | None:
        """Return where the post called ``name`` stands."""
        post = self.find_post(name.strip("/"))
        return Target(docname=post.docname) if post else None

    def find_lead(self, name: str) -> Lead | None:
        """Return a link to the guide, document, post or URL called ``name``."""
        guide = self.guides.find_or_make(name)
        return lead_to_guide(self, guide, picture=False) if guide else None

    def make_button(self, text: str) -> Lead | None:
        """Return the link of a button that is written as ``name`` or ``text <name>``.

        ``None`` where nothing has that name.
        """
        title, name = split_title(text)
        lead = self.find_lead(name)
        return replace(lead, title=title or lead.title) if lead else None

    def guess(self, kind: str, name: str) -> str | None:
        """Return the name of a thing of ``kind`` that ``name`` was meant to be.

        ``post``, ``tag`` or ``guide``; by any other word, all that has a name is meant.
        """
        if kind == "tag":
            return find_neighbour(name, {tag.label for tag in self.tags})
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


def split_title(text: str) -> tuple[str, str]:
    """Split ``title <name>`` into the two; the title of a bare name is empty."""
    match = _TITLED.match(text.strip())
    return (match["title"], match["name"].strip()) if match else ("", text.strip())
