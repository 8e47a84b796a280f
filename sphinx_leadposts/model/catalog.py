"""The whole blog at one moment: its posts, its tags, and where their pages stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.address import find_stand_in
from sphinx_leadposts.model.post import Author, Post
from sphinx_leadposts.model.registry import Registries
from sphinx_leadposts.model.tag import Tag, TagIndex, collect_tags

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Catalog:
    """A read-only index over the posts of a site.

    :param posts: the posts, in any order.
    :param docnames: every document of the site; a page that is not among them is
        not linked.
    :param tags_path: the folder of the tag pages, as ``leadposts_tags_path``.
    :param registries: what the site says of tags and authors.
    """

    def __init__(
        self,
        posts: Iterable[Post],
        *,
        docnames: Collection[str],
        tags_path: str,
        registries: Registries | None = None,
    ) -> None:
        self._registries = registries or Registries()
        self.tag_index = TagIndex(self._registries.tags)
        self.posts: tuple[Post, ...] = tuple(sorted(posts, key=lambda p: p.order))
        self.by_docname: Mapping[str, Post] = {p.docname: p for p in self.posts}
        self.tags: Sequence[Tag] = collect_tags(self.posts, self.tag_index)
        self.docnames = docnames
        self._tags_by_key = {tag.key: tag for tag in self.tags}
        self._tags_by_slug = {tag.slug: tag for tag in self.tags}
        tags_of: dict[str, list[Tag]] = {}
        for tag in self.tags:
            for post in tag.posts:
                tags_of.setdefault(post.docname, []).append(tag)
        self._tags_of: Mapping[str, Sequence[Tag]] = tags_of
        self._tag_pages = {
            tag.key: find_stand_in(f"{tags_path}/{tag.slug}", docnames)
            for tag in self.tags
        }

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

    def find_post(self, name: str) -> Post | None:
        """Return the post with docname ``name``, or the one whose docname ends so.

        A last part that several posts share names none of them.
        """
        if post := self.by_docname.get(name):
            return post
        if not name:
            return None
        matches = [p for p in self.posts if p.docname.endswith(f"/{name}")]
        return matches[0] if len(matches) == 1 else None

    def locate_tag(self, tag: Tag) -> str | None:
        """Return the docname of the page of ``tag``, ``None`` where it has none."""
        return self._tag_pages.get(tag.key)

    def list_tags(self, post: Post) -> Sequence[Tag]:
        """Return the tags of ``post`` in alphabetical order, each once."""
        return self._tags_of.get(post.docname, ())
