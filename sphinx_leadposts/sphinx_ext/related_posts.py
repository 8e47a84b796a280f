"""Which posts are related: what the domain records of it, and what lies in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.sphinx_ext.cache import get_cache_folder
from sphinx_leadposts.sphinx_ext.related_store import RelatedStore, digest_terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.related import Ground, Relation
    from sphinx_leadposts.sphinx_ext.records import BlogData
    from sphinx_leadposts.sphinx_ext.related_store import Relations


class RelatedPosts:
    """The related posts of one blog.

    What they follow from is recorded: a digest of what each post is about, and the name
    of a state. The relations of that state are loaded when they are first asked for.

    :param data: the records of the blog.
    """

    def __init__(self, env: BuildEnvironment, data: BlogData) -> None:
        self._env = env
        self._data = data
        self._loaded: tuple[str, Relations] = ("", {})

    @property
    def store(self) -> RelatedStore:
        """The files."""
        return RelatedStore(get_cache_folder(self._env.doctreedir))

    @property
    def state(self) -> str:
        """What stands for all that the relations follow from."""
        return self._data["relations"]

    @property
    def fresh_terms(self) -> Mapping[str, bytes]:
        """What posts are about that were read in this build, packed."""
        return self._data["terms"]

    @property
    def term_digests(self) -> Mapping[str, bytes]:
        """The digests of what all posts are about."""
        return self._data["term_digests"]

    def note_terms(self, docname: str, packed: bytes) -> None:
        """Record what the post ``docname`` is about."""
        self._data["terms"][docname] = packed
        self._data["term_digests"][docname] = digest_terms(packed)

    def note_state(self, state: str) -> None:
        """Record that the relations follow from ``state``, and forget the terms."""
        self._data["relations"] = state
        self._data["terms"] = {}

    def list_names(self, docname: str) -> Sequence[str]:
        """Return the posts that ``docname`` is related to, the closest first."""
        return [name for name, *_ in self._load().get(docname, ())]

    def list_relations(self, docname: str) -> Sequence[Relation]:
        """Return which posts ``docname`` is related to, the closest first, and why."""
        # Loaded late: pages show no more than the names.
        from sphinx_leadposts.model.related import Reason, Relation  # noqa: PLC0415

        return [
            Relation(docname=name, score=score, reason=Reason(reason))
            for name, score, reason in self._load().get(docname, ())
        ]

    def explain(self, catalog: Catalog, one: str, other: str) -> Ground:
        """Return what two posts have in common: keys of tags, and stems of words.

        :raises KeyError: where one of them is no post.
        """
        # Loaded late: builds do not ask.
        from sphinx_leadposts.sphinx_ext.relations import explain  # noqa: PLC0415

        return explain(catalog, self.store.load_terms(), one, other)

    def _load(self) -> Relations:
        if self._loaded[0] != self.state:
            self._loaded = self.state, self.store.load(self.state)
        return self._loaded[1]
