"""What the heads and the links of generated pages say."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import find_uri, is_website

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_leadposts.sphinx_ext.domain import BlogDomain


def _dress_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Take links to view or edit the source away, and name the pages beside this one.

    There is no source to edit. Some themes go by the name of a page alone, and are told
    in their own words: sphinx_rtd_theme by ``display_vcs_links``, sphinx_immaterial by
    ``hide-edit-link``.
    """
    blog = get_blog(app.env)
    if pagename not in blog.generated:
        return
    context["sourcename"] = ""
    context["page_source_suffix"] = ""
    context["show_source"] = False
    context["display_vcs_links"] = False
    context["meta"] = {**(context.get("meta") or {}), "hide-edit-link": ""}
    if not is_website(app.builder):
        return
    links = [
        f'<link rel="{relation}" href="{html.escape(uri)}">'
        for relation, docname in _find_neighbours(blog, pagename)
        if (uri := find_uri(app.builder, app.env, pagename, docname))
    ]
    # Sphinx's own ``prev`` and ``next`` would show in the navigation of themes.
    context["metatags"] = "\n".join([context.get("metatags", ""), *links, ""])


def _find_neighbours(blog: BlogDomain, docname: str) -> Iterator[tuple[str, str]]:
    run = blog.find_run(docname)
    pager = run.find_pager(blog.catalog) if run else None
    found = (("prev", pager.previous), ("next", pager.next)) if pager else ()
    yield from ((relation, page) for relation, page in found if page)


def setup_generated_pages(app: Sphinx) -> None:
    """Have generated pages told apart when they are written."""
    # Themes make their links at the usual priority.
    app.connect("html-page-context", _dress_page, priority=400)
