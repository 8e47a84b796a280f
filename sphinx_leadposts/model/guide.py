"""Guides: which pages readers of a post are led to, and which posts lead there."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from sphinx_leadposts.model.link import Link, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinx_leadposts.model.archive import ArchiveIndex
    from sphinx_leadposts.model.directory import Directory
    from sphinx_leadposts.model.document import Document
    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.registry import GuideEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A page that posts lead to.

    ``key`` is its name in the registry, or the name that a post or its own document
    gives it. ``tags`` are the keys of the tags whose guide it is. ``entry`` is what the
    registry says of it.
    """

    key: str
    target: Target
    tags: tuple[str, ...] = ()
    entry: GuideEntry | None = None


class GuideBook:
    """The guides of a site, and the posts that lead to them.

    :param entries: the registry of guides.
    :param documents: the documents that are no posts.
    :param links: the links in the text of each post.
    """

    def __init__(
        self,
        entries: Mapping[str, GuideEntry],
        *,
        posts: Sequence[Post],
        documents: Mapping[str, Document],
        links: Callable[[str], Sequence[Link]],
        directory: Directory,
        index: ArchiveIndex,
    ) -> None:
        self._directory = directory
        self._index = index
        self._posts = posts
        self._links = links
        claimants: Iterator[Document | Post] = chain(documents.values(), posts)
        claims = {page.docname: page.guide_for for page in claimants if page.guide_for}
        #: The guides that are held back, by key, and the tags whose guides they are.
        self._held_back: dict[str, str] = {}
        self._held_back_tags: set[str] = set()
        self.guides: tuple[Guide, ...] = tuple(self._collect(entries, claims))
        self._by_name = {guide.key: guide for guide in reversed(self.guides)}
        self._by_target = {g.target.key: g for g in reversed(self.guides)}
        self._by_tag: defaultdict[str, list[Guide]] = defaultdict(list)
        for guide in self.guides:
            for tag in guide.tags:
                self._by_tag[tag].append(guide)

    def find(self, name: str) -> Guide | None:
        """Return the guide called ``name``: its key, or what it leads to."""
        if guide := self._by_name.get(name):
            return guide
        target = self._directory.find_name(name)
        return self._by_target.get(target.key) if target else None

    def find_target(self, link: Link) -> Target | None:
        """Return what ``link`` leads to, a guide or any page, ``None`` for nothing."""
        # The button of a call to action has a name of any kind.
        if link.kind in {"guide", "name"} and (guide := self.find(link.target)):
            return guide.target
        return self._directory.find(link)

    def find_key(self, name: str) -> Guide | None:
        """Return the guide whose key is ``name``."""
        return self._by_name.get(name)

    def find_held_back(self, name: str) -> str | None:
        """Return the docname of the guide called ``name``, if that is held back."""
        return self._held_back.get(name) or self._directory.find_held_back(name)

    def awaits_guide(self, *, tags: Sequence[str], names: Sequence[str] = ()) -> bool:
        """Tell whether a guide of ``names``, or of one of ``tags``, is held back."""
        keys = {self._index.find_key(tag) for tag in tags}
        return not keys.isdisjoint(self._held_back_tags) or any(
            self.find_held_back(name) for name in names
        )

    def find_or_make(self, name: str) -> Guide | None:
        """Return the guide called ``name``; a page that is none yet becomes one."""
        if guide := self.find(name):
            return guide
        target = self._directory.find_name(name)
        if target is None or target.docname in self._directory.site.held_back:
            return None
        return Guide(key=name, target=target)

    def is_nowhere(self, name: str) -> bool:
        """Tell whether nothing is called ``name``, not even what is held back."""
        return self.find_or_make(name) is None and self.find_held_back(name) is None

    def list_of_tag(self, tag: str) -> Sequence[Guide]:
        """Return the guides of the tag with the key ``tag``."""
        return self._by_tag.get(tag, ())

    def list_of_post(self, post: Post) -> tuple[Guide, ...]:
        """Return the guides that ``post`` is led to, each once.

        First those that the post names, then those of its tags. A post that names an
        empty list has none, and no post is its own guide.
        """
        if post.guides == ():
            return ()
        named = (self.find_or_make(name) for name in post.guides or ())
        tags = (self._index.find_key(tag) for tag in post.tags)
        of_tags = (guide for tag in tags for guide in self.list_of_tag(tag))
        chosen = {g.target.key: g for g in (*named, *of_tags) if g is not None}
        chosen.pop(post.docname, None)
        return tuple(chosen.values())

    def is_guide(self, target: Target, post: Post) -> bool:
        """Tell whether ``target`` is a guide of the site, or one ``post`` names."""
        if target.docname == post.docname:
            return False
        if target.key in self._by_target:
            return True
        named = (self.find_or_make(name) for name in post.guides or ())
        return any(guide and guide.target.key == target.key for guide in named)

    def is_guide_page(self, docname: str) -> bool:
        """Tell whether the document ``docname`` is a guide of the site."""
        return docname in self._by_target

    def leads_to_guide(self, link: Link, post: Post) -> bool:
        """Tell whether ``link``, in the text of ``post``, leads to a guide."""
        # Most blogs that have no guides should not pay for those that have.
        if not self.guides and not post.guides:
            return False
        target = self.find_target(link)
        return target is not None and self.is_guide(target, post)

    def list_posts(self, target: Target) -> Sequence[Post]:
        """Return the posts that lead to ``target``, by tag, name or in their text."""
        return self._posts_by_target.get(target.key, ())

    def count_leading_posts(self) -> int:
        """Return how many posts lead to a guide, in their text or below it."""
        return sum(
            bool(self.list_of_post(post))
            or any(
                self.leads_to_guide(link, post) for link in self._links(post.docname)
            )
            for post in self._posts
        )

    def list_linked(self, post: Post) -> set[str]:
        """Return the keys of all pages that the text of ``post`` links to."""
        found = (self.find_target(link) for link in self._links(post.docname))
        return {target.key for target in found if target}

    @functools.cached_property
    def _posts_by_target(self) -> Mapping[str, Sequence[Post]]:
        posts: defaultdict[str, list[Post]] = defaultdict(list)
        for post in self._posts:
            keys = {guide.target.key for guide in self.list_of_post(post)}
            for key in keys | (self.list_linked(post) - {post.docname}):
                posts[key].append(post)
        return posts

    def _collect(
        self, entries: Mapping[str, GuideEntry], claims: Mapping[str, Sequence[str]]
    ) -> Iterator[Guide]:
        """Yield the guides of the registry, then documents that say they are guides.

        What the registry says of the tags of a guide goes before what its document
        says. A guide that is held back, or nowhere, is none.
        """
        seen = set()
        for key, entry in entries.items():
            held_back = self._directory.find_held_back(entry.target)
            if held_back is not None:
                self._held_back[key] = held_back
                self._held_back_tags |= {self._index.find_key(t) for t in entry.tags}
                continue
            target = self._directory.find_name(entry.target)
            if target is None:
                continue
            seen.add(target.docname)
            tags = entry.tags or claims.get(target.docname, ())
            yield self._make(key, target, tags, entry)
        for docname, tags in sorted(claims.items()):
            if docname not in seen:
                yield self._make(docname, Target(docname=docname), tags, None)

    def _make(
        self, key: str, target: Target, tags: Sequence[str], entry: GuideEntry | None
    ) -> Guide:
        keys = dict.fromkeys(self._index.find_key(tag) for tag in tags)
        return Guide(key=key, target=target, tags=tuple(keys), entry=entry)
