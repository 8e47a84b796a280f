"""The texts of posts as feeds hold them: rendered once, when the page is written."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.logging import suppress_logging

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.publishing.content import publish_html
from sphinx_leadposts.sphinx_ext.cache import get_cache_folder, write_whole
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import is_website
from sphinx_leadposts.sphinx_ext.nodes import AROUND_KEY
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.warnings import report
from sphinx_leadposts.sphinx_ext.writing_phase.website import Website

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.writers.html5 import HTML5Translator

_FULL: Final = "full"


class leadposts_snapshot(nodes.Invisible, nodes.Element):  # noqa: N801
    """Stands before all else in a document, and keeps a copy of it as it was.

    Visitors change what they visit: ``HTML5Translator.visit_admonition`` puts a title
    into each note, others take one out. What a page was rendered from cannot be
    rendered again. No event lies between ``post_process_images`` and the visitors, so
    the first node that is visited takes the copy. It lives only while a page is
    written.
    """

    copied: nodes.document | None = None


def plant_snapshot(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Have a copy of a post taken, where feeds hold its text."""
    if _is_wanted(app.builder, docname):
        doctree.insert(0, leadposts_snapshot())


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
    first = next(iter(doctree.children), None) if doctree else None
    builder = app.builder
    if not isinstance(first, leadposts_snapshot) or not is_website(builder):
        return
    first.parent.remove(first)
    if first.copied is None:
        return
    address = Website(builder).locate(pagename)
    text = publish_html(_render(builder, first.copied, pagename), address)
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


def _is_wanted(builder: Builder, docname: str) -> bool:
    """Tell whether feeds hold the text of a document."""
    if read_config(builder.config).feed_content != _FULL or not is_website(builder):
        return False
    post = get_blog(builder.env).posts.get(docname)
    return bool(post and post.date and Website(builder).locate(docname))


def _take_copy(translator: HTML5Translator, node: leadposts_snapshot) -> None:
    """Copy the document, without its title and what we put around it."""
    document = node.parent
    if not isinstance(document, nodes.document):
        raise nodes.SkipNode
    copy = document.deepcopy()
    del copy[0]
    for part in list(copy.findall(nodes.Element)):
        if part.get(AROUND_KEY):
            part.parent.remove(part)
    for section in list(copy.findall(nodes.section))[:1]:
        for title in [part for part in section if isinstance(part, nodes.title)]:
            section.remove(title)
    node.copied = copy
    raise nodes.SkipNode


def _leave(translator: HTML5Translator, node: leadposts_snapshot) -> None:
    """Do nothing: the visit skips the rest."""


def _render(
    builder: StandaloneHTMLBuilder, document: nodes.document, docname: str
) -> str:
    """Return ``document`` as HTML, as ``StandaloneHTMLBuilder.write_doc`` renders it.

    ``render_partial`` would run transforms of docutils' own writers, which know none of
    Sphinx's admonitions. What visitors warn of, they said when the page was rendered.
    """
    try:
        visitor = builder.create_translator(document, builder)
        with suppress_logging():
            document.walkabout(visitor)
    # Visitors are also those of other extensions, and may do anything at a second time.
    except Exception as error:
        problem = Problem(
            subtype=Subtype.FEED,
            message="the text could not be rendered for feeds (%s: %s); they hold the "
            "summary alone",
            args=(type(error).__name__, error),
        )
        report(problem, docname)
        return ""
    return "".join(visitor.fragment)  # type: ignore[attr-defined]


def _locate(builder: Builder, docname: str) -> Path:
    """Return the file of a text; several outputs may share their doctrees."""
    output = hashlib.sha256(str(builder.outdir).encode()).hexdigest()[:12]
    name = hashlib.sha256(docname.encode()).hexdigest()[:24]
    folder = get_cache_folder(builder.doctreedir) / "bodies" / output
    return folder / f"{name}.html"


def setup_feed_bodies(app: Sphinx) -> None:
    """Have the texts of posts kept when their pages are written."""
    app.add_node(leadposts_snapshot, html=(_take_copy, _leave))
    # Last, so that it stands before what others put into the document.
    app.connect("doctree-resolved", plant_snapshot, priority=900)
    # Early, so that others find the document as they know it.
    app.connect("html-page-context", keep_body, priority=300)
