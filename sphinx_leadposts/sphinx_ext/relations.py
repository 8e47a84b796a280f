"""Relations between posts: from the catalog and packed terms to what follows from them.

Most builds do not need this module: relations are kept, and follow from facts that are
cheap to compare.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_leadposts.model.related import Profile, find_ground, relate_posts
from sphinx_leadposts.model.related_facts import list_facts
from sphinx_leadposts.model.related_terms import unpack_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.related import Ground
    from sphinx_leadposts.sphinx_ext.related_store import Relations


def relate(catalog: Catalog, terms: Mapping[str, bytes], count: int) -> Relations:
    """Return the relations of all posts, each to at most ``count`` others.

    :param terms: what each post is about, packed, by docname.
    """
    related = relate_posts(_list_profiles(catalog, terms), count=count)
    return {
        docname: [(r.docname, r.score, r.reason.value) for r in relations]
        for docname, relations in related.items()
    }


def explain(
    catalog: Catalog, terms: Mapping[str, bytes], one: str, other: str
) -> Ground:
    """Return what the posts ``one`` and ``other`` have in common.

    :raises KeyError: where one of them is no post.
    """
    known = {profile.docname: profile for profile in _list_profiles(catalog, terms)}
    return find_ground(known[one], known[other], list(known.values()))


def _list_profiles(catalog: Catalog, terms: Mapping[str, bytes]) -> Iterator[Profile]:
    for docname, title, tags, declared, timestamp in list_facts(catalog):
        profile = Profile(
            docname=docname,
            title=title,
            tags=frozenset(tags),
            declared=declared,
            timestamp=timestamp,
        )
        packed = terms.get(docname)
        yield replace(profile, terms=unpack_terms(packed)) if packed else profile
