"""Links to nothing: what is said of them, and what was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_leadposts.model.doubt import ask_for
from sphinx_leadposts.sphinx_ext.domain import BlogDomain, get_blog
from sphinx_leadposts.sphinx_ext.nodes import NAME_TYPE

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain

logger = logging.getLogger(__name__)

#: What a link to nothing was to lead to, and how that is written.
_MISSING: Final = {
    "post": ("post", "Give its docname, or the last part of it"),
    "tag": ("tag", "Only tags of posts have a page"),
    "category": ("category", "Only categories of posts have a page"),
    "author": ("author", "Only authors of posts have a page"),
    "series": ("series", "Only series that some post is a part of have a page"),
    "guide": ("guide", "Give a key of leadposts_guides, or the docname of a guide"),
    NAME_TYPE: (
        "guide, document or post",
        "Give a key of leadposts_guides, a docname, or a URL",
    ),
}


def _report_dangling(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool:
    """Say of a link to nothing what was probably meant."""
    if domain is None or domain.name != BlogDomain.name:
        return False
    kind, target = node["reftype"], node["reftarget"]
    catalog = get_blog(app.env).catalog
    meant = catalog.guess(kind, target)
    # It is there, but its kind has no pages (``leadposts_archives``).
    if meant == target:
        meant = None
    what = _MISSING.get(kind, _MISSING[NAME_TYPE])
    logger.warning(
        "no %s %r%s. %s",
        what[0],
        target[:80],
        ask_for(meant),
        what[1],
        location=node,
        type="ref",
        subtype=kind,
    )
    return True


def setup_dangling(app: Sphinx) -> None:
    """Have links to nothing reported with a guess, in place of Sphinx's own words."""
    app.connect("warn-missing-reference", _report_dangling)
