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
    if link.kind in {"post", "name", "guide"}:
        return find_held_back_post(env, link.target)
    if link.kind in {"document", "url"}:
        target = get_blog(env).catalog.find_target(link)
        return held_back.get(target.docname) if target else None
    return None


def find_held_back_post(env: BuildEnvironment, name: str) -> ScannedPost | None:
    """Return the post called ``name``, as roles call it, if it is left out."""
    name = name.strip("/")
    held_back = get_held_back(env)
    if not name or get_blog(env).catalog.find_post(name) is not None:
        return None
    ending = f"/{name}"
    matches = [post for key, post in held_back.items() if key.endswith(ending)]
    return held_back.get(name) or (matches[0] if len(matches) == 1 else None)
