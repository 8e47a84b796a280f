"""Which tags stand below which others, as the registry says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_leadposts.model.card import link_archive
from sphinx_leadposts.model.shown import ArchiveLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_leadposts.model.archive import Archive, ArchiveIndex
    from sphinx_leadposts.model.catalog import Catalog


def grow_tree(catalog: Catalog, tags: Sequence[Archive]) -> tuple[ArchiveLink, ...]:
    """Return ``tags`` as links, each below its parent, otherwise in their order.

    A parent that no post has stands there by its name, where its first tag would.
    """
    links = {tag.key: link_archive(catalog, tag) for tag in tags}
    index = catalog.tag_index
    below: defaultdict[str, list[str]] = defaultdict(list)
    for key in [*links]:
        child = key
        for parent in _list_ancestors(index, key):
            if child not in below[parent]:
                below[parent].append(child)
            links.setdefault(
                parent, ArchiveLink(label=index.names[parent], docname=None)
            )
            child = parent
        if child not in below[""]:
            below[""].append(child)
    return tuple(_nest(key, links, below) for key in below[""])


def list_narrower(catalog: Catalog, tag: Archive) -> tuple[ArchiveLink, ...]:
    """Return the tags right below ``tag``, by alphabet."""
    index = catalog.tag_index
    return tuple(
        link_archive(catalog, other)
        for other in catalog.shelves["tag"].shown
        if _list_ancestors(index, other.key)[:1] == [tag.key]
    )


def find_parent_loops(index: ArchiveIndex) -> Iterator[str]:
    """Yield the names of tags that stand below themselves."""
    for key in index.entries:
        if key in _follow_parents(index, key):
            yield index.names[key]


def _list_ancestors(index: ArchiveIndex, key: str) -> list[str]:
    """Return the keys of what ``key`` stands below, from the bottom up.

    Without those that readers do not see; nothing for a tag that leads into a loop.
    """
    parents = _follow_parents(index, key)
    if len(set(parents)) < len(parents) or key in parents:
        return []
    return [parent for parent in parents if not index.entries[parent].is_hidden]


def _follow_parents(index: ArchiveIndex, key: str) -> list[str]:
    """Return the parents of ``key``, up to the first that has none or comes again."""
    parents: list[str] = []
    while (entry := index.entries.get(key)) and entry.parent:
        key = index.find_key(entry.parent)
        if key not in index.names:
            break
        parents.append(key)
        if key in parents[:-1]:
            break
    return parents


def _nest(
    key: str, links: Mapping[str, ArchiveLink], below: Mapping[str, Iterable[str]]
) -> ArchiveLink:
    narrower = tuple(_nest(child, links, below) for child in below.get(key, ()))
    return replace(links[key], narrower=narrower) if narrower else links[key]
