"""The objects of the domain: what its roles find, and what ``objects.inv`` holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.lead import lead_to_guide
from sphinx_leadposts.model.shown import Lead
from sphinx_leadposts.sphinx_ext.nodes import NAME_TYPE, OBJECT_TYPES, PAGE_TYPE
from sphinx_leadposts.sphinx_ext.texts import read_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.catalog import Catalog


def find_object(
    catalog: Catalog, env: BuildEnvironment, typ: str, target: str
) -> Lead | None:
    """Return where an object stands; a name may be spelled in any way.

    :param typ: one of `OBJECT_TYPES`, or a type of the links that we make ourselves.
    """
    if typ == PAGE_TYPE:
        title = env.titles.get(target)
        return Lead(title=read_title(title), docname=target) if title else None
    if typ == NAME_TYPE:
        return catalog.find_lead(target)
    if typ == "guide":
        guide = catalog.guides.find(target)
        return lead_to_guide(catalog, guide, picture=False) if guide else None
    if typ == "post":
        post = catalog.find_post(target.strip("/"))
        return Lead(title=post.title, docname=post.docname) if post else None
    page = catalog.find_archive_page(typ, target)
    return Lead(title=page[0], docname=page[1]) if page else None


def list_objects(catalog: Catalog) -> Iterator[tuple[str, str, str, str, str, int]]:
    """Yield all objects, as ``Domain.get_objects`` does: posts, archives, guides."""
    for post in sorted(catalog.posts, key=lambda post: post.docname):
        yield post.docname, post.title, "post", post.docname, "", -1
    for kind, shelf in catalog.shelves.items():
        for archive in shelf.shown if kind in OBJECT_TYPES else ():
            if docname := catalog.locate(archive):
                yield archive.slug, archive.label, kind, docname, "", -1
    for guide in catalog.guides.guides:
        if docname := guide.target.docname:
            title = lead_to_guide(catalog, guide, picture=False).title
            yield guide.key, title, "guide", docname, "", -1
