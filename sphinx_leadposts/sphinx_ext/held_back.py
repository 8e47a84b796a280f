"""Posts that are left out of a build, and links that lead to them all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.link import Link
    from sphinx_leadposts.reading.scan import ScannedPost


def find_held_back(env: BuildEnvironment, link: Link) -> ScannedPost | None:
    """Return the post behind ``link``, if it is one that is left out."""
    held_back = get_held_back(env)
    if not held_back:
        return None
    catalog = get_blog(env).catalog
    if link.kind == "post":
        return find_held_back_post(env, link.target)
    if link.kind in {"name", "guide"}:
        return held_back.get(catalog.guides.find_held_back(link.target) or "")
    if link.kind in {"document", "path", "url"}:
        target = catalog.find_target(link)
        return held_back.get(target.docname) if target else None
    return None


def find_held_back_post(env: BuildEnvironment, name: str) -> ScannedPost | None:
    """Return the post called ``name``, as roles call it, if it is left out."""
    docname = get_blog(env).catalog.directory.find_held_back(name)
    return get_held_back(env).get(docname or "")
