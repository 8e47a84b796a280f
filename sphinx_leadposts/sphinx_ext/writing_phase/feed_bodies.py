"""The texts of posts as feeds hold them: rendered once, when the page is written."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_leadposts.publishing.content import publish_html
from sphinx_leadposts.sphinx_ext.cache import get_cache_folder, write_whole
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import is_website
from sphinx_leadposts.sphinx_ext.nodes import AROUND_KEY
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.writing_phase.website import Website

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder

_FULL: Final = "full"


def keep_body(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Keep the text of a post, where feeds hold it.

    In a file: pages are written in several processes, and feeds hold posts whose page
    is not written in this build.
    """
    builder = app.builder
    is_asked_for = read_config(app.config).feed_content == _FULL
    if doctree is None or not is_asked_for or not is_website(builder):
        return
    post = get_blog(app.env).posts.get(pagename)
    address = Website(builder).locate(pagename)
    if post is None or post.date is None or not address:
        return
    text = publish_html(_render(builder, doctree), address)
    write_whole(_locate(builder, pagename), text.encode())


def load_body(builder: Builder, docname: str) -> str:
    """Return the text of a post as HTML, empty where feeds do not hold it."""
    if read_config(builder.config).feed_content != _FULL:
        return ""
    try:
        return _locate(builder, docname).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        # Its page was never written into this output: the whole site was not built.
        return ""


def _render(builder: StandaloneHTMLBuilder, doctree: nodes.document) -> str:
    """Return the document as HTML, without its title and what we put around it."""
    copy = doctree.deepcopy()
    for node in list(copy.findall(nodes.Element)):
        if node.get(AROUND_KEY):
            node.parent.remove(node)
    for section in list(copy.findall(nodes.section))[:1]:
        titles = [node for node in section if isinstance(node, nodes.title)]
        for title in titles:
            section.remove(title)
    rendered = (builder.render_partial(node)["fragment"] for node in copy.children)
    return "".join(rendered)


def _locate(builder: Builder, docname: str) -> Path:
    """Return the file of a text; several outputs may share their doctrees."""
    output = hashlib.sha256(str(builder.outdir).encode()).hexdigest()[:12]
    name = hashlib.sha256(docname.encode()).hexdigest()[:24]
    folder = get_cache_folder(builder.doctreedir) / "bodies" / output
    return folder / f"{name}.html"


def setup_feed_bodies(app: Sphinx) -> None:
    """Have the texts of posts kept when their pages are written."""
    app.connect("html-page-context", keep_body)
